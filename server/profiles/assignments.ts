import { sql } from 'kysely';
import type * as v from 'valibot';
import type { assignment } from '../../lib/api/routes.ts';
import { audit, isUuid, logPersonChange } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Sessions } from '../parts.ts';
import { holdPerson as holdPersonWithProfiles } from '../people/hold.ts';
import type { Actor, Settle } from './drafts.ts';
import { findProfile, holdProfile } from './find.ts';
import { refuseGiving } from './grants.ts';

export type Assignment = v.InferOutput<typeof assignment>;

const assignments = (db: Db, profileId: string) =>
  db
    .selectFrom('assignment as a')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select(['p.id as personId', 'p.name', 'p.email', 'a.at_login as atLogin', 'a.score'])
    .where('a.profile_id', '=', profileId)
    .orderBy(sql`lower(p.name)`);

export async function listAssignments(db: Db, accountId: string, profileId: string): Promise<Assignment[]> {
  const { id } = await findProfile(db, accountId, profileId);
  return assignments(db, id).execute();
}

/** Writes to what one person is assigned come one after another. @throws {ProblemError} notFound */
async function holdPerson(trx: Trx, accountId: string, personId: string): Promise<void> {
  if (!isUuid(personId)) throw new ProblemError('notFound');
  const row = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', personId)
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new ProblemError('notFound');
}

/**
 * Lets a person take the profile, or changes how they have it. What is left out stays as it is; a person's first profile
 * is the one at login. Who works without any profile is on it at once.
 *
 * @throws {ProblemError} notFound, grant.refused, profile.archived
 */
export async function assign(
  trx: Trx,
  settlePerson: Sessions['settlePerson'],
  actor: Actor,
  profileId: string,
  personId: string,
  { atLogin, score }: { readonly atLogin?: boolean | undefined; readonly score?: number | undefined },
): Promise<Assignment> {
  await findProfile(trx, actor.accountId, profileId);
  // With all that they could begin with, in the order in which everything is held: profiles before people.
  await holdPersonWithProfiles(trx, actor.accountId, personId, { profiles: [profileId] });
  const profile = await holdProfile(trx, actor.accountId, profileId, 'assign');
  if (profile.archived) throw new ProblemError('profile.archived', { detail: 'An archived profile is given to nobody.' });
  const all = await trx.selectFrom('assignment').select(['profile_id', 'at_login', 'score']).where('person_id', '=', personId).execute();
  const before = all.find((row) => row.profile_id === profile.id);
  if (!before) await refuseGiving(trx, actor.rights, [profile.id]);
  const at_login = atLogin ?? before?.at_login ?? !all.some((row) => row.at_login);
  if (at_login) await trx.updateTable('assignment').set({ at_login: false }).where('person_id', '=', personId).where('at_login', '=', true).execute();
  const content = { at_login, score: score ?? before?.score ?? 50 };
  await trx
    .insertInto('assignment')
    .values({ person_id: personId, profile_id: profile.id, pinned_version: null, ...content })
    .onConflict((conflict) => conflict.columns(['person_id', 'profile_id']).doUpdateSet(content))
    .execute();
  await logPersonChange(trx, actor.accountId, personId);
  if (!before || (at_login && !before.at_login)) await settlePerson(trx, personId, true);
  await audit(trx, {
    accountId: actor.accountId,
    actorId: actor.personId,
    action: 'profile.assign',
    subjectId: profile.id,
    before: before && { personId, at_login: before.at_login, score: before.score },
    after: { personId, ...content },
  });
  return assignments(trx, profile.id).where('p.id', '=', personId).executeTakeFirstOrThrow();
}

/** Takes the profile from a person. @throws {ProblemError} notFound: also where they did not have it */
export async function unassign(trx: Trx, settle: Settle, actor: Actor, profileId: string, personId: string): Promise<void> {
  // The profile before the person, as a publish does.
  const profile = await holdProfile(trx, actor.accountId, profileId);
  await holdPerson(trx, actor.accountId, personId);
  const gone = await trx
    .deleteFrom('assignment')
    .where('person_id', '=', personId)
    .where('profile_id', '=', profile.id)
    .returning(['at_login', 'score'])
    .executeTakeFirst();
  if (!gone) throw new ProblemError('notFound', { detail: 'The person does not have this profile.' });
  await logPersonChange(trx, actor.accountId, personId);
  await settle(trx, profile.id, personId);
  await audit(trx, {
    accountId: actor.accountId,
    actorId: actor.personId,
    action: 'profile.unassign',
    subjectId: profile.id,
    before: { personId, ...gone },
  });
}
