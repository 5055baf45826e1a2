/** With whose rights an SMS is sent: of whoever planned its target last, in the profile that they did it with, as both are now. */
import { lastingReason } from '../../lib/decide/lasting.ts';
import { matchingRows, rightsOf } from '../../lib/decide/index.ts';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import type { Values } from '../../lib/modules/check.ts';
import { isUuid } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { activeVersion } from '../session/heads.ts';
import { peopleByRights } from '../session/parts.ts';
import type { Views } from '../session/views.ts';

/** Null where they have that profile no more, may not sign in, or the profile does not give them the campaign (any more). */
export async function planningView(trx: Trx, views: Views, { by, profileId }: Values, campaignId: string): Promise<ProfileView | null> {
  if (typeof by !== 'string' || typeof profileId !== 'string' || !isUuid(by) || !isUuid(profileId)) return null;
  const held = await trx
    .selectFrom('assignment as a')
    .innerJoin('profile as f', 'f.id', 'a.profile_id')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .where('a.person_id', '=', by)
    .where('a.profile_id', '=', profileId)
    .where('p.disabled', '=', false)
    .select(['f.published_seq', activeVersion.as('version')])
    .executeTakeFirst();
  if (held?.version == null) return null;
  const found = await views.of(trx, { profileId, version: held.version, publishedSeq: held.published_seq });
  const person = (await peopleByRights(trx, [by])).get(by);
  if (!found || !person || lastingReason('mod.smsCampaigns', rightsOf(found.view, person)) !== null) return null;
  return matchingRows(found.view, { tab: 'smsCampaigns' }).some(({ id }) => id === campaignId) ? found.view : null;
}
