/** What of a change to a person is beyond the one who makes it: nobody gives what they lack, or becomes who has more. */
import type { PersonRecord } from '../../lib/api/shapes-maker.ts';
import { type Licence, LICENCES, PERSON_TYPES, type PersonType } from '../../lib/catalogue/index.ts';
import type { ConsoleRights } from '../../lib/decide/console.ts';
import { grantedBeyond } from '../../lib/decide/console-grants.ts';
import { LICENCE } from '../../lib/decide/grants.ts';
import type { Db } from '../db/connect.ts';
import { grantRefused } from '../profiles/grants.ts';

/** Who makes the change. */
export interface Granter {
  readonly type: PersonType;
  readonly rights: ConsoleRights;
}

type Granted = Pick<PersonRecord, 'type' | 'licence' | 'allow' | 'deny'>;

/** Somebody who has nothing yet. */
const NOBODY: Granted = { type: 'agent', licence: LICENCES[0], allow: [], deny: [] };

const isAbove = (type: PersonType, other: PersonType): boolean => PERSON_TYPES.indexOf(type) > PERSON_TYPES.indexOf(other);
const isMore = (licence: Licence, other: Licence): boolean => LICENCES.indexOf(licence) > LICENCES.indexOf(other);

/**
 * Of the person's type, licence and extras; for profiles there is `refuseGiving`. An administrator is changed by administrators
 * alone, whatever of them is changed.
 *
 * @returns the fields, none where the change is within the granter's own rights
 */
export function beyond({ type, rights }: Granter, before: Granted | null, after: Granted): string[] {
  if (type === 'administrator') return [];
  const beyondType = before?.type === 'administrator' || (after.type !== before?.type && isAbove(after.type, type));
  const beyondLicence = isMore(after.licence, before?.licence ?? NOBODY.licence) && !rights.mayGrant(LICENCE, after.licence);
  const allowed = after.allow.filter((field) => !before?.allow.includes(field));
  const noLongerDenied = before?.deny.filter((field) => !after.deny.includes(field)) ?? [];
  return [...(beyondType ? ['type'] : []), ...(beyondLicence ? [LICENCE] : []), ...[...allowed, ...noLongerDenied].filter((field) => !rights.mayGrant(field, true))];
}

/** @throws {ProblemError} grant.refused, with the fields */
export function refuseBeyondPerson(granter: Granter, before: Granted | null, after: Granted): void {
  const fields = beyond(granter, before, after);
  if (fields.length > 0) throw grantRefused(fields);
}

/**
 * Whoever sets somebody's password or email address may sign in as them: so they must have all that this person has.
 *
 * @throws {ProblemError} grant.refused, with the fields that they lack
 */
export async function refuseBecoming(db: Db, granter: Granter, person: PersonRecord): Promise<void> {
  if (granter.type === 'administrator') return;
  const fields = new Set(beyond(granter, NOBODY, person));
  const published = await db
    .selectFrom('assignment as a')
    .innerJoin('profile as p', 'p.id', 'a.profile_id')
    .innerJoin('profile_version as pv', (join) => join.onRef('pv.profile_id', '=', 'p.id').onRef('pv.version', '=', 'p.current_version'))
    .select('pv.document')
    .where('a.person_id', '=', person.id)
    .execute();
  for (const { document } of published) for (const field of grantedBeyond(granter.rights, null, document)) fields.add(field);
  if (fields.size > 0) throw grantRefused([...fields]);
}
