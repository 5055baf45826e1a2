import { type Kysely, sql } from 'kysely';

/** What the Maker keeps: revisions to save over, what is due at a time, who has a draft open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table person add column revision integer not null default 1`,
  `alter table team add column revision integer not null default 1`,
  `alter table team add column note text not null default ''`,
  `create unique index team_name on team (account_id, lower(name))`,
  `alter table resource add column revision integer not null default 1`,
  `create index team_member_person on team_member (person_id)`,
  `create unique index resource_name on resource (account_id, kind, lower(name)) where not archived`,
  // A session that is over keeps no activity from being deleted.
  `alter table session drop constraint session_activity_id_fkey`,
  `alter table session add constraint session_activity_id_fkey foreign key (activity_id) references resource on delete set null`,

  // A publish to come, with the document as it was when it was asked for; or the end of a temporary one.
  `create table schedule (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references account,
     profile_id uuid not null references profile on delete cascade,
     what text not null check (what in ('publish', 'rollBack')),
     at timestamptz not null,
     until timestamptz,
     document jsonb,
     from_version integer,
     back_version integer,
     to_whom text not null default 'everyone' check (to_whom in ('everyone', 'newAssignments')),
     emergency boolean not null default false,
     message text not null default '',
     by_person uuid references person,
     state text not null default 'waiting' check (state in ('waiting', 'done', 'cancelled', 'failed', 'overtaken')),
     problem text,
     made_at timestamptz not null default now(),
     ended_at timestamptz
   )`,
  `create index schedule_due on schedule (at) where state = 'waiting'`,
  `create index schedule_profile on schedule (profile_id, at)`,

  // Who has a profile open in the Maker; a row not seen for a while counts for nothing.
  `create table profile_editor (
     profile_id uuid not null references profile on delete cascade,
     person_id uuid not null references person on delete cascade,
     editing boolean not null default false,
     since timestamptz not null default now(),
     seen_at timestamptz not null default now(),
     primary key (profile_id, person_id)
   )`,
  `create index audit_subject on audit (account_id, subject_id, id)`,
  `create index audit_actor on audit (account_id, actor_id, id)`,
];
