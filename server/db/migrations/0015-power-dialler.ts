import { type Kysely, sql } from 'kysely';

/** Calls for campaigns that nobody has in hand yet: being dialled, or answered and waiting for somebody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table interaction drop constraint interaction_state_check`,
  `alter table interaction add constraint interaction_state_check
     check (state in ('dialling', 'offered', 'ringing', 'accepted', 'live', 'held', 'consulting', 'transferring', 'wrapup', 'closed'))`,
  // How many of a campaign are dialled or wait now, and what share of those who answered lately talked to nobody.
  `create index interaction_campaign_lines on interaction (campaign_id) where campaign_id is not null and state in ('dialling', 'offered')`,
  `create index interaction_campaign_answers on interaction (campaign_id, ended_at) where campaign_id is not null and connected_at is not null`,
];
