import { type Kysely, sql } from 'kysely';

/** What supervisors do with people: what these are told of it, what they ask for, and what they are given for a while. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table notice (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     person_id uuid not null references person on delete cascade,
     at timestamptz not null default clock_timestamp(),
     kind text not null,
     by_person uuid references person on delete set null,
     why text not null default '',
     detail jsonb not null default '{}',
     seen_at timestamptz
   )`,
  `create index notice_person on notice (person_id, at desc)`,
  `create index notice_at on notice (at)`,

  // One that waits counts while its session is open; interaction_id: what the person had in hand when they asked.
  `create table ask (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     person_id uuid not null references person on delete cascade,
     session_id uuid not null references session on delete cascade,
     control text not null,
     note text not null default '',
     interaction_id uuid,
     at timestamptz not null default clock_timestamp(),
     answer text check (answer in ('interaction', 'today', 'declined')),
     answered_at timestamptz,
     answered_by uuid references person on delete set null,
     check ((answer is null) = (answered_at is null))
   )`,
  `create unique index ask_waiting on ask (session_id, control) where answer is null`,
  `create index ask_account on ask (account_id) where answer is null`,
  `create index ask_session on ask (session_id, at desc)`,

  // A right of a person that ends by itself: at a moment, or with a session; the end of the interaction it was granted
  // for is a moment too, once it is known.
  `create table temporary_grant (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     person_id uuid not null references person on delete cascade,
     control text not null,
     fields text[] not null,
     span text not null check (span in ('interaction', 'today')),
     until timestamptz,
     session_id uuid references session on delete cascade,
     interaction_id uuid,
     by_person uuid references person on delete set null,
     made_at timestamptz not null default now(),
     ended_at timestamptz,
     check (span <> 'today' or until is not null),
     check ((span = 'interaction') = (session_id is not null))
   )`,
  `create index temporary_grant_person on temporary_grant (person_id) where ended_at is null`,
  `create index temporary_grant_until on temporary_grant (until) where ended_at is null`,
  `create index temporary_grant_interaction on temporary_grant (interaction_id) where ended_at is null`,

  // Those who watch people hear of whatever a banner hears of, in the transaction of the change: the account's id.
  `create function supervision_wake() returns trigger language plpgsql as $$
     declare account uuid;
     begin
       for account in select distinct account_id from changed loop
         perform pg_notify('pennon_supervision', account::text);
       end loop;
       return null;
     end $$`,
  `create trigger supervision_wake after insert on change_log
     referencing new table as changed for each statement execute function supervision_wake()`,
];
