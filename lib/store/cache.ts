/**
 * The last confirmed snapshot in IndexedDB, for a browser that starts or an extension that was updated: painted before
 * the hub has answered, and marked as unconfirmed. The background alone may open it. Holds no token. Whatever is wrong
 * with it counts as an empty one.
 */
import { type DBSchema, deleteDB, openDB } from 'idb';
import * as v from 'valibot';
import { snapshot as snapshotSchema, type Snapshot } from '../api/snapshot.ts';
import { createCopies, deleteCopies } from './copies.ts';

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

const library = { openDB, deleteDB };

export function createSnapshotCache(name = NAME): SnapshotCache {
  const { use } = createCopies<Schema>({ name, version: VERSION, create: (db) => void db.createObjectStore(STORE) }, () => library);
  return {
    read: (hub) =>
      use(async (db) => {
        const stored: unknown = await db.get(STORE, LAST);
        if (stored === undefined) return null;
        const parsed = v.safeParse(record, stored);
        if (parsed.success && parsed.output.hub === hub) return parsed.output;
        await db.delete(STORE, LAST);
        return null;
      }, null),
    write: (entry) => use(async (db) => void (await db.put(STORE, entry, LAST)), undefined),
    async clear() {
      await use((db) => db.clear(STORE), undefined);
      // Not waited for: a frozen page may hold it open for as long as it is frozen.
      void deleteCopies(library, MAKER);
    },
  };
}
