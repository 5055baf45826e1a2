import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';

/**
 * Asked before an administrator is made something else or is disabled; to ask it of anybody else costs nothing. The
 * administrators are locked to the end of the transaction, so that of two who are taken at once the second stays.
 *
 * @throws {ProblemError} person.lastAdministrator: nobody who can sign in would be left who may do everything
 */
export async function refuseLastAdministrator(trx: Trx, accountId: string, personId: string): Promise<void> {
  const administrators = await trx
    .selectFrom('person')
    .select('id')
    .where('account_id', '=', accountId)
    .where('type', '=', 'administrator')
    .where('disabled', '=', false)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  if (administrators.some(({ id }) => id === personId) && administrators.length === 1) {
    throw new ProblemError('person.lastAdministrator', { detail: 'Somebody must be left who may do everything.' });
  }
}
