import { sql } from 'kysely';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { ProfileRow } from './find.ts';

const taken = () => new ProblemError('profile.nameTaken', { detail: 'Another profile of this account has that name.' });

/** Another profile of the account, none that is archived, has the name, upper and lower case alike. @throws {ProblemError} profile.nameTaken */
export async function refuseTakenName(trx: Trx, profile: Pick<ProfileRow, 'id' | 'account_id'>, name: string): Promise<void> {
  const other = await trx
    .selectFrom('profile')
    .select('id')
    .where('account_id', '=', profile.account_id)
    .where(sql`lower(name)`, '=', sql`lower(${name})`)
    .where('id', '!=', profile.id)
    .where('archived', '=', false)
    .executeTakeFirst();
  if (other) throw taken();
}

/** Runs a write that may meet the unique index of names; two at once are told apart only there. */
export async function takingName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'profile_name') throw taken();
    throw error;
  }
}
