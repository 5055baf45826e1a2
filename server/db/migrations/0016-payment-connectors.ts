import { type Kysely, sql } from 'kysely';

/** Which connectors take payments: a telephone system is not one of them by itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table connector add column payments boolean not null default false`,
  // One that takes payments may carry nothing else.
  `alter table connector drop constraint connector_channels_check`,
  `alter table connector add constraint connector_channels_check check (channels <@ array['voice', 'email', 'messages'])`,
  `create index payment_open on payment_request (account_id, asked_at) where state = 'pending'`,
];
