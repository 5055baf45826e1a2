/** A database in which everything is only a copy: opened when it is first used, thrown away where anything is wrong with it. */
import type { DBSchema, IDBPDatabase } from 'idb';

type Library = Pick<typeof import('idb'), 'deleteDB' | 'openDB'>;

export interface Copies<S extends DBSchema> {
  /** What comes of it, or `otherwise` and a clean start. Never rejects. */
  use<T>(act: (db: IDBPDatabase<S>) => Promise<T>, otherwise: T): Promise<T>;
}

interface Kind {
  readonly name: string;
  /** Another one begins anew: nothing is carried over. */
  readonly version: number;
  readonly create: (db: IDBPDatabase<unknown>) => void;
}

/** @param library `idb`, by a promise where a page loads it when it is needed */
export function createCopies<S extends DBSchema>({ name, version, create }: Kind, library: () => Library | Promise<Library>): Copies<S> {
  let opened: Promise<IDBPDatabase<S>> | null = null;
  const open = async () =>
    (await library()).openDB<S>(name, version, {
      upgrade(db) {
        for (const old of db.objectStoreNames) db.deleteObjectStore(old);
        create(db as unknown as IDBPDatabase<unknown>);
      },
      // Somebody deletes it, or another version wants it: it must not wait for this one.
      blocking: () => void close(),
      terminated: () => (opened = null),
    });
  const close = async () => {
    const was = opened;
    opened = null;
    (await was?.catch(() => null))?.close();
  };
  return {
    async use(act, otherwise) {
      try {
        return await act(await (opened ??= open()));
      } catch {
        // Of a later version, or broken.
        await close();
        await deleteCopies(await library(), name);
        return otherwise;
      }
    },
  };
}

export async function deleteCopies({ deleteDB }: Pick<Library, 'deleteDB'>, name: string): Promise<void> {
  try {
    await deleteDB(name);
  } catch {
    // No database to be had at all: what would be painted from it comes from the hub's answer.
  }
}
