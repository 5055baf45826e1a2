import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';
import { Fault } from '../fault.ts';

/**
 * A profile of the account that is not archived, by its name in upper or lower case.
 *
 * @param orElse what to do where there is none
 * @throws {Fault} where there is none
 */
export async function findByName(db: Db, accountId: string, name: string, orElse: string): Promise<{ id: string; name: string }> {
  const row = await db
    .selectFrom('profile')
    .select(['id', 'name'])
    .where('account_id', '=', accountId)
    .where('archived', '=', false)
    .where(sql`lower(name)`, '=', sql`lower(${name})`)
    .executeTakeFirst();
  if (!row) throw new Fault(`There is no profile ${name}: ${orElse}.`);
  return row;
}
