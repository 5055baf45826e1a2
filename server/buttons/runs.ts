/** What custom buttons started: each a row from the moment it is asked for, told to the banner as part of its situation. */
import { type InsertObject, type RawBuilder, sql } from 'kysely';
import type { CommandResult } from '../../lib/api/connector.ts';
import type { ButtonRun } from '../../lib/api/interaction.ts';
import type { ProblemCode } from '../../lib/api/problem.ts';
import type { Db, Trx } from '../db/connect.ts';
import { databaseNow } from '../db/now.ts';
import type { Database } from '../db/schema.ts';
import { tellSessions } from '../interactions/change.ts';
import { holdSessions } from '../session/hold.ts';
import { plainSentence } from './answer.ts';

export type NewRun = InsertObject<Database, 'button_run'>;

/** How long what was done is told, and how long why it was not: as long as trying again is the same deed. */
const DONE_TOLD = '1 minute';
export const SAME_DEED = '10 minutes';
const MOST_TOLD = 20;

/** Of these nobody knows whether it was done: asked for again, it is the same deed by the same key. */
export const UNKNOWN_OUTCOMES: readonly ProblemCode[] = ['service.timeout', 'service.lost'];

export type RunOutcome =
  | { readonly ok: true; readonly message: string | null; readonly open: string | null }
  | { readonly ok: false; readonly problem: ProblemCode; readonly why: string | null };

/** @returns its id; null where the same is under way already or, of one by itself, was done before */
export async function insertRun(trx: Trx, run: NewRun): Promise<string | null> {
  const row = await trx.insertInto('button_run').values(run).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
  return row?.id ?? null;
}

/** Ends one that is under way, once, and tells whoever started it. @returns whether it was under way */
export async function settleRun(trx: Trx, id: string, outcome: RunOutcome): Promise<boolean> {
  const seen = await trx.selectFrom('button_run').select(['session_id', 'account_id']).where('id', '=', id).executeTakeFirst();
  if (!seen) return false;
  if (seen.session_id) await holdSessions(trx, [seen.session_id]);
  const ended = outcome.ok
    ? { state: 'done' as const, message: outcome.message, open: outcome.open }
    : { state: 'failed' as const, problem: outcome.problem, why: outcome.why };
  const row = await trx
    .updateTable('button_run')
    .set({ ...ended, ended_at: databaseNow })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (row) await tellSessions(trx, seen.account_id, [seen.session_id]);
  return row !== undefined;
}

/** What a connector's answer to `run`, or none in time, makes of it. */
export function outcomeOf(result: CommandResult | { readonly result: 'timeout' }): RunOutcome {
  switch (result.result) {
    case 'done':
      return { ok: true, message: result.message === undefined ? null : plainSentence(result.message), open: null };
    case 'failed':
      return { ok: false, problem: 'workflow.failed', why: plainSentence(result.why) };
    case 'timeout':
      return { ok: false, problem: 'workflow.timeout', why: null };
  }
}

/** Of these, whether the session `s` ever started any. */
export const hasRun = (ids: readonly string[]): RawBuilder<boolean> =>
  sql<boolean>`(s.id in (select r.session_id from button_run r where r.session_id = any(${ids}::uuid[])))`;

/** What each session is told: of each button and what it was used with, the last one. One query for all sessions. */
export async function runsBySession(db: Db, sessionIds: readonly string[]): Promise<(sessionId: string) => ButtonRun[]> {
  const { rows } = await sql<{ session_id: string; state: string; at: Date } & Omit<ButtonRun, 'state' | 'at'>>`
    select distinct on (r.session_id, r.control, r.subject)
      r.session_id, r.id, r.control, r.subject, r.trigger <> 'byHand' as "byItself", r.state, r.at, r.message, r.open, r.problem, r.why
    from button_run r
    where r.session_id = any(${sessionIds}::uuid[]) and (r.ended_at is null
      or r.ended_at > now() - case r.state when 'done' then ${DONE_TOLD}::interval else ${SAME_DEED}::interval end)
    order by r.session_id, r.control, r.subject, r.at desc, r.id`.execute(db);
  const bySession = Map.groupBy(rows, ({ session_id }) => session_id);
  return (sessionId) =>
    (bySession.get(sessionId) ?? [])
      .toSorted((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, MOST_TOLD)
      .map(({ session_id: _, state, at, ...run }) => ({ ...run, state: state === 'done' || state === 'failed' ? state : 'pending', at: at.getTime() }));
}
