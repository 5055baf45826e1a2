import { type Kysely, sql } from 'kysely';

/**
 * A publish writes no row for each who is to have the version: who has said nothing since it was pushed is known from who
 * is assigned (server/profiles/receipts.ts).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table profile add column pushed_at timestamptz`,
  `update profile f set pushed_at = v.published_at from profile_version v where v.profile_id = f.id and v.version = f.current_version`,
  `delete from receipt where state in ('queued', 'offline')`,
];
