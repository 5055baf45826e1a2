import { type Kysely, sql } from 'kysely';

/**
 * What the modules keep: rows of all of them in one table, by the declarations of lib/modules. What a list is searched by
 * and put in order by is worked out where a row is written, so that reading a page of a hundred thousand rows walks an index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // people: who it belongs to besides its owner, as those who write in a conversation; null where nobody.
  // words: all that it is found by; open_words: the same without personal data; tags: "mod.cases state:open".
  `create table record (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     module text not null,
     owner_id uuid references person on delete set null,
     resource_id uuid references resource on delete set null,
     people uuid[],
     "values" jsonb not null,
     words tsvector not null,
     open_words tsvector not null,
     tags text[] not null,
     revision integer not null default 1,
     created_at timestamptz not null default now(),
     created_by uuid references person on delete set null,
     changed_at timestamptz not null default now(),
     deleted_at timestamptz,
     deleted_by uuid references person on delete set null
   )`,
  `create index record_owner on record (account_id, module, owner_id) where deleted_at is null`,
  `create index record_resource on record (account_id, module, resource_id) where deleted_at is null`,
  // Each row goes into them at once: what waits to be merged would be read through by every search.
  `create index record_people on record using gin (people) with (fastupdate = off)`,
  `create index record_words on record using gin (words) with (fastupdate = off)`,
  `create index record_open_words on record using gin (open_words) with (fastupdate = off)`,
  `create index record_tags on record using gin (tags) with (fastupdate = off)`,
  `create index record_deleted on record (deleted_at) where deleted_at is not null`,

  // One for each column that a list can be put in the order of, and one without a column, in no order that says anything.
  // Bytes, not letters: the keys are made to sort so. A deleted row has none.
  `create table record_key (
     record_id uuid not null references record on delete cascade,
     account_id uuid not null,
     module text not null,
     sort text not null,
     key text collate "C" not null,
     primary key (record_id, sort)
   )`,
  `create index record_key_order on record_key (account_id, module, sort, key, record_id)`,

  `create table record_file (
     record_id uuid primary key references record on delete cascade,
     name text not null,
     type text not null,
     bytes bytea not null
   )`,
  // The numbers that are given already, by the letter that they begin with.
  `create table record_counter (
     account_id uuid not null references account,
     letter text not null,
     last integer not null,
     primary key (account_id, letter)
   )`,

  // What a payment module was asked for; it is the module that says how it ended.
  `create table payment_request (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     invoice_id uuid not null references record on delete cascade,
     resource_id uuid references resource on delete set null,
     way text not null check (way in ('card', 'smartRouting', 'linkSms', 'linkEmail')),
     sent_to text,
     amount bigint not null check (amount > 0),
     state text not null default 'pending' check (state in ('pending', 'confirmed', 'failed')),
     asked_by uuid references person on delete set null,
     asked_at timestamptz not null default now(),
     ended_at timestamptz
   )`,
  `create unique index payment_pending on payment_request (invoice_id) where state = 'pending'`,
];
