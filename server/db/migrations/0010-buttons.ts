import { type Kysely, sql } from 'kysely';

/** Custom buttons that the hub does something for: each time one was used, and the secret that web services know it by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // subject: the interaction or row that it was used with, empty in the bar. key: what a web service knows the deed by.
  // body: exactly what is sent; forgotten some time after the end.
  `create table button_run (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account on delete cascade,
     person_id uuid not null references person on delete cascade,
     session_id uuid references session on delete set null,
     button_id uuid not null references resource on delete cascade,
     control text not null,
     subject text not null default '',
     interaction_id uuid references interaction on delete cascade,
     trigger text not null check (trigger in ('byHand', 'presented', 'accepted')),
     opens text not null check (opens in ('workflow', 'webService')),
     key uuid not null,
     target text not null,
     body text,
     state text not null check (state in ('asked', 'calling', 'done', 'failed')),
     at timestamptz not null,
     begun_at timestamptz,
     ended_at timestamptz,
     problem text,
     why text,
     message text,
     open text,
     check ((state in ('done', 'failed')) = (ended_at is not null)),
     check ((state = 'failed') = (problem is not null))
   )`,
  // Whatever hub, tab or repetition it comes from: one at a time by hand, and once for an interaction by itself.
  `create unique index button_run_pending on button_run (person_id, control, subject) where ended_at is null`,
  `create unique index button_run_triggered on button_run (button_id, interaction_id, trigger) where trigger <> 'byHand'`,
  `create index button_run_session on button_run (session_id, at desc)`,
  `create index button_run_used on button_run (person_id, control, subject, at desc)`,
  `create index button_run_open on button_run (at) where ended_at is null`,
  `create index button_run_ended on button_run (ended_at)`,
  `create function button_run_wake() returns trigger language plpgsql as
     $$ begin perform pg_notify('pennon_service', ''); return null; end $$`,
  `create trigger button_run_wake after insert on button_run
     for each row when (new.state = 'asked') execute function button_run_wake()`,

  // A workflow may be run where there is no interaction, and goes on when there is none any more.
  `alter table connector_command alter column interaction_id drop not null`,
  `alter table connector_command add column run_id uuid references button_run on delete cascade`,
  `alter table connector_command add check (num_nonnulls(interaction_id, run_id) = 1)`,
  `create index connector_command_run on connector_command (run_id) where run_id is not null`,

  // The secret itself, for it signs; the one before it signs too for a while, so that a service can be told in its own time.
  `create table service_secret (
     account_id uuid primary key references account on delete cascade,
     secret text not null,
     earlier text,
     earlier_until timestamptz,
     made_at timestamptz not null default now()
   )`,
];
