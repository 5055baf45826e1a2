/**
 * Rights in use when a profile changes under them (catalogue §5.2): what one could do with an interaction in hand one can
 * do until it is closed, by a lease for it alone; unless the change is an emergency.
 */
import { sql } from 'kysely';
import type { PersonPart, ProfileView } from '../../lib/api/snapshot.ts';
import { compare, type ControlRef, decide, findControl } from '../../lib/decide/index.ts';
import { keptOf } from '../../lib/profile/effect.ts';
import type { Trx } from '../db/connect.ts';
import { type Head, headsOf } from '../session/heads.ts';
import { personParts, situationParts } from '../session/parts.ts';
import { rightsIn, situationOf } from '../session/situation.ts';
import type { Views } from '../session/views.ts';
import { tellSessions } from './change.ts';
import { IN_HAND } from './in-hand.ts';

/** No control that is for an interaction depends on a clock. */
const ANY_MOMENT = 0;

interface InHand {
  readonly id: string;
  readonly session_id: string;
  readonly rights_profile: string | null;
  readonly rights_version: number | null;
  readonly emergency: boolean;
}

/**
 * After a change, in its transaction and with the sessions locked: leases for what their interactions would lose by it,
 * and their situation told anew, for what is masked may be another.
 */
export async function keepRights(trx: Trx, sessionIds: readonly string[], views: Views): Promise<void> {
  const inHand = await inHandOf(trx, sessionIds);
  if (inHand.length === 0) return;
  const ids = [...new Set(inHand.map(({ session_id }) => session_id))];
  const heads = await headsOf(trx, ids);
  const people = await personParts(trx, heads.map(({ personId }) => personId));
  const situations = await situationParts(trx, ids);
  for (const each of inHand) {
    const head = heads.find(({ sessionId }) => sessionId === each.session_id)!;
    const person = people.get(head.personId)!;
    const situation = situations.get(head.sessionId)!;
    const after = (head.active && (await views.of(trx, head.active))?.view) ?? null;
    if (after?.id === each.rights_profile && after?.version === each.rights_version) continue;
    const before = await viewOf(trx, views, each, head);
    if (!each.emergency) await lease(trx, each, lostBetween(before, after, person, (view) => situationOf(situation, view, ANY_MOMENT, each.id)));
    await trx.updateTable('interaction').set({ rights_profile: after?.id ?? null, rights_version: after?.version ?? null }).where('id', '=', each.id).execute();
  }
  const accounts = Map.groupBy(heads, ({ accountId }) => accountId);
  for (const [accountId, of] of accounts) await tellSessions(trx, accountId, of.map(({ sessionId }) => sessionId));
}

/** `emergency`: the version that the session is on now was published as one, since the interaction was last looked at. */
const inHandOf = async (trx: Trx, sessionIds: readonly string[]): Promise<readonly InHand[]> => {
  const { rows } = await sql<InHand>`
    select i.id, i.session_id, i.rights_profile, i.rights_version,
      coalesce(pv.emergency and s.profile_id is not distinct from i.rights_profile, false) as emergency
    from interaction i
      join session s on s.id = i.session_id
      left join profile f on f.id = s.profile_id
      left join assignment a on a.profile_id = s.profile_id and a.person_id = s.person_id
      left join profile_version pv on pv.profile_id = f.id and pv.version = coalesce(a.pinned_version, f.current_version)
    where i.session_id = any(${sessionIds}::uuid[]) and ${IN_HAND}
    order by i.id`.execute(trx);
  return rows;
};

async function viewOf(trx: Trx, views: Views, { rights_profile, rights_version }: InHand, { active }: Head): Promise<ProfileView | null> {
  if (rights_profile === null || rights_version === null) return null;
  return (await views.of(trx, { profileId: rights_profile, version: rights_version, publishedSeq: active?.publishedSeq ?? 0 }))?.view ?? null;
}

/** What could be done with the interaction before and cannot after, of the controls that are for one. */
function lostBetween(before: ProfileView | null, after: ProfileView | null, person: PersonPart, situation: (view: ProfileView | null) => ReturnType<typeof situationOf>): readonly ControlRef[] {
  const decided = (view: ProfileView | null) => decide(rightsIn(view, person), situation(view));
  const { lost, locked } = compare(decided(before), decided(after));
  // A button that is made for a row has no lease: it opens something, and holds nothing that the interaction needs.
  return keptOf([...lost, ...locked]).filter((id) => findControl(id)?.row === null) as readonly ControlRef[];
}

async function lease(trx: Trx, { id, session_id }: InHand, controls: readonly ControlRef[]): Promise<void> {
  if (controls.length === 0) return;
  await trx
    .insertInto('lease')
    .values(controls.map((control) => ({ session_id, interaction_id: id, control })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
