import { sql } from 'kysely';
import type { PersonRecord } from '../../lib/api/shapes-maker.ts';
import { normalEmail } from '../auth/passwords.ts';
import { isUuid } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import { lockProfiles } from '../session/lock.ts';
import { refuseLastAdministrator } from './last-administrator.ts';
import { personRecords } from './read.ts';

export interface Holding {
  /** Profiles that they may be given. */
  readonly profiles?: readonly string[];
  /** They may stop being an administrator who can sign in. */
  readonly leaving?: boolean;
}

/**
 * A person for a change, with every profile that they have, work with or are to have: in the order that everything
 * takes them in, profiles before people. So no publish comes between, and no switch to a profile that is not held.
 *
 * @throws {ProblemError} notFound; person.lastAdministrator
 */
export async function holdPerson(trx: Trx, accountId: string, id: string, { profiles = [], leaving = false }: Holding = {}): Promise<PersonRecord> {
  if (!isUuid(id)) throw new ProblemError('notFound');
  const assigned = await trx.selectFrom('assignment').select('profile_id').where('person_id', '=', id).execute();
  const session = await trx.selectFrom('session').select('profile_id').where('person_id', '=', id).where('closed_at', 'is', null).execute();
  const met = [...assigned, ...session].flatMap(({ profile_id }) => (profile_id === null ? [] : [profile_id]));
  await lockProfiles(trx, [...new Set([...met, ...profiles.filter(isUuid)])]);
  if (leaving) await refuseLastAdministrator(trx, accountId, id);
  const row = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new ProblemError('notFound');
  return (await personRecords(trx, accountId, [row.id])).get(row.id)!;
}

/**
 * Many people by their email addresses, with what `holdPerson` holds of each. Of somebody of another account only that
 * they are there is said.
 */
export async function holdPeople(trx: Trx, accountId: string, emails: readonly string[], profiles: readonly string[]): Promise<Map<string, PersonRecord | 'elsewhere'>> {
  const byEmail = sql<boolean>`lower(p.email) = any(${emails}::text[])`;
  const { rows: met } = await sql<{ profile_id: string }>`
    select a.profile_id from assignment a join person p on p.id = a.person_id where p.account_id = ${accountId}::uuid and ${byEmail}
    union select s.profile_id from session s join person p on p.id = s.person_id
      where p.account_id = ${accountId}::uuid and ${byEmail} and s.closed_at is null and s.profile_id is not null`.execute(trx);
  await lockProfiles(trx, [...new Set([...met.map(({ profile_id }) => profile_id), ...profiles])]);
  await sql`select from person p where p.account_id = ${accountId}::uuid and ${byEmail} order by p.id for no key update`.execute(trx);
  const all = await trx.selectFrom('person as p').select(['p.id', 'p.email', 'p.account_id']).where(byEmail).execute();
  const mine = all.filter(({ account_id }) => account_id === accountId);
  const records = await personRecords(trx, accountId, mine.map(({ id }) => id));
  return new Map(all.map(({ id, email }) => [normalEmail(email), records.get(id) ?? 'elsewhere']));
}
