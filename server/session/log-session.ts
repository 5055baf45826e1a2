import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../db/connect.ts';

interface Logged {
  readonly id: number;
  readonly subject_id: string;
}

/**
 * Writes down that sessions have changed, one row each. The caller holds their rows locked: so the ids handed out here
 * grow in the order in which a session's changes are committed, and no client is left with an older state.
 *
 * @returns the `seq` of each, by session id
 */
export async function logSessions(trx: Trx, accountId: string, sessionIds: readonly string[]): Promise<Map<string, number>> {
  if (sessionIds.length === 0) return new Map();
  const { rows } = await logged(accountId, sessionIds).execute(trx);
  return new Map(rows.map((row) => [row.subject_id, row.id]));
}

/** The same as a part of the statement that changes the sessions: `logged`, of `id` and `subject_id`. */
export const loggedSessions = (accountId: string, sessionIds: readonly string[]): RawBuilder<unknown> => sql`logged as (${logged(accountId, sessionIds)})`;

const logged = (accountId: string, sessionIds: readonly string[]) => sql<Logged>`
    insert into change_log (account_id, kind, subject_id)
    select ${accountId}::uuid, 'session', unnest(${sessionIds}::uuid[])
    returning id, subject_id`;
