import { type Kysely, sql } from 'kysely';

/** Which channels a connector carries, whether it is there, and which of its events are known already; how far a thread was read; the currency of an account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Null: it never said, and is taken to carry all. heard_at: by any hub, over the WebSocket or asking; null once it has left.
  `alter table connector add column channels text[]
     check (channels <@ array['voice', 'email', 'messages'] and cardinality(channels) > 0)`,
  `alter table connector add column heard_at timestamptz`,

  // An event said again under its key is known by this; digest: of what it said, so that a key is never used for another.
  `create table connector_event (
     interaction_id uuid not null references interaction on delete cascade,
     key text not null,
     digest bytea not null,
     primary key (interaction_id, key)
   )`,

  // The last message that whoever has it has looked at: what the customer wrote after it is new.
  `alter table interaction add column read_to bigint`,

  // ISO 4217. Amounts are whole numbers of its smallest unit, so that what decimals it has is kept as it was when they were written.
  `alter table account add column currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$')`,
  `alter table account add column currency_decimals smallint not null default 2 check (currency_decimals between 0 and 4)`,
];
