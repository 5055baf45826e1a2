import { sql } from 'kysely';
import type { Trx } from '../db/connect.ts';

/**
 * Writes down that sessions have changed, one row each. The caller holds their rows locked: so the ids handed out here
 * grow in the order in which a session's changes are committed, and no client is left with an older state.
 *
 * @returns the `seq` of each, by session id
 */
export async function logSessions(trx: Trx, accountId: string, sessionIds: readonly string[]): Promise<Map<string, number>> {
  if (sessionIds.length === 0) return new Map();
  const { rows } = await sql<{ id: number; subject_id: string }>`
    insert into change_log (account_id, kind, subject_id)
    select ${accountId}::uuid, 'session', unnest(${sessionIds}::uuid[])
    returning id, subject_id`.execute(trx);
  return new Map(rows.map((row) => [row.subject_id, row.id]));
}
