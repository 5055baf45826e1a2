/** What a supervisor does with one of the people in reach: each with a reason if they like, told to the person and audited. */
import * as v from 'valibot';
import { why } from '../../lib/api/shapes-supervision.ts';
import { type Channel, CHANNELS } from '../../lib/catalogue/index.ts';
import { decideControl, personOf } from '../../lib/decide/index.ts';
import { ask } from '../interactions/ask.ts';
import type { Interaction } from '../interactions/change.ts';
import { audit, isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Sessions } from '../parts.ts';
import { closeSessionsOf } from '../session/close.ts';
import type { Command, CommandCall, Commands } from '../session/commands.ts';
import { lockAssigned, type WholeSession } from '../session/lock.ts';
import { rightsIn, situationOf } from '../session/situation.ts';
import { flowsUnder } from '../session/start.ts';
import { holdReached, type Reached } from './hold.ts';
import { tell, type Telling } from './tell.ts';

const id = v.pipe(v.string(), v.maxLength(100));
const about = { personId: id, why: v.optional(why) };
/** What each is said with. */
export const supervisionBodies = {
  toggleFlow: v.object({ ...about, channel: v.picklist(CHANNELS), on: v.boolean() }),
  changeProfile: v.object({ ...about, profileId: id }),
  changeActivity: v.object({ ...about, activityId: id }),
  disconnect: v.object(about),
  listen: v.object({ ...about, on: v.boolean() }),
  record: v.object({ ...about, on: v.boolean() }),
};

type Deps = Pick<Sessions, 'snapshots' | 'changes'> & { readonly now: () => number };

export function supervisionCommands(deps: Deps): Commands {
  return {
    'sup.toggleFlow': toggleFlow(deps),
    'sup.changeProfile': changeProfile(deps),
    'sup.changeActivity': changeActivity(deps),
    'sup.disconnect': disconnect(deps),
    'sup.listen': listen(deps),
    'sup.record': record(deps),
  };
}

const reach = ({ snapshots }: Deps, { trx, session, hold }: CommandCall, personId: string): Promise<Reached> =>
  holdReached({ trx, snapshots, session, hold }, personId);

interface Deed extends Pick<Telling, 'kind' | 'why' | 'detail'> {
  /** The control's verb. */
  readonly verb: string;
  readonly before?: object;
  readonly after?: object;
}

/** Puts it down in the audit and tells the person. */
async function note({ trx, session }: CommandCall, { head }: WholeSession, { verb, kind, why: said = '', detail, before, after }: Deed): Promise<void> {
  const { accountId, personId } = head;
  await tell(trx, { accountId, personId, kind, by: session.person_id, why: said, ...(detail ? { detail } : {}) });
  await audit(trx, {
    accountId,
    actorId: session.person_id,
    action: `supervision.${verb}`,
    subjectId: personId,
    ...(before ? { before } : {}),
    after: { ...after, ...(said ? { why: said } : {}) },
  });
}

/** Off: kept off whatever the person or their activity does. On: free again, and on where the activity turns it on. */
const toggleFlow =
  (deps: Deps): Command =>
  async (call) => {
    const { personId, channel, on, why: said } = call.read(supervisionBodies.toggleFlow);
    const { theirs } = await reach(deps, call, personId);
    requireFlow(theirs, channel, deps.now());
    const view = theirs.profile.active?.view ?? null;
    const possible = flowsUnder(view, personOf(theirs.person), theirs.situation.activity?.id ?? null)[channel];
    const { on: was, forced } = theirs.situation.flows[channel];
    if (on && !forced && !possible) throw new ProblemError('supervision.byActivity', { detail: 'Their activity turns this channel off.' });
    if (on ? was && !forced : forced?.by === 'supervisor') return;
    const row = on
      ? { is_on: possible, forced_by: null, forced_by_person: null }
      : { is_on: false, forced_by: 'supervisor' as const, forced_by_person: call.session.person_id };
    await call.trx
      .insertInto('session_flow')
      .values({ session_id: theirs.head.sessionId, channel, ...row })
      .onConflict((conflict) => conflict.columns(['session_id', 'channel']).doUpdateSet(row))
      .execute();
    if (channel === 'voice' && on) await call.trx.updateTable('session').set({ quiet_since: new Date(deps.now()) }).where('id', '=', theirs.head.sessionId).execute();
    await note(call, theirs, {
      verb: 'toggleFlow', kind: on ? 'flowOn' : 'flowOff', why: said, detail: { channel }, before: { channel, on: was }, after: { channel, on: row.is_on },
    });
  };

function requireFlow({ profile, person, situation }: WholeSession, channel: Channel, now: number): void {
  const view = profile.active?.view ?? null;
  if (!decideControl(`flow.${channel}`, rightsIn(view, person), situationOf(situation, view, now)).shown) {
    throw new ProblemError('supervision.notTheirs', { detail: 'This person has no such flow.' });
  }
}

/** The same as their own switch: refused while something rings, the activity the new profile's first, flows after it. */
const changeProfile =
  (deps: Deps): Command =>
  async (call) => {
    const { personId, profileId, why: said } = call.read(supervisionBodies.changeProfile);
    const assigned = await holdAssigned(call.trx, personId, profileId);
    const { theirs } = await reach(deps, call, personId);
    if (!assigned) throw new ProblemError('supervision.notTheirs', { detail: 'This profile is not assigned to that person.' });
    const before = theirs.profile.active?.view ?? null;
    if (before?.id === profileId) return;
    await deps.changes.switchProfile(call.trx, theirs.head.sessionId, personId, profileId);
    const name = await nameOf(call.trx, 'profile', profileId);
    await note(call, theirs, { verb: 'changeProfile', kind: 'profile', why: said, detail: { name }, before: { profile: before?.name ?? null }, after: { profile: name } });
  };

/** The profile is held before any session: see lockProfiles. @returns whether that person may be put on it */
async function holdAssigned(trx: Trx, personId: string, profileId: string): Promise<boolean> {
  if (!isUuid(personId) || !isUuid(profileId)) return false;
  try {
    await lockAssigned(trx, personId, profileId);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

const changeActivity =
  (deps: Deps): Command =>
  async (call) => {
    const { personId, activityId, why: said } = call.read(supervisionBodies.changeActivity);
    const { theirs } = await reach(deps, call, personId);
    const before = theirs.situation.activity?.id ?? null;
    if (before === activityId) return;
    await deps.changes.setActivity(call.trx, theirs.head.sessionId, activityId).catch((error: unknown) => {
      const isNone = error instanceof ProblemError && error.code === 'notFound';
      throw isNone ? new ProblemError('supervision.notTheirs', { detail: 'Not an activity of that person’s profile.' }) : error;
    });
    const [name, was] = [await nameOf(call.trx, 'resource', activityId), before === null ? null : await nameOf(call.trx, 'resource', before)];
    await note(call, theirs, { verb: 'changeActivity', kind: 'activity', why: said, detail: { name }, before: { activity: was }, after: { activity: name } });
  };

const disconnect =
  (deps: Deps): Command =>
  async (call) => {
    const { personId, why: said } = call.read(supervisionBodies.disconnect);
    const { theirs } = await reach(deps, call, personId);
    await note(call, theirs, { verb: 'disconnect', kind: 'disconnected', why: said });
    await closeSessionsOf(call.trx, personId, 'disconnected');
  };

/** The call that somebody has, locked after their session. @throws {ProblemError} interaction.state: they have none */
async function callOf(trx: Trx, { head }: WholeSession): Promise<Interaction> {
  const row = await trx
    .selectFrom('interaction')
    .selectAll()
    .where('session_id', '=', head.sessionId)
    .where('channel', '=', 'voice')
    .where('state', 'in', ['live', 'held', 'consulting'])
    .orderBy('accepted_at')
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new ProblemError('interaction.state', { detail: 'This person has no call now.' });
  return row;
}

/** Heard only by the supervisor: the customer's side is not told, the person is. */
const listen =
  (deps: Deps): Command =>
  async (call) => {
    const { personId, on, why: said } = call.read(supervisionBodies.listen);
    const { own, theirs } = await reach(deps, call, personId);
    const row = await callOf(call.trx, theirs);
    if (row.listeners.some(({ id }) => id === own.person.id) === on) return;
    await ask(call.trx, row, on ? 'listen' : 'stopListening', { to: { personId: own.person.id, label: own.person.name } }, deps.now(), false);
    if (on) await note(call, theirs, { verb: 'listen', kind: 'listened', why: said, after: { interaction: row.id } });
  };

/** What is recorded by the supervision rate is nobody's to end. */
const record =
  (deps: Deps): Command =>
  async (call) => {
    const { personId, on, why: said } = call.read(supervisionBodies.record);
    const { theirs } = await reach(deps, call, personId);
    const row = await callOf(call.trx, theirs);
    if (row.recording === on) return;
    if (row.auto_recorded) throw new ProblemError('interaction.state', { detail: 'It is recorded automatically.' });
    await ask(call.trx, row, on ? 'record' : 'stopRecording', {}, deps.now(), false);
    await note(call, theirs, { verb: 'record', kind: on ? 'recorded' : 'recordedNoMore', why: said, after: { interaction: row.id, on } });
  };

async function nameOf(db: Db, table: 'profile' | 'resource', rowId: string): Promise<string> {
  const row = await db.selectFrom(table).select('name').where('id', '=', rowId).executeTakeFirst();
  return row?.name ?? '';
}
