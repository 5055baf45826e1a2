import { sql } from 'kysely';
import type { Client } from 'pg';
import type { Db } from '../db/connect.ts';
import { createListener, retryDelay } from '../db/listener.ts';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';

export interface LoggedChange {
  readonly id: number;
  readonly kind: Database['change_log']['kind'];
  readonly subjectId: string;
}

export interface ChangeReader {
  /** Resolves once it listens; from then on every change is handed over, those committed meanwhile included. */
  start(): Promise<void>;
  isListening(): boolean;
  stop(): Promise<void>;
}

interface Dependencies {
  readonly db: Db;
  readonly connectAlone: () => Promise<Client>;
  /** Called with one batch at a time, and again with the same one where it throws. Must bear repetition. */
  readonly onChanges: (changes: readonly LoggedChange[]) => Promise<void>;
  /** It listens, for the first time or again: of what changed meanwhile nothing was handed over yet. */
  readonly onListening?: () => void;
  readonly log: Logger;
  readonly random: () => number;
  /** How often to look without being told: heals notifications that were lost. */
  readonly pollMs: number;
}

/**
 * Reads the change log as it grows. NOTIFY wakes it up; the truth is the log.
 *
 * Ids and transaction ids are handed out before transactions commit, so "the last id I saw" would pass over a row whose
 * transaction commits late. The cursor is the oldest transaction that was still running at the last read: everything
 * from there on is read again, but for what has been handed over already. So no change is lost, and none waits for an
 * unrelated transaction that runs long.
 */
export function createChangeReader(deps: Dependencies): ChangeReader {
  const { db, onChanges, log, pollMs } = deps;
  let cursor = '0';
  /** Handed over already, and at or after the cursor: id to transaction id. */
  let handed = new Map<number, bigint>();
  let wanted = false;
  let reading: Promise<void> | null = null;
  let stopped = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;

  const read = async () => {
    const { upto, rows } = await rowsFrom(db, cursor, [...handed.keys()]);
    if (rows.length > 0) await onChanges(rows);
    for (const row of rows) handed.set(row.id, row.xid);
    const oldest = BigInt(upto);
    handed = new Map([...handed].filter(([, xid]) => xid >= oldest));
    cursor = upto;
  };
  const takeWanted = () => {
    const take = wanted && !stopped;
    wanted = false;
    return take;
  };
  const readWhileWanted = async () => {
    while (takeWanted()) {
      try {
        await read();
        failures = 0;
      } catch (error) {
        log.warn({ err: error }, 'reading the change log failed');
        clearTimeout(retry);
        retry = setTimeout(wake, retryDelay(failures++, deps.random)).unref();
      }
    }
    reading = null;
  };
  const wake = () => {
    wanted = true;
    if (!stopped) reading ??= readWhileWanted();
  };
  const listening = () => {
    deps.onListening?.();
    wake();
  };
  const listener = createListener({ ...deps, channel: 'pennon_change', heard: wake, listening });

  return {
    async start() {
      const { rows } = await sql<{ upto: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as upto`.execute(db);
      cursor = rows[0]!.upto;
      await listener.start();
      poll = setInterval(wake, pollMs).unref();
    },
    isListening: () => listener.isListening(),
    async stop() {
      stopped = true;
      clearInterval(poll);
      clearTimeout(retry);
      await listener.stop();
      await reading;
    },
  };
}

interface ReadRow extends LoggedChange {
  readonly xid: bigint;
}

/** All rows from a transaction id on that are visible and not handed over yet, and where the next read has to begin. */
async function rowsFrom(db: Db, cursor: string, handed: readonly number[]): Promise<{ upto: string; rows: ReadRow[] }> {
  type Row = { upto: string; id: number | null; kind: LoggedChange['kind']; subject_id: string; xid: string };
  const { rows } = await sql<Row>`
    select pg_snapshot_xmin(s.now)::text as upto, c.id, c.kind, c.subject_id, c.xid::text as xid
    from (select pg_current_snapshot() as now) s
    left join change_log c on c.xid >= ${cursor}::xid8 and c.id <> all(${handed}::bigint[])
    order by c.id`.execute(db);
  return {
    upto: rows[0]!.upto,
    rows: rows.flatMap(({ id, kind, subject_id, xid }) => (id === null ? [] : [{ id, kind, subjectId: subject_id, xid: BigInt(xid) }])),
  };
}
