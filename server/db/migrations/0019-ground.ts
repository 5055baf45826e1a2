import { type Kysely, sql } from 'kysely';

/** What the sessions on a profile stand on (server/session/ground.ts), and whether anybody is pinned, without asking all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table profile add column ground text`,
  `create index assignment_pinned on assignment (profile_id) where pinned_version is not null`,
];
