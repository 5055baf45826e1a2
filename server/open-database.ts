import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Config } from './config.ts';
import { type Connection, connect } from './db/connect.ts';
import { runningPostgresUrl, startPostgres } from './db/postgres.ts';
import { Fault } from './fault.ts';

export interface OpenDatabase extends Connection {
  /** Closes the connections and, where it was started here, stops the database. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly onLost?: (error: Error) => void;
  readonly progress?: (step: 'created' | 'started') => void;
  /** Takes part in a database that a hub runs on this folder, instead of refusing. For commands beside a hub. */
  readonly beside?: boolean;
}

/** How long a hub on the folder, which may be starting, is waited for. */
const WAIT_MS = 30_000;
const AGAIN_MS = 200;
const REVIVE_AGAIN_MS = 5000;
const CLOSE_MS = 5000;

/** DATABASE_URL, or the embedded database under the data folder. @throws {Fault} */
export async function openDatabase(config: Config, { onLost = () => {}, progress, beside = false }: OpenOptions = {}): Promise<OpenDatabase> {
  const running = config.databaseUrl === null && beside ? await runningDatabase(config.dataFolder) : null;
  const given = config.databaseUrl ?? running;
  const embedded = given === null ? await startPostgres(config.dataFolder, progress) : null;
  const connection = connect(given ?? (embedded?.url as string), config.databasePool, (error) => {
    onLost(error);
    revive();
  });
  let again: NodeJS.Timeout | undefined;
  const revive = () =>
    void embedded?.revive().catch((error: Error) => {
      onLost(error);
      clearTimeout(again);
      again = setTimeout(revive, REVIVE_AGAIN_MS).unref();
    });
  // One that still answers when its connections break may end later, with none left to break: a disk that is full, say. Whoever
  // listens asks it again and again.
  const connectAlone = () =>
    connection.connectAlone().catch((error: unknown) => {
      revive();
      throw error;
    });
  // A query that hangs must not keep the database from being stopped.
  const close = () => Promise.race([connection.close(), pause(CLOSE_MS, undefined, { ref: false })]).finally(() => embedded?.stop());
  try {
    await sql`select 1`.execute(connection.db);
  } catch (error) {
    await close();
    const where = config.databaseUrl === null ? `the database of ${config.dataFolder}` : 'the database at DATABASE_URL';
    throw new Fault(`No answer from ${where} (${reasonOf(error)}): see that it runs and that its address is right.`);
  }
  return { ...connection, connectAlone, close };
}

/** The address of the database that a hub runs on the folder, once it answers; null where no hub holds the folder. */
async function runningDatabase(folder: string): Promise<string | null> {
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const url = runningPostgresUrl(folder);
    if (url === null || Date.now() > until || (await answers(url))) return url;
    await pause(AGAIN_MS);
  }
}

async function answers(url: string): Promise<boolean> {
  const { db, close } = connect(url, 1, () => {});
  return sql`select 1`
    .execute(db)
    .then(() => true, () => false)
    .finally(close);
}

const reasonOf = (error: unknown): string => String((error as { code?: unknown }).code ?? (error as Error).name);
