import * as fakeIndexedDb from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { CONSOLE_CACHE, createConsoleCache } from '../../lib/console/cache.ts';

const read = { key: 'listPeople', at: 5, value: { people: [] }, etag: null };

beforeEach(() => {
  Object.assign(globalThis, fakeIndexedDb, { indexedDB: new fakeIndexedDb.IDBFactory() });
});

describe('the cache of what the Maker last read', () => {
  it('is there for a later page of the same person', async () => {
    await createConsoleCache().write('hub maya', read);
    expect((await createConsoleCache().open('hub maya')).map(({ key, value }) => ({ key, value }))).toEqual([{ key: 'listPeople', value: { people: [] } }]);
  });

  it('starts clean from the database of a later version', async () => {
    (await openDB(CONSOLE_CACHE, 99, { upgrade: (db) => void db.createObjectStore('somethingElse') })).close();
    const cache = createConsoleCache();
    expect(await cache.open('hub maya')).toEqual([]);
    await cache.write('hub maya', read);
    expect(await cache.open('hub maya')).toHaveLength(1);
  });

  it('never fails where the browser has no database to give', async () => {
    const denied = () => {
      throw new DOMException('denied', 'UnknownError');
    };
    globalThis.indexedDB = { open: denied, deleteDatabase: denied } as unknown as IDBFactory;
    const cache = createConsoleCache();
    expect(await cache.open('hub maya')).toEqual([]);
    await cache.write('hub maya', read);
    await cache.remove(['listPeople']);
    await cache.clear();
  });
});
