import { sql } from 'kysely';
import { campaignsOf } from '../../lib/distribution/campaigns.ts';
import type { Trx } from '../db/connect.ts';
import { tellSessions } from '../interactions/change.ts';
import { headsOf } from '../session/heads.ts';
import { personParts } from '../session/parts.ts';
import { rightsIn } from '../session/situation.ts';
import type { Views } from '../session/views.ts';

/**
 * After a change to what some people work with, in its transaction and with their sessions locked: who has a campaign no
 * more is not subscribed to it any more either, and does not find themselves called should it come back.
 */
export async function leaveLost(trx: Trx, sessionIds: readonly string[], views: Views): Promise<void> {
  const { rows } = await sql<{ session_id: string; campaign_id: string }>`
    select session_id, campaign_id from campaign_subscription where session_id = any(${sessionIds}::uuid[])`.execute(trx);
  if (rows.length === 0) return;
  const heads = await headsOf(trx, [...new Set(rows.map(({ session_id }) => session_id))]);
  const people = await personParts(trx, heads.map(({ personId }) => personId));
  for (const { sessionId, personId, accountId, active } of heads) {
    const view = (active && (await views.of(trx, active))?.view) ?? null;
    const has = new Set(campaignsOf(view, rightsIn(view, people.get(personId)!)).map(({ id }) => id));
    const lost = rows.filter(({ session_id, campaign_id }) => session_id === sessionId && !has.has(campaign_id)).map(({ campaign_id }) => campaign_id);
    if (lost.length === 0) continue;
    await trx.deleteFrom('campaign_subscription').where('session_id', '=', sessionId).where('campaign_id', 'in', lost).execute();
    await tellSessions(trx, accountId, [sessionId]);
  }
}
