import * as fakeIndexedDb from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEditorCache } from '../../../lib/console/editor-cache.ts';
import type { KeptProfile } from '../../../lib/models/maker/editor-cache.ts';
import { emptyDocument } from '../../../lib/profile/schema.ts';

const kept: KeptProfile = {
  summary: { id: 'p', name: 'Inbound', reference: '', version: null, people: 0, online: 0, hasDraft: true, archived: false, changedAt: 0, changedBy: null },
  published: null,
  draft: { profileId: 'p', basedOn: null, revision: 3, document: emptyDocument('Inbound'), changedAt: 0, changedBy: null },
  unsaved: emptyDocument('typed'),
};

beforeEach(() => {
  Object.assign(globalThis, fakeIndexedDb, { indexedDB: new fakeIndexedDb.IDBFactory() });
});

describe('what is kept of an edited profile', () => {
  it('is there for a later page of the same person', async () => {
    await createEditorCache('hub maya').write('p', kept);
    expect(await createEditorCache('hub maya').read('p')).toEqual(kept);
  });

  it('is nobody else’s, and gone once somebody else opens the Maker', async () => {
    await createEditorCache('hub maya').write('p', kept);
    expect(await createEditorCache('hub tom').read('p')).toBeNull();
    expect(await createEditorCache('hub maya').read('p')).toBeNull();
  });

  it('is forgotten with the profile', async () => {
    const cache = createEditorCache('hub maya');
    await cache.write('p', kept);
    await cache.write('p', null);
    expect(await createEditorCache('hub maya').read('p')).toBeNull();
  });

  it('never fails where the browser has no database to give', async () => {
    globalThis.indexedDB = {
      open: () => {
        throw new DOMException('denied', 'UnknownError');
      },
      deleteDatabase: () => {
        throw new DOMException('denied', 'UnknownError');
      },
    } as unknown as IDBFactory;
    const cache = createEditorCache('hub maya');
    await cache.write('p', kept);
    // What this page itself kept it still has.
    expect(await cache.read('p')).toEqual(kept);
  });
});
