import { type Kysely, sql } from 'kysely';

/** Calls for campaigns that nobody has in hand yet: being dialled, or answered and waiting for somebody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table interaction drop constraint interaction_state_check`,
  `alter table interaction add constraint interaction_state_check
     check (state in ('dialling', 'offered', 'ringing', 'accepted', 'live', 'held', 'consulting', 'transferring', 'wrapup', 'closed'))`,
  // Whoever watches a campaign hears of what nobody has in hand, too: no session is told of it.
  `create function campaign_wake() returns trigger language plpgsql as
     $$ begin perform pg_notify('pennon_supervision', new.account_id::text); return null; end $$`,
  `create trigger campaign_wake after insert or update on interaction
     for each row when (new.campaign_id is not null and new.channel = 'voice') execute function campaign_wake()`,
  // How many of a campaign are dialled or wait now, and what share of those who answered lately talked to nobody.
  `create index interaction_campaign_lines on interaction (campaign_id) where campaign_id is not null and state in ('dialling', 'offered')`,
  `create index interaction_campaign_answers on interaction (campaign_id, ended_at) where campaign_id is not null and connected_at is not null`,
];
