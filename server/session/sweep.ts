import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';
import type { Logger } from '../log.ts';
import { closeIdleSessions } from './close.ts';
import type { Seen } from './seen.ts';

/** Well below any idle time, so that a session is closed soon after its time. */
const SWEEP_MS = 30_000;
/** Nobody reads the log further back: who reconnects compares seqs, and a reader begins with the present. */
const LOG_KEPT = '24 hours';
const PRUNE_EVERY = 120;
/** So many rounds after a hub began, or its database came back, nobody is idle: whoever was there all the time could not be heard, and comes back first. */
export const GRACE_ROUNDS = 2;

export interface Sweeper {
  /** One round, at once. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

/** Writes down who was seen, closes sessions of which nothing is heard, and forgets old changes. Any number of hubs may. */
export function createSweeper(deps: {
  readonly db: Db;
  readonly log: Logger;
  readonly seen: Seen;
  readonly idleSec: number;
  readonly counted: (openSessions: number) => void;
}): Sweeper {
  const { db, log, seen, idleSec, counted } = deps;
  let rounds = 0;
  let grace = GRACE_ROUNDS;
  const round = async () => {
    await seen.flush();
    const closed = grace > 0 ? 0 : await closeIdleSessions(db, idleSec);
    if (closed > 0) log.info({ closed }, 'idle sessions closed');
    const { rows } = await sql<{ count: number }>`select count(*) from session where closed_at is null`.execute(db);
    counted(rows[0]?.count ?? 0);
    if (rounds++ % PRUNE_EVERY === 0) {
      await sql`delete from change_log where at < now() - ${LOG_KEPT}::interval`.execute(db);
    }
    grace = Math.max(0, grace - 1);
  };
  const failed = (error: unknown) => {
    grace = GRACE_ROUNDS;
    log.warn({ err: error }, 'sweep failed');
  };
  let running: Promise<void> = Promise.resolve();
  const sweep = () => (running = running.then(round).catch(failed));
  const timer = setInterval(sweep, SWEEP_MS).unref();
  return {
    sweep,
    async stop() {
      clearInterval(timer);
      await running;
      await seen.flush();
    },
  };
}
