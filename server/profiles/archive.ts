import { audit } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import { cancelAll } from '../schedule/plan.ts';
import { type Actor, refuseBeyondLimit } from './drafts.ts';
import { holdProfile } from './find.ts';
import { refuseTakenName, takingName } from './names.ts';

/**
 * Archives a profile that nobody is assigned to, and calls off what is to become of it; or brings it back, where there is
 * room and its name is free.
 *
 * @throws {ProblemError} notFound, profile.inUse, profile.limit, profile.nameTaken
 */
export async function archiveProfile(trx: Trx, actor: Actor, profileId: string, archived: boolean): Promise<void> {
  if (!archived) await refuseBeyondLimit(trx, actor.accountId, 0);
  // As for deleting: nobody may be given it meanwhile.
  const profile = await holdProfile(trx, actor.accountId, profileId, 'delete');
  if (profile.archived === archived) return;
  if (archived) await refuseInUse(trx, profile.id);
  else {
    await refuseBeyondLimit(trx, actor.accountId);
    await refuseTakenName(trx, profile, profile.name);
  }
  await takingName(() =>
    trx.updateTable('profile').set({ archived, changed_at: new Date(), changed_by: actor.personId }).where('id', '=', profile.id).execute(),
  );
  if (archived) await cancelAll(trx, actor, profile.id);
  const action = archived ? 'profile.archive' : 'profile.unarchive';
  await audit(trx, { accountId: actor.accountId, actorId: actor.personId, action, subjectId: profile.id, after: { name: profile.name } });
}

/** @throws {ProblemError} profile.inUse */
export async function refuseInUse(trx: Trx, profileId: string): Promise<void> {
  const assigned = await trx.selectFrom('assignment').select('person_id').where('profile_id', '=', profileId).limit(1).executeTakeFirst();
  if (assigned) throw new ProblemError('profile.inUse', { detail: 'Take the profile from everyone first.' });
}
