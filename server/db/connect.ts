import type { Socket } from 'node:net';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { createStatementNames, preparingClient } from './prepared.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;
/** A `Db` with a transaction open. */
export type Trx = Transaction<Database>;

const INT8 = 20;

/** bigint comes back as a number: ids and sequence numbers stay below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

export interface Connection {
  readonly db: Db;
  readonly pool: pg.Pool;
  /** A connection of one's own, for LISTEN; the caller ends it. */
  connectAlone(): Promise<pg.Client>;
  /**
   * From now on a query that hears nothing for half a minute is taken to ask a database that is gone without a word: TCP
   * itself says so after a quarter of an hour. Not while migrations run, which may take as long as they need.
   */
  expectAnswers(): void;
  close(): Promise<void>;
}

const SILENT_MS = 30_000;

/** @param onLost hears of connections that break, as when the database restarts; the pool makes new ones */
export function connect(url: string, most: number, onLost: (error: Error) => void): Connection {
  const options = { connectionString: url, types, application_name: 'pennon', connectionTimeoutMillis: 10_000 };
  const pool = new pg.Pool({ ...options, max: most, Client: preparingClient(createStatementNames()) });
  pool.on('error', onLost);
  // The pool hears only of idle clients: one that breaks while it is in use would end the process.
  pool.on('connect', (client) => {
    client.on('error', onLost);
    streamOf(client)?.on('timeout', () => cut(client));
  });
  let silentMs = 0;
  // One in the pool is asked nothing, and is let go there after a while.
  pool.on('acquire', (client) => void streamOf(client)?.setTimeout(silentMs));
  pool.on('release', (_error, client) => void streamOf(client)?.setTimeout(0));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    connectAlone: async () => {
      const client = new pg.Client({ ...options, keepAlive: true });
      client.on('error', onLost);
      await client.connect();
      return client;
    },
    expectAnswers() {
      silentMs = SILENT_MS;
    },
    close: () => db.destroy(),
  };
}

/** The driver's own, which its types leave out: the socket, or what encrypts it. */
const streamOf = (client: pg.ClientBase): Socket | undefined => (client as unknown as { connection?: { stream?: Socket } }).connection?.stream;

/** Ends a connection that does not answer: what waits on it fails as it does where the database is away. */
export function cut(client: pg.ClientBase): void {
  streamOf(client)?.destroy(Object.assign(new Error('The database does not answer.'), { code: 'ETIMEDOUT' }));
}

/** Of the network, of PostgreSQL starting or stopping (57P), of a connection (08), of too little of what it needs (53: disk, memory, connections) or of a disk that fails (58030). */
const AWAY = /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|57P0\d|08\w{3}|53\w{3}|58030)$/;
/** What the driver says without a code. */
const AWAY_SAID = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/**
 * PostgreSQL has one code for a file that may not be opened, as on a file system that the system made read-only, and for what a
 * role may not do: that one waiting does not help. Where it raises the latter.
 */
const NO_RIGHT = '42501';
const OF_A_ROLE = /^aclcheck/;

/** Whether an error says that the database cannot do its work now, whatever it is asked: asking again later may do. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, routine } = error as { code?: unknown; routine?: unknown };
  if (code === NO_RIGHT) return !OF_A_ROLE.test(String(routine));
  return AWAY.test(String(code)) || AWAY_SAID.test(error.message);
}
