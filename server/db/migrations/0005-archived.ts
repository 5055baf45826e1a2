import { type Kysely, sql } from 'kysely';

/** An archived profile lets go of its name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index profile_name`.execute(db);
  await sql`create unique index profile_name on profile (account_id, lower(name)) where not archived`.execute(db);
}
