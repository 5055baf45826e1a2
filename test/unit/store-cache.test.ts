import * as fakeIndexedDb from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSnapshotCache } from '../../lib/store/cache.ts';
import { aSnapshot } from '../fakes/state.ts';

const HUB = 'https://hub.example';
const entry = { hub: HUB, confirmedAt: 5, snapshot: aSnapshot() };

beforeEach(() => {
  Object.assign(globalThis, fakeIndexedDb, { indexedDB: new fakeIndexedDb.IDBFactory() });
});

describe('the cache of the last snapshot', () => {
  it('gives back to a later life of the background what was written', async () => {
    await createSnapshotCache().write(entry);
    expect(await createSnapshotCache().read(HUB)).toEqual(entry);
  });

  it('gives nothing of another hub', async () => {
    await createSnapshotCache().write(entry);
    expect(await createSnapshotCache().read('https://other.example')).toBeNull();
  });

  it('is empty after it was cleared', async () => {
    const cache = createSnapshotCache();
    await cache.write(entry);
    await cache.clear();
    expect(await cache.read(HUB)).toBeNull();
  });

  it('starts clean from what does not validate', async () => {
    const cache = createSnapshotCache();
    await cache.write({ ...entry, snapshot: { ...entry.snapshot, profile: 'nonsense' } as never });
    expect(await cache.read(HUB)).toBeNull();
    await cache.write(entry);
    expect(await cache.read(HUB)).toEqual(entry);
  });

  it('starts clean from the database of a later version', async () => {
    const later = await openDB('pennon', 99, { upgrade: (db) => void db.createObjectStore('somethingElse') });
    later.close();
    const cache = createSnapshotCache();
    expect(await cache.read(HUB)).toBeNull();
    await cache.write(entry);
    expect(await cache.read(HUB)).toEqual(entry);
  });

  it('never fails where the browser has no database to give', async () => {
    globalThis.indexedDB = {
      open: () => {
        throw new DOMException('The user denied permission to access the database.', 'UnknownError');
      },
      deleteDatabase: () => {
        throw new DOMException('denied', 'UnknownError');
      },
    } as unknown as IDBFactory;
    const cache = createSnapshotCache();
    await cache.write(entry);
    await cache.clear();
    expect(await cache.read(HUB)).toBeNull();
  });
});
