import { type Kysely, sql } from 'kysely';

/** Signing in: what the embedded issuer remembers, local passwords, subjects of other issuers, tokens for scripts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table oidc_payload (
     model text not null,
     id text not null,
     payload jsonb not null,
     grant_id text,
     uid text,
     subject text,
     consumed_at timestamptz,
     expires_at timestamptz,
     primary key (model, id)
   )`,
  `create index oidc_payload_grant on oidc_payload (grant_id) where grant_id is not null`,
  `create index oidc_payload_uid on oidc_payload (uid) where uid is not null`,
  `create index oidc_payload_subject on oidc_payload (subject) where subject is not null`,
  `create index oidc_payload_expiry on oidc_payload (expires_at)`,
  `create table oidc_secret (name text primary key, value jsonb not null)`,
  `create table person_password (
     person_id uuid primary key references person on delete cascade,
     hash text not null,
     changed_at timestamptz not null default now()
   )`,
  `create table person_subject (
     issuer text not null,
     subject text not null,
     person_id uuid not null references person on delete cascade,
     primary key (issuer, subject)
   )`,
  `create table api_token (
     id uuid primary key default gen_random_uuid(),
     person_id uuid not null references person on delete cascade,
     hash bytea not null unique,
     created_at timestamptz not null default now(),
     expires_at timestamptz not null,
     revoked_at timestamptz
   )`,
  // The shape that rate-limiter-flexible reads and writes. Unlogged: a crash may forget counts, no more.
  `create unlogged table sign_in_attempt (key varchar(255) primary key, points integer not null default 0, expire bigint)`,
  // The demo centre, where it has been seeded: never twice, whatever is changed in it afterwards.
  `create table demo_centre (
     one boolean primary key default true check (one),
     account_id uuid not null references account on delete cascade,
     hub_url text not null,
     seeded_at timestamptz not null default now()
   )`,
];
