import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
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
  close(): Promise<void>;
}

/** @param onLost hears of connections that break, as when the database restarts; the pool makes new ones */
export function connect(url: string, most: number, onLost: (error: Error) => void): Connection {
  const options = { connectionString: url, types, application_name: 'pennon', connectionTimeoutMillis: 10_000 };
  const pool = new pg.Pool({ ...options, max: most });
  pool.on('error', onLost);
  // The pool hears only of idle clients: one that breaks while it is in use would end the process.
  pool.on('connect', (client) => client.on('error', onLost));
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
    close: () => db.destroy(),
  };
}

/** Of the network, of PostgreSQL starting or stopping (57P), of a connection (08) or of too many of them (53300). */
const AWAY = /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|57P0\d|08\w{3}|53300)$/;
/** What the driver says without a code. */
const AWAY_SAID = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error says that the database cannot be reached now: asking again later may do. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return AWAY.test(String(code)) || AWAY_SAID.test(error.message);
}
