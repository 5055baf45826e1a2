import type { Updateable } from 'kysely';
import type { ProfileView, Status } from '../../lib/api/snapshot.ts';
import { CHANNELS, type Channel } from '../../lib/catalogue/index.ts';
import { compare, decide, personOf } from '../../lib/decide/index.ts';
import { keptOf } from '../../lib/profile/effect.ts';
import { leaveLost } from '../campaigns/settle.ts';
import { isUuid, loggedChange } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import { ProblemError } from '../http/problem-error.ts';
import { refuseWhileRinging, requireControl } from './decided.ts';
import { lockAssigned, lockSession, type WholeSession } from './lock.ts';
import { activityIdsOf, rightsIn, situationOf } from './situation.ts';
import type { Snapshots } from './snapshots.ts';
import { flowsUnder, startOn, writeFlows } from './start.ts';
import type { Views } from './views.ts';

interface Deps {
  readonly snapshots: Snapshots;
  readonly views: Views;
  readonly now: () => number;
}

/** What a person changes about their own session. Each locks the session, decides, writes and logs in `trx`; and returns it as it was before. */
export interface SessionChanges {
  /**
   * At once or, with something in hand that the other profile does not cover, once that is done. To the profile one is on
   * calls off the one that waits.
   *
   * @throws {ProblemError} profile.notAssigned, control.refused, session.ended
   */
  switchProfile(trx: Trx, sessionId: string, personId: string, profileId: string): Promise<WholeSession>;
  /** The profile that waited takes its place, where nothing is in hand any more. */
  takeNext(trx: Trx, sessionId: string): Promise<void>;
  /** @throws {ProblemError} session.ended */
  withdrawNext(trx: Trx, sessionId: string): Promise<void>;
  /** @throws {ProblemError} notFound: not an activity of the active profile; control.refused, session.ended */
  setActivity(trx: Trx, sessionId: string, activityId: string): Promise<WholeSession>;
  /** @throws {ProblemError} control.refused, session.ended */
  setStatus(trx: Trx, sessionId: string, status: Status): Promise<WholeSession>;
  /** @throws {ProblemError} notFound: no such channel; control.refused, session.ended */
  setFlow(trx: Trx, sessionId: string, channel: string, on: boolean): Promise<WholeSession>;
}

export function createSessionChanges({ snapshots, views, now }: Deps): SessionChanges {
  const begin = async (trx: Trx, session: WholeSession, profileId: string, view: ProfileView | null) => {
    const start = startOn(view, personOf(session.person));
    await writeSession(trx, session, { profile_id: profileId, activity_id: start.activityId, activity_since: new Date(now()), missed: 0, next_profile_id: null });
    await writeFlows(trx, new Map([[session.head.sessionId, start.flows]]));
    if (session.situation.campaigns?.subscribed.length !== 0) await leaveLost(trx, [session.head.sessionId], views);
  };
  return {
    async switchProfile(trx, sessionId, personId, profileId) {
      const assigned = isUuid(profileId) ? await lockAssigned(trx, personId, profileId) : notAssigned();
      const session = await lockSession(trx, snapshots, sessionId);
      requireControl('core.profile', session, now());
      refuseWhileRinging(session);
      const isOn = session.head.active?.profileId === profileId;
      const view = isOn ? null : ((await views.of(trx, assigned))?.view ?? null);
      if (isOn) await setNext(trx, session, null);
      else if (coversAll(view, session, now())) await begin(trx, session, profileId, view);
      else await setNext(trx, session, profileId);
      return session;
    },

    async takeNext(trx, sessionId) {
      const waits = await trx.selectFrom('session').select(['person_id', 'next_profile_id']).where('id', '=', sessionId).executeTakeFirst();
      if (!waits?.next_profile_id) return;
      const assigned = await lockAssigned(trx, waits.person_id, waits.next_profile_id).catch((error: unknown) => ifNotAssigned(error));
      const session = await lockSession(trx, snapshots, sessionId);
      if (session.situation.interactions.length > 0 || session.situation.next?.profileId !== waits.next_profile_id) return;
      const view = assigned && (await views.of(trx, assigned))?.view;
      if (view) await begin(trx, session, view.id, view);
      else await setNext(trx, session, null);
    },

    async withdrawNext(trx, sessionId) {
      await setNext(trx, await lockSession(trx, snapshots, sessionId), null);
    },

    async setActivity(trx, sessionId, activityId) {
      const session = await lockSession(trx, snapshots, sessionId);
      requireControl('core.activity', session, now());
      const view = session.profile.active?.view ?? null;
      if (!view || !activityIdsOf(view).includes(activityId)) {
        throw new ProblemError('notFound', { detail: 'The active profile has no such activity.' });
      }
      await writeSession(trx, session, { activity_id: activityId, activity_since: new Date(now()), missed: 0 });
      await writeFlows(trx, new Map([[sessionId, flowsUnder(view, personOf(session.person), activityId)]]));
      return session;
    },

    async setStatus(trx, sessionId, status) {
      const session = await lockSession(trx, snapshots, sessionId);
      requireControl('core.status', session, now());
      if (session.situation.status !== status) await writeSession(trx, session, { status });
      return session;
    },

    async setFlow(trx, sessionId, channel, on) {
      if (!isChannel(channel)) throw new ProblemError('notFound', { detail: 'There is no such channel.' });
      const session = await lockSession(trx, snapshots, sessionId);
      requireControl(`flow.${channel}`, session, now());
      if (session.situation.flows[channel].on === on) return session;
      // Of the quiet before it was on nothing is known.
      await writeSession(trx, session, channel === 'voice' && on ? { quiet_since: new Date(now()) } : {});
      await trx
        .insertInto('session_flow')
        .values({ session_id: sessionId, channel, is_on: on, forced_by: null, forced_by_person: null })
        .onConflict((conflict) => conflict.columns(['session_id', 'channel']).doUpdateSet({ is_on: on }))
        .execute();
      return session;
    },
  };
}

/** In one statement. The row is locked already, so the ids of its changes grow in the order in which they are committed. */
async function writeSession(
  trx: Trx,
  { head }: WholeSession,
  set: Pick<Updateable<Database['session']>, 'profile_id' | 'activity_id' | 'activity_since' | 'status' | 'missed' | 'next_profile_id' | 'quiet_since'>,
): Promise<void> {
  await trx
    .with('logged', (cte) => loggedChange(cte, { accountId: head.accountId, kind: 'session', subjectId: head.sessionId }))
    .updateTable('session')
    .from('logged')
    .set((eb) => ({ ...set, situation_seq: eb.ref('logged.id'), ...(set.profile_id === undefined ? {} : { profile_seq: eb.ref('logged.id') }) }))
    .where('session.id', '=', head.sessionId)
    .execute();
}

async function setNext(trx: Trx, session: WholeSession, profileId: string | null): Promise<void> {
  if ((session.situation.next?.profileId ?? null) !== profileId) await writeSession(trx, session, { next_profile_id: profileId });
}

/** Whether nothing that one can do now with what is in hand would be lost by working under another profile. */
function coversAll(view: ProfileView | null, { profile, person, situation }: WholeSession, now: number): boolean {
  const before = profile.active?.view ?? null;
  return situation.interactions.every(({ id }) => {
    const decided = (by: ProfileView | null) => decide(rightsIn(by, person), situationOf(situation, by, now, id));
    const { lost, locked } = compare(decided(before), decided(view));
    return keptOf([...lost, ...locked]).length === 0;
  });
}

function ifNotAssigned(error: unknown): null {
  if (error instanceof ProblemError && error.code === 'profile.notAssigned') return null;
  throw error;
}

const isChannel = (channel: string): channel is Channel => (CHANNELS as readonly string[]).includes(channel);

function notAssigned(): never {
  throw new ProblemError('profile.notAssigned', { detail: 'This profile is not assigned to you.' });
}
