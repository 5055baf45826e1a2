/**
 * Drafts as the Maker last had them, in an IndexedDB of their own: a profile paints at once, and what the hub has not
 * taken yet outlives a reload and the end of a session. Kept for one person at one hub; anybody else's is deleted. Holds
 * no token. Whatever is wrong with it counts as an empty one.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import type { EditorCache, KeptProfile } from '../models/maker/editor-cache.ts';

export const EDITOR_CACHE = 'pennon-maker-drafts';
const VERSION = 1;
const STORE = 'profiles';

interface Row {
  readonly profileId: string;
  /** Whose it is: the hub's address and the person. */
  readonly owner: string;
  readonly kept: KeptProfile;
}
interface Schema extends DBSchema {
  [STORE]: { key: string; value: Row };
}

/** @param owner the hub's address and the person */
export function createEditorCache(owner: string, name = EDITOR_CACHE): EditorCache {
  /** What was kept in this page is there without waiting. */
  const held = new Map<string, KeptProfile>();
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const database = () => (opened ??= open());
  async function open(): Promise<IDBPDatabase<Schema>> {
    const db = await openDB<Schema>(name, VERSION, {
      upgrade(db) {
        for (const old of db.objectStoreNames) db.deleteObjectStore(old);
        db.createObjectStore(STORE, { keyPath: 'profileId' });
      },
      blocking: () => void close(),
      terminated: () => (opened = null),
    });
    const rows = await db.getAll(STORE);
    await Promise.all(rows.filter((row) => row.owner !== owner).map(({ profileId }) => db.delete(STORE, profileId)));
    return db;
  }
  /** A database of a later version, or one that cannot be read. */
  async function startClean(): Promise<IDBPDatabase<Schema>> {
    opened = null;
    await deleteDB(name);
    return database();
  }
  const close = async () => {
    const was = opened;
    opened = null;
    (await was?.catch(() => null))?.close();
  };
  const trying = async <T>(act: (db: IDBPDatabase<Schema>) => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await act(await database().catch(startClean));
    } catch {
      await close();
      return otherwise;
    }
  };
  return {
    async read(profileId) {
      const here = held.get(profileId);
      if (here) return here;
      const row = await trying((db) => db.get(STORE, profileId), undefined);
      return row?.owner === owner ? row.kept : null;
    },
    async write(profileId, kept) {
      if (kept) held.set(profileId, kept);
      else held.delete(profileId);
      await trying(async (db) => void (await (kept ? db.put(STORE, { profileId, owner, kept }) : db.delete(STORE, profileId))), undefined);
    },
  };
}
