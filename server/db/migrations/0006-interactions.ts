import { type Kysely, sql } from 'kysely';

/**
 * Interactions, the connectors they come from, and what is kept of a right while one lasts. The state of an interaction
 * is changed by the code of server/interactions alone, and each change is written down beside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table connector (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     name text not null,
     hash bytea unique,
     made_at timestamptz not null default now()
   )`,
  `create unique index connector_name on connector (account_id, lower(name))`,

  // session_id and person_id are whoever has it now; for_person whom a direct one was sent to. The connector's ref makes an
  // offer that is sent twice one interaction. rights_*: the version that whoever has it has worked under so far.
  `create table interaction (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     connector_id uuid not null references connector,
     ref text not null,
     channel text not null check (channel in ('voice', 'email', 'messages')),
     direction text not null check (direction in ('inbound', 'outbound')),
     state text not null check (state in ('offered', 'ringing', 'accepted', 'live', 'held', 'consulting', 'transferring', 'wrapup', 'closed')),
     outcome text check (outcome in ('completed', 'transferred', 'mailbox', 'abandoned', 'failed')),
     smart boolean not null,
     queue_id uuid references resource,
     for_person uuid references person on delete set null,
     session_id uuid references session on delete set null,
     person_id uuid references person on delete set null,
     priority integer not null default 0,
     customer jsonb not null,
     subject text not null default '',
     opens text not null default 'smallBanner',
     auto_recorded boolean not null default false,
     recording boolean not null default false,
     muted boolean not null default false,
     consult jsonb,
     conference jsonb not null default '[]',
     listeners jsonb not null default '[]',
     qualification text,
     note text not null default '',
     passed_on jsonb,
     parent_id uuid references interaction on delete set null,
     consults_for uuid references interaction on delete set null,
     offered_at timestamptz not null,
     since timestamptz not null,
     accepted_at timestamptz,
     connected_at timestamptz,
     ended_at timestamptz,
     until timestamptz,
     accept_at timestamptz,
     rights_profile uuid references profile on delete set null,
     rights_version integer,
     check ((state in ('offered', 'closed')) or session_id is not null or person_id is null),
     check (state <> 'closed' or outcome is not null)
   )`,
  // One that ended and was passed on goes on under another id with the same name at the connector.
  `create unique index interaction_ref on interaction (connector_id, ref) where state <> 'closed' and state <> 'wrapup'`,
  `create index interaction_waiting on interaction (account_id, priority desc, offered_at) where state = 'offered'`,
  `create index interaction_session on interaction (session_id) where state not in ('offered', 'closed')`,
  `create index interaction_due on interaction (until) where until is not null and state in ('ringing', 'wrapup')`,
  `create index interaction_accept on interaction (accept_at) where accept_at is not null and state = 'ringing'`,
  `create index interaction_consults on interaction (consults_for) where consults_for is not null`,
  `create index interaction_account on interaction (account_id, offered_at)`,

  `create table interaction_event (
     id bigserial primary key,
     interaction_id uuid not null references interaction on delete cascade,
     at timestamptz not null,
     event text not null,
     state text not null,
     person_id uuid,
     detail jsonb not null default '{}'
   )`,
  `create index interaction_event_of on interaction_event (interaction_id, id)`,
  `create trigger interaction_event_append_only before update or truncate on interaction_event
     for each statement execute function refuse_change()`,

  // To whom it has rung: whoever missed or refused it is not asked again while others can be.
  `create table interaction_offer (
     id bigserial primary key,
     interaction_id uuid not null references interaction on delete cascade,
     person_id uuid not null references person on delete cascade,
     at timestamptz not null,
     outcome text check (outcome in ('accepted', 'missed', 'refused', 'givenBack', 'abandoned'))
   )`,
  `create index interaction_offer_of on interaction_offer (interaction_id)`,
  // Offered to one person at a time.
  `create unique index interaction_offer_open on interaction_offer (interaction_id) where outcome is null`,

  `create table interaction_message (
     id bigserial primary key,
     interaction_id uuid not null references interaction on delete cascade,
     at timestamptz not null,
     person_id uuid references person on delete set null,
     text text not null
   )`,
  `create index interaction_message_of on interaction_message (interaction_id, id)`,

  // waits: the person does, and nothing else is asked meanwhile. answered_at: by the connector. settled_at: the hub waits no longer; a hangup is still told to one that comes back.
  `create table connector_command (
     id uuid primary key default gen_random_uuid(),
     connector_id uuid not null references connector on delete cascade,
     interaction_id uuid not null references interaction on delete cascade,
     verb text not null,
     message jsonb not null,
     waits boolean not null default true,
     at timestamptz not null,
     answered_at timestamptz,
     settled_at timestamptz,
     result text check (result in ('done', 'failed', 'timeout')),
     why text
   )`,
  `create index connector_command_open on connector_command (connector_id, at) where answered_at is null`,
  `create index connector_command_of on connector_command (interaction_id) where settled_at is null`,
  `create function connector_command_wake() returns trigger language plpgsql as
     $$ begin perform pg_notify('pennon_connector', new.connector_id::text); return null; end $$`,
  `create trigger connector_command_wake after insert on connector_command
     for each row execute function connector_command_wake()`,

  // Work for the distribution of every hub: something waits, or whoever a change is about may be free now.
  `create function interaction_wake() returns trigger language plpgsql as
     $$ begin perform pg_notify('pennon_work', ''); return null; end $$`,
  `create trigger interaction_wake after insert or update on interaction for each statement execute function interaction_wake()`,
  `create trigger change_log_work after insert on change_log for each statement execute function interaction_wake()`,

  `create table lease (
     session_id uuid not null references session on delete cascade,
     interaction_id uuid not null references interaction on delete cascade,
     control text not null,
     made_at timestamptz not null default now(),
     primary key (interaction_id, control)
   )`,
  `create index lease_session on lease (session_id)`,

  `alter table session add column idle_since timestamptz not null default now()`,
  `alter table session add column missed integer not null default 0`,
  `alter table session add column next_profile_id uuid references profile on delete set null`,
  `create index session_next on session (id) where next_profile_id is not null`,
  `create index session_pause on session (inbound_until) where closed_at is null and inbound_until is not null`,
];
