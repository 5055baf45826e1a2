import { type Kysely, sql } from 'kysely';

/** What the sessions on a profile stand on (server/session/ground.ts), and whether anybody is pinned, without asking all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table profile add column ground text`,
  // The demo centre was made without: what became of its versions could not be read.
  `update profile f set pushed_at = v.published_at from profile_version v where v.profile_id = f.id and v.version = f.current_version and f.pushed_at is null`,
  `update profile set pushed_at = now() where current_version is not null and pushed_at is null`,
  `alter table profile add constraint profile_pushed check (current_version is null or pushed_at is not null)`,
  `create index assignment_pinned on assignment (profile_id) where pinned_version is not null`,
];
