import { type Kysely, sql } from 'kysely';

/** Who is called for which voice campaign, and which call is for which target. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/** A target of a voice campaign that may be called: each index has those of one state in the order in which they are. */
const targets = (name: string, keys: string, state: string) =>
  `create index record_target_${name} on record (resource_id, ${keys})
     where module = 'mod.voiceCampaigns' and deleted_at is null and ("values"->>'state') = '${state}'`;
const at = `(("values"->>'at')::numeric)`;

const STATEMENTS = [
  `create table campaign_subscription (
     session_id uuid not null references session on delete cascade,
     campaign_id uuid not null references resource on delete cascade,
     since timestamptz not null,
     primary key (session_id, campaign_id)
   )`,
  `create index campaign_subscription_campaign on campaign_subscription (campaign_id)`,

  // Since when no incoming call was at the session, and none waited for it: what call blending goes by.
  `alter table session add column quiet_since timestamptz not null default now()`,

  // The telephone system could not even begin a call for a campaign: no other one before.
  `alter table session add column campaigns_after timestamptz`,
  `create index connector_command_dial on connector_command (interaction_id) where verb = 'dial'`,

  // Of a call for a campaign. Names alone: the campaign or the target may be deleted while somebody talks.
  `alter table interaction add column campaign_id uuid`,
  `alter table interaction add column target_id uuid`,
  // As the target was when it was called: who changes it meanwhile has the last word on what becomes of it.
  `alter table interaction add column target_revision integer`,
  // One target is called by one person at a time, whatever two hubs think.
  `create unique index interaction_target on interaction (target_id) where target_id is not null and state <> 'closed'`,
  `create index interaction_target_of on interaction (target_id) where target_id is not null`,

  targets('planned', at, 'planned'),
  targets('pool', 'created_at, id', 'pool'),
  targets('unreached', `(coalesce(("values"->>'tries')::numeric, 0)), ${at}`, 'unreached'),
];
