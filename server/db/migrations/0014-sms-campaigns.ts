import { type Kysely, sql } from 'kysely';

/** A target of an SMS campaign that may be written to, as 0009 has those of voice campaigns; and what became of a message. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const targets = (name: string, keys: string, state: string) =>
  `create index record_sms_target_${name} on record (resource_id, ${keys})
     where module = 'mod.smsCampaigns' and deleted_at is null and ("values"->>'state') = '${state}'`;
const at = `(("values"->>'at')::numeric)`;

const STATEMENTS = [
  targets('planned', at, 'planned'),
  targets('pool', 'created_at, id', 'pool'),
  targets('unreached', `(coalesce(("values"->>'tries')::numeric, 0)), ${at}`, 'unreached'),
  `create index resource_sms_running on resource (account_id) where kind = 'smsCampaign' and not archived and (attributes->>'active') = 'true'`,
  // How much an account has sent lately.
  `create index interaction_sms on interaction (account_id, offered_at) where channel = 'messages' and campaign_id is not null`,
  `create index connector_command_send on connector_command (interaction_id) where verb = 'send'`,
];
