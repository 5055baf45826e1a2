/** What a person is told of the campaigns that they are called for: part of their situation. */
import { type RawBuilder, sql } from 'kysely';
import type { SituationPart } from '../../lib/api/snapshot.ts';
import type { Db } from '../db/connect.ts';

/** Of these, whether the session `s` is subscribed to any. */
export const hasSubscribed = (ids: readonly string[]): RawBuilder<boolean> =>
  sql<boolean>`(s.id in (select c.session_id from campaign_subscription c where c.session_id = any(${ids}::uuid[])))`;

/** By session id; what was subscribed to and is not in the profile any more is left out by whoever reads the profile too. */
export async function subscribedBySession(db: Db, sessionIds: readonly string[]): Promise<(sessionId: string) => NonNullable<SituationPart['campaigns']>['subscribed']> {
  const rows = await db
    .selectFrom('campaign_subscription')
    .selectAll()
    .where('session_id', '=', sql<string>`any(${sessionIds}::uuid[])`)
    .orderBy('since')
    .orderBy('campaign_id')
    .execute();
  const bySession = Map.groupBy(rows, ({ session_id }) => session_id);
  return (sessionId) => (bySession.get(sessionId) ?? []).map(({ campaign_id, since }) => ({ id: campaign_id, since: since.getTime() }));
}
