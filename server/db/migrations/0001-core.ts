import { type Kysely, sql } from 'kysely';

/**
 * The core tables. Two habits hold throughout: what a client is sent carries the id of the change that made it (`*_seq`,
 * from `change_log`), and what must never change is guarded by a trigger, not by good will.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // One row. `epoch` tells clients that met this database from those that met another one before.
  `create table hub (
     one boolean primary key default true check (one),
     epoch bigint not null default (extract(epoch from clock_timestamp()) * 1000)::bigint
   )`,
  `insert into hub default values`,

  `create table account (
     id uuid primary key default gen_random_uuid(),
     name text not null,
     licences integer not null check (licences >= 0),
     options text[] not null default '{}',
     profile_limit integer not null default 50
   )`,

  `create table person (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     name text not null,
     email text not null,
     licence text not null check (licence in ('essentials', 'smart')),
     type text not null check (type in ('agent', 'manager', 'administrator')),
     allow text[] not null default '{}',
     deny text[] not null default '{}',
     disabled boolean not null default false,
     changed_seq bigint not null default 0
   )`,
  `create unique index person_email on person (lower(email))`,
  `create table team (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     name text not null
   )`,
  `create table team_member (
     team_id uuid not null references team on delete cascade,
     person_id uuid not null references person on delete cascade,
     manages boolean not null default false,
     primary key (team_id, person_id)
   )`,

  // current_version is null until first published. draft_revision grows with every save, drop and publish and is never
  // used again, so that a draft made anew is not taken for the one that was read.
  `create table profile (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     name text not null,
     reference text not null default '',
     current_version integer,
     draft_revision integer not null default 0,
     published_seq bigint not null default 0,
     archived boolean not null default false,
     changed_at timestamptz not null default now(),
     changed_by uuid references person
   )`,
  `create unique index profile_name on profile (account_id, lower(name))`,
  `create table profile_version (
     profile_id uuid not null references profile on delete cascade,
     version integer not null check (version >= 1),
     document jsonb not null,
     message text not null default '',
     emergency boolean not null default false,
     rolled_back_from integer,
     published_at timestamptz not null default now(),
     published_by uuid references person,
     primary key (profile_id, version)
   )`,
  `create table profile_draft (
     profile_id uuid primary key references profile on delete cascade,
     based_on integer,
     document jsonb not null,
     changed_at timestamptz not null default now(),
     changed_by uuid references person
   )`,
  // pinned_version: kept on an earlier version by a publish for new assignments only.
  `create table assignment (
     person_id uuid not null references person on delete cascade,
     profile_id uuid not null references profile on delete cascade,
     at_login boolean not null default false,
     score integer not null default 50 check (score between 0 and 100),
     pinned_version integer,
     primary key (person_id, profile_id)
   )`,
  `create unique index assignment_at_login on assignment (person_id) where at_login`,
  `create index assignment_profile on assignment (profile_id)`,

  `create table resource (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     kind text not null,
     name text not null,
     attributes jsonb not null default '{}',
     archived boolean not null default false
   )`,
  `create index resource_kind on resource (account_id, kind)`,

  `create table session (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     person_id uuid not null references person on delete cascade,
     browser text not null,
     profile_id uuid references profile on delete set null,
     activity_id uuid references resource,
     activity_since timestamptz not null default now(),
     status text not null default 'connected',
     inbound_until timestamptz,
     outbound_until timestamptz,
     profile_seq bigint not null default 0,
     situation_seq bigint not null default 0,
     opened_at timestamptz not null default now(),
     seen_at timestamptz not null default now(),
     closed_at timestamptz,
     closed_because text
   )`,
  `create unique index session_open on session (person_id) where closed_at is null`,
  `create index session_account on session (account_id) where closed_at is null`,
  `create index session_profile on session (profile_id) where closed_at is null`,
  `create table session_flow (
     session_id uuid not null references session on delete cascade,
     channel text not null check (channel in ('voice', 'email', 'messages')),
     is_on boolean not null default false,
     forced_by text check (forced_by in ('missed', 'supervisor')),
     forced_by_person uuid references person,
     primary key (session_id, channel)
   )`,

  `create table receipt (
     profile_id uuid not null references profile on delete cascade,
     version integer not null,
     person_id uuid not null references person on delete cascade,
     state text not null check (state in ('queued', 'delivered', 'applied', 'leased', 'failed', 'offline')),
     at timestamptz not null default now(),
     primary key (profile_id, version, person_id)
   )`,

  // What clients may have to hear of. Written in the transaction of the change; NOTIFY only wakes the readers up.
  // xid lets a reader stop before what is not committed yet, so that no change is passed over.
  `create table change_log (
     id bigserial primary key,
     xid xid8 not null default pg_current_xact_id(),
     account_id uuid not null,
     kind text not null check (kind in ('profile', 'person', 'session')),
     subject_id uuid not null,
     detail jsonb not null default '{}',
     at timestamptz not null default now()
   )`,
  `create index change_log_at on change_log (at)`,
  `create index change_log_xid on change_log (xid)`,
  `create function change_log_wake() returns trigger language plpgsql as
     $$ begin perform pg_notify('pennon_change', ''); return null; end $$`,
  `create trigger change_log_wake after insert on change_log
     for each statement execute function change_log_wake()`,

  `create table audit (
     id bigserial primary key,
     account_id uuid not null,
     at timestamptz not null default now(),
     actor_id uuid,
     action text not null,
     subject_id uuid,
     before jsonb,
     after jsonb
   )`,
  `create index audit_account on audit (account_id, id)`,

  `create table idempotency (
     person_id uuid not null references person on delete cascade,
     key text not null,
     request text not null,
     status integer,
     body text,
     at timestamptz not null default now(),
     primary key (person_id, key)
   )`,

  `create function refuse_change() returns trigger language plpgsql as
     $$ begin raise exception '% is append-only', tg_table_name; end $$`,
  `create trigger audit_append_only before update or delete or truncate on audit
     for each statement execute function refuse_change()`,
  `create trigger profile_version_immutable before update on profile_version
     for each row execute function refuse_change()`,
];
