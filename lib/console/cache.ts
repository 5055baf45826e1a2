/**
 * What the Maker last read of the hub, in an IndexedDB of its own, so that a page opened before paints at once. Read
 * whole when the Maker opens; kept for one person at one hub; gone with the sign-out. Holds no token. Whatever is wrong
 * with it counts as an empty one. Its library comes after the page around what it paints.
 */
import type { DBSchema } from 'idb';
import { createCopies } from '../store/copies.ts';

export const CONSOLE_CACHE = 'pennon-maker';
const VERSION = 1;
const STORE = 'reads';
/** More than a person opens in a day; beyond it the oldest go. */
const MOST = 300;

export interface CachedRead {
  readonly key: string;
  /** When the hub said it; milliseconds since the epoch on this machine. */
  readonly at: number;
  readonly value: unknown;
  readonly etag: string | null;
}
interface Row extends CachedRead {
  /** Whose it is: the hub's address and the person. */
  readonly owner: string;
}
interface Schema extends DBSchema {
  [STORE]: { key: string; value: Row };
}

export interface ConsoleCache {
  /** All that is kept for this owner. What is there of anybody else is deleted. Never rejects. */
  open(owner: string): Promise<readonly CachedRead[]>;
  /** Never rejects: a cache that cannot be written only paints later. */
  write(owner: string, read: CachedRead): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  clear(): Promise<void>;
}

export function createConsoleCache(name = CONSOLE_CACHE): ConsoleCache {
  const { use } = createCopies<Schema>({ name, version: VERSION, create: (db) => void db.createObjectStore(STORE, { keyPath: 'key' }) }, () => import('idb'));
  return {
    open: (owner) =>
      use(async (db) => {
        const rows = await db.getAll(STORE);
        const kept = rows.filter((row) => row.owner === owner).toSorted((a, b) => b.at - a.at).slice(0, MOST);
        const keys = new Set(kept.map(({ key }) => key));
        const gone = rows.filter((row) => row.owner !== owner || !keys.has(row.key));
        await Promise.all(gone.map(({ key }) => db.delete(STORE, key)));
        return kept;
      }, []),
    write: (owner, read) => use(async (db) => void (await db.put(STORE, { ...read, owner })), undefined),
    remove: (keys) => use(async (db) => void (await Promise.all(keys.map((key) => db.delete(STORE, key)))), undefined),
    clear: () => use((db) => db.clear(STORE), undefined),
  };
}
