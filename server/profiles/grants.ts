/** One cannot grant what one does not have: asked before a draft is saved or published, and before a profile is given. */
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import type { ConsoleRights } from '../../lib/decide/console.ts';
import { grantedBeyond } from '../../lib/decide/console-grants.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import { requireElement } from '../http/console.ts';
import { ProblemError } from '../http/problem-error.ts';

/** A document of thousands of rows is refused by the first of them. */
const MOST_FIELDS = 200;

/** With the fields, tabs and rows that are beyond one's own rights. */
export const grantRefused = (fields: readonly string[]) =>
  new ProblemError('grant.refused', { detail: 'You cannot give what you do not have.', fields: fields.slice(0, MOST_FIELDS) });

/**
 * @param before what it is to replace, null for nothing: what stood there already is nobody's grant now
 * @throws {ProblemError} grant.refused, with the fields that `after` newly grants and the author lacks
 */
export function refuseBeyond(rights: ConsoleRights, before: ProfileDocument | null, after: ProfileDocument): void {
  const fields = grantedBeyond(rights, before, after);
  if (fields.length > 0) throw grantRefused(fields);
}

/**
 * Asked before some profiles are given to anybody, oneself included: whoever takes one has all that it says. What is not
 * published yet gives nothing; who publishes it will be asked.
 *
 * @throws {ProblemError} forbidden: not among the profiles that one may use; grant.refused, with the fields
 */
export async function refuseGiving(db: Db, rights: ConsoleRights, profileIds: readonly string[]): Promise<void> {
  const ids = profileIds.filter(isUuid);
  if (ids.length === 0) return;
  for (const id of ids) requireElement(rights, 'profiles', id);
  const published = await db
    .selectFrom('profile as p')
    .innerJoin('profile_version as pv', (join) => join.onRef('pv.profile_id', '=', 'p.id').onRef('pv.version', '=', 'p.current_version'))
    .select('pv.document')
    .where('p.id', 'in', ids)
    .execute();
  for (const { document } of published) refuseBeyond(rights, null, document);
}
