import { sql } from 'kysely';
import type { ConsoleModuleId } from '../../lib/catalogue/console.ts';
import { elementExtra } from '../../lib/decide/console.ts';
import { logPersonChange } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';

/** Takes the extra for an element that is gone from whoever had made it. */
export async function forgetElement(trx: Trx, accountId: string, module: ConsoleModuleId, id: string): Promise<void> {
  const extra = elementExtra(module, id);
  const { rows } = await sql<{ id: string }>`
    select id from person where account_id = ${accountId}::uuid and ${extra} = any(allow) order by id for no key update`.execute(trx);
  for (const { id: personId } of rows) {
    await sql`update person set allow = array_remove(allow, ${extra}) where id = ${personId}::uuid`.execute(trx);
    await logPersonChange(trx, accountId, personId);
  }
}
