import { type Kysely, sql } from 'kysely';

/** People and profiles are listed in pages, by name: each page is read along one of these, wherever in the list it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create index person_by_name on person (account_id, lower(name), id)`,
  // Those who left may be many more than those who are there.
  `create index person_enabled_by_name on person (account_id, lower(name), id) where not disabled`,
  `create index profile_by_name on profile (account_id, lower(name), id)`,
];
