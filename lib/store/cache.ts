/**
 * The last confirmed snapshot in IndexedDB, for a browser that starts or an extension that was updated: painted before
 * the hub has answered, and marked as unconfirmed. The background alone may open it. Holds no token. Whatever is wrong
 * with it counts as an empty one.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import * as v from 'valibot';
import { snapshot as snapshotSchema, type Snapshot } from '../api/snapshot.ts';

const NAME = 'pennon';
const VERSION = 1;
const STORE = 'snapshot';
const LAST = 'last';
/** The Maker's own (lib/console/cache.ts): a page that has it open closes it when it is asked for. */
const MAKER = 'pennon-maker';

const record = v.object({
  hub: v.string(),
  /** When the hub confirmed it; milliseconds since the epoch on this machine. */
  confirmedAt: v.number(),
  snapshot: snapshotSchema,
});
export type CachedSnapshot = v.InferOutput<typeof record>;

interface Schema extends DBSchema {
  [STORE]: { key: typeof LAST; value: { hub: string; confirmedAt: number; snapshot: Snapshot } };
}

export interface SnapshotCache {
  /** Null where there is none for this hub, or it is not to be trusted. Never rejects. */
  read(hub: string): Promise<CachedSnapshot | null>;
  /** Never rejects: a cache that cannot be written only paints later. */
  write(entry: CachedSnapshot): Promise<void>;
  /** The snapshot, and what the Maker has kept of the person beside it: whether a page of it is open or not. */
  clear(): Promise<void>;
}

async function remove(database: string): Promise<void> {
  try {
    await deleteDB(database);
  } catch {
    // No database to be had at all: what would be painted from it comes from the hub's answer.
  }
}

export function createSnapshotCache(name = NAME): SnapshotCache {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const open = () =>
    (opened ??= openDB<Schema>(name, VERSION, {
      upgrade(db) {
        for (const old of db.objectStoreNames) db.deleteObjectStore(old);
        db.createObjectStore(STORE);
      },
      // Another life of the background wants another version: it must not wait for this one.
      blocking: () => void close(),
      terminated: () => (opened = null),
    }));
  const close = async () => {
    const was = opened;
    opened = null;
    (await was?.catch(() => null))?.close();
  };
  /** A database of a later version, or a broken one: what is in it is only a copy. */
  const startClean = async () => {
    await close();
    await remove(name);
  };
  return {
    async read(hub) {
      try {
        const stored: unknown = await (await open()).get(STORE, LAST);
        if (stored === undefined) return null;
        const parsed = v.safeParse(record, stored);
        if (parsed.success && parsed.output.hub === hub) return parsed.output;
        await (await open()).delete(STORE, LAST);
        return null;
      } catch {
        await startClean();
        return null;
      }
    },
    async write(entry) {
      try {
        await (await open()).put(STORE, entry, LAST);
      } catch {
        await startClean();
      }
    },
    async clear() {
      try {
        await (await open()).clear(STORE);
      } catch {
        await startClean();
      }
      // Not waited for: a frozen page may hold it open for as long as it is frozen.
      void remove(MAKER);
    },
  };
}
