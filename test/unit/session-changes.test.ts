import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Centre, makeCentre, makeResource, openSession } from '../fixtures/centre.ts';
import { type Answer, problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let hub: TestHub;
let centre: Centre;
let inbound: string;
let mailing: string;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeCentre(hub);
  inbound = await centre.profile('Inbound', { defaultActivity: centre.activities.phone });
  mailing = await centre.profile('Mailing', {
    activities: [centre.activities.mail, centre.activities.pause],
    settings: { 'flow.email.canToggle': false },
  });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const signedIn = async (profiles: readonly string[], options?: object) => {
  const person = await centre.person(profiles, options);
  return { person, snapshot: await openSession(hub, person) };
};
const put = (person: TestPerson, what: string, body: object) => hub.call(person, 'PUT', `/api/session/${what}`, body);
const banner = async (person: TestPerson) => (await hub.call(person, 'GET', '/api/banner')).body;
const refusal = ({ status, body }: Answer) => [status, body?.code, body?.control, body?.reason?.code, body?.reason?.layer];
const flowsOf = ({ situation }: { situation: { flows: Record<string, { on: boolean }> } }) =>
  Object.entries(situation.flows).flatMap(([channel, { on }]) => (on ? [channel] : []));
const refusedCount = async (control: string, layer: string) => {
  const { values } = await hub.hub.context.metrics.refused.get();
  return values.find(({ labels }) => labels.control === control && labels.layer === layer)?.value ?? 0;
};

describe('switching profile', () => {
  it('turns profile, activity and flows at once, all newer than before', async () => {
    const { person, snapshot } = await signedIn([inbound, mailing]);
    const { status, body } = await put(person, 'profile', { profileId: mailing });
    expect([status, body.profile.active.name, body.situation.activity.id]).toEqual([200, 'Mailing', centre.activities.mail]);
    expect(flowsOf(body)).toEqual(['email']);
    expect(body.profile.seq).toBeGreaterThan(snapshot.profile.seq);
    expect(body.situation.seq).toBeGreaterThan(snapshot.situation.seq);
    expect(body.person).toEqual(snapshot.person);
    expect((await banner(person)).situation).toEqual(body.situation);
  });

  it('to the profile one is on changes nothing', async () => {
    const { person, snapshot } = await signedIn([inbound, mailing]);
    const { body } = await put(person, 'profile', { profileId: inbound });
    expect([body.profile, body.situation]).toEqual([snapshot.profile, snapshot.situation]);
  });

  it('is refused to a profile that is not assigned, is none, or was never published', async () => {
    const { person } = await signedIn([inbound]);
    const { body } = await hub.call(centre.admin, 'POST', '/api/profiles', { name: 'Never published' });
    await hub.call(centre.admin, 'PUT', `/api/profiles/${body.profileId}/assignments/${person.id}`, {});
    for (const profileId of [mailing, 'nonsense', crypto.randomUUID(), body.profileId]) {
      expect(problem(await put(person, 'profile', { profileId }))).toEqual([403, 'profile.notAssigned']);
    }
  });

  it('of two at once ends on one of them, whole', async () => {
    const { person } = await signedIn([inbound, mailing]);
    const answers = await Promise.all([mailing, inbound, mailing, inbound].map((profileId) => put(person, 'profile', { profileId })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const last = await banner(person);
    expect(flowsOf(last)).toEqual(last.profile.active.name === 'Mailing' ? ['email'] : ['voice']);
  });

  it('can be looked at before: the profile whole, if it is assigned', async () => {
    const { person } = await signedIn([inbound, mailing]);
    const preview = await hub.call(person, 'GET', `/api/session/profiles/${mailing}`);
    expect([preview.status, preview.body.name]).toEqual([200, 'Mailing']);
    const stranger = await signedIn([inbound]);
    expect(problem(await hub.call(stranger.person, 'GET', `/api/session/profiles/${mailing}`))).toEqual([403, 'profile.notAssigned']);
  });
});

describe('a refresh', () => {
  it('puts right who works with what is not there any more', async () => {
    const gone = await makeResource(hub.db, centre.accountId, 'activity', 'Gone', { voice: true });
    const id = await centre.profile('Refreshed', { activities: [gone, centre.activities.mail] });
    const { person, snapshot } = await signedIn([id]);
    expect(snapshot.situation.activity.id).toBe(gone);
    await hub.db.updateTable('resource').set({ archived: true }).where('id', '=', gone).execute();
    await hub.call(centre.admin, 'POST', `/api/profiles/${id}/refresh`);
    const { situation } = await banner(person);
    expect([situation.activity.id, flowsOf({ situation })]).toEqual([centre.activities.mail, ['email']]);
  });
});

describe('a repeated change', () => {
  const keyed = (person: TestPerson, key: string, what: string, body: object) =>
    hub.call(person, 'PUT', `/api/session/${what}`, body, { 'idempotency-key': key });

  it('is not done again, and is answered with how things are now', async () => {
    const { person } = await signedIn([inbound]);
    const busy = () => keyed(person, 'busy', 'status', { status: 'busy' });
    expect((await busy()).body.situation.status).toBe('busy');
    await put(person, 'status', { status: 'absent' });
    const again = await busy();
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.situation.status]).toEqual([200, 'true', 'absent']);
    expect(again.headers.get('etag')).toBe((await hub.call(person, 'GET', '/api/banner')).headers.get('etag'));
  });

  it('keeps next to nothing: no snapshot', async () => {
    const { person } = await signedIn([inbound]);
    await keyed(person, 'k', 'activity', { activityId: centre.activities.all });
    const kept = await hub.db.selectFrom('idempotency').select('body').where('person_id', '=', person.id).executeTakeFirstOrThrow();
    expect(kept.body!.length).toBeLessThan(100);
  });

  it('of a session that has ended says so', async () => {
    const person = await centre.person([inbound]);
    const open = (key: string, more: object = {}) =>
      hub.call(person, 'POST', '/api/session', { browser: 'Firefox', ...more }, { 'idempotency-key': key });
    const first = await open('one');
    expect((await open('one')).body.situation.sessionId).toBe(first.body.situation.sessionId);
    await open('two', { takeOver: true });
    const late = await open('one');
    expect([...problem(late), late.body.because]).toEqual([409, 'session.ended', 'takenOver']);
  });
});

describe('activity, status and flows', () => {
  it('flows follow the activity', async () => {
    const { person } = await signedIn([inbound]);
    expect(flowsOf((await put(person, 'activity', { activityId: centre.activities.all })).body)).toEqual(['voice', 'email', 'messages']);
    const paused = (await put(person, 'activity', { activityId: centre.activities.pause })).body;
    expect([paused.situation.activity.id, flowsOf(paused)]).toEqual([centre.activities.pause, []]);
  });

  it('an activity that the profile has not is not found', async () => {
    const { person } = await signedIn([mailing]);
    for (const activityId of [centre.activities.phone, 'nonsense']) {
      expect(problem(await put(person, 'activity', { activityId }))).toEqual([404, 'notFound']);
    }
  });

  it('without a profile there is no activity to take up, and the reason says so', async () => {
    const { person } = await signedIn([]);
    const answer = await put(person, 'activity', { activityId: centre.activities.phone });
    expect(refusal(answer)).toEqual([403, 'control.refused', 'core.activity', 'profile.none', 'profile']);
  });

  it('a status is the person\'s own to set', async () => {
    const { person } = await signedIn([]);
    expect((await put(person, 'status', { status: 'busy' })).body.situation.status).toBe('busy');
    expect(problem(await put(person, 'status', { status: 'asleep' }))).toEqual([400, 'request.invalid']);
  });

  it('a flow is turned off and on again', async () => {
    const { person } = await signedIn([inbound]);
    expect(flowsOf((await put(person, 'flows/voice', { on: false })).body)).toEqual([]);
    expect(flowsOf((await put(person, 'flows/voice', { on: true })).body)).toEqual(['voice']);
    expect(problem(await put(person, 'flows/fax', { on: true }))).toEqual([404, 'notFound']);
  });

  it('what may not be done is refused with its reason, changes nothing, and is counted', async () => {
    const { person, snapshot } = await signedIn([mailing]);
    const before = await refusedCount('flow.email', 'profile');
    expect(refusal(await put(person, 'flows/email', { on: false }))).toEqual([403, 'control.refused', 'flow.email', 'profile.locked', 'profile']);
    expect(refusal(await put(person, 'flows/voice', { on: true }))).toEqual([403, 'control.refused', 'flow.voice', 'activity.channel', 'activity']);
    expect(await refusedCount('flow.email', 'profile')).toBe(before + 1);
    expect((await banner(person)).situation).toEqual(snapshot.situation);
    const plain = await signedIn([inbound], { licence: 'essentials' });
    expect(refusal(await put(plain.person, 'flows/voice', { on: true }))).toEqual([403, 'control.refused', 'flow.voice', 'licence.smart', 'licence']);
  });

  it('what a supervisor forces off stays off through a switch, what was missed is free again', async () => {
    const { person, snapshot } = await signedIn([inbound]);
    const session_id = snapshot.situation.sessionId;
    const force = (channel: 'voice' | 'email', forced_by: 'supervisor' | 'missed') =>
      hub.db.updateTable('session_flow').set({ is_on: false, forced_by }).where('session_id', '=', session_id).where('channel', '=', channel).execute();
    await force('voice', 'supervisor');
    await force('email', 'missed');
    expect(refusal(await put(person, 'flows/voice', { on: true })).slice(2)).toEqual(['flow.voice', 'supervisor.forced', 'supervisor']);
    const { body } = await put(person, 'activity', { activityId: centre.activities.all });
    expect(flowsOf(body)).toEqual(['email', 'messages']);
    expect([body.situation.flows.voice.forced?.by, body.situation.flows.email.forced]).toEqual(['supervisor', null]);
  });
});

describe('commands', () => {
  const command = (person: TestPerson, control: string, body: object = {}) => hub.call(person, 'POST', `/api/commands/${control}`, body);

  it('are unknown, refused with a reason, or allowed and not done yet', async () => {
    const { person } = await signedIn([inbound]);
    expect(problem(await command(person, 'no.such'))).toEqual([404, 'control.unknown']);
    expect(refusal(await command(person, 'mod.invoices'))).toEqual([403, 'control.refused', 'mod.invoices', 'profile.right', 'profile']);
    const granted = await signedIn([await centre.profile('Invoices', { settings: { 'invoices.access': true } })]);
    expect([...problem(await command(granted.person, 'mod.invoices'))]).toEqual([501, 'command.unavailable']);
  });

  it('do what the route with the same effect does', async () => {
    const { person } = await signedIn([inbound]);
    expect((await command(person, 'flow.voice', { on: false })).status).toBe(202);
    expect(flowsOf(await banner(person))).toEqual([]);
    expect(problem(await command(person, 'flow.voice', { on: 'yes' }))).toEqual([400, 'request.invalid']);
    expect((await command(person, 'core.logout')).status).toBe(202);
    expect(problem(await hub.call(person, 'GET', '/api/banner'))).toEqual([409, 'session.none']);
  });

  it('of a custom button are for buttons of the profile alone', async () => {
    const button = (place: string) => makeResource(hub.db, centre.accountId, 'customButton', place, { place, opens: 'url' });
    const [top, inner] = [await button('topBar'), await button('interaction')];
    const rows = { customButtons: [{ id: top }, { id: inner }] };
    const { person } = await signedIn([await centre.profile('Buttons', { rows })]);
    // It opens a page: the hub has no part in that.
    expect(problem(await command(person, `top.custom.${top}`))).toEqual([409, 'button.page']);
    for (const id of [inner, 'nonsense']) expect(refusal(await command(person, `top.custom.${id}`)).slice(0, 3)).toEqual([403, 'control.refused', 'top.custom']);
    expect(problem(await command(person, 'top.custom'))).toEqual([404, 'control.unknown']);
  });
});

describe('a change to the profile puts its sessions right', () => {
  it('an activity that left the list gives way to the default one', async () => {
    const id = await centre.profile('Changing');
    const { person } = await signedIn([id]);
    await put(person, 'activity', { activityId: centre.activities.mail });
    const before = await banner(person);
    await centre.publish(id, 'Changing', { activities: [centre.activities.phone] });
    const after = await banner(person);
    expect([after.situation.activity.id, flowsOf(after), after.profile.active.version]).toEqual([centre.activities.phone, ['voice'], 2]);
    expect(after.situation.seq).toBeGreaterThan(before.situation.seq);
  });

  it('a flow that was taken away goes off, and others stay as they are', async () => {
    const id = await centre.profile('Losing', { defaultActivity: centre.activities.all });
    const { person } = await signedIn([id]);
    await put(person, 'flows/email', { on: false });
    await centre.publish(id, 'Losing', { defaultActivity: centre.activities.all, settings: { 'flow.voice.access': false } });
    expect(flowsOf(await banner(person))).toEqual(['messages']);
  });

  it('that concerns neither leaves the situation alone', async () => {
    const id = await centre.profile('Same');
    const { person, snapshot } = await signedIn([id]);
    await centre.publish(id, 'Same', { settings: { 'history.access': true } });
    const after = await banner(person);
    expect(after.situation).toEqual(snapshot.situation);
    expect(after.profile.seq).toBeGreaterThan(snapshot.profile.seq);
  });

  it('taken from the person, the session falls to the one at login, else to none', async () => {
    const taken = await centre.profile('Taken');
    const { person } = await signedIn([taken, inbound], { atLogin: inbound });
    const unassign = (profileId: string, who: TestPerson) => hub.call(centre.admin, 'DELETE', `/api/profiles/${profileId}/assignments/${who.id}`);
    await put(person, 'profile', { profileId: taken });
    expect((await unassign(taken, person)).status).toBe(204);
    const fallen = await banner(person);
    expect([fallen.profile.active.name, fallen.situation.activity.id, flowsOf(fallen)]).toEqual(['Inbound', centre.activities.phone, ['voice']]);
    expect(fallen.person.profiles.map(({ name }: { name: string }) => name)).toEqual(['Inbound']);
    await unassign(inbound, person);
    const bare = await banner(person);
    expect([bare.profile.active, bare.situation.activity, flowsOf(bare)]).toEqual([null, null, []]);
    expect(bare.profile.seq).toBeGreaterThan(fallen.profile.seq);
  });

  it('to a new name reaches everybody\'s switcher', async () => {
    const id = await centre.profile('Old name');
    const { person, snapshot } = await signedIn([inbound, id]);
    await centre.publish(id, 'New name');
    const { person: part } = await banner(person);
    expect(part.profiles.map(({ name }: { name: string }) => name)).toEqual(['Inbound', 'New name']);
    expect(part.seq).toBeGreaterThan(snapshot.person.seq);
  });

  it('for new assignments only leaves those who have it on their version', async () => {
    const id = await centre.profile('Pinned');
    const { person } = await signedIn([id]);
    await centre.publish(id, 'Pinned', {}, { to: 'newAssignments' });
    expect((await banner(person)).profile.active.version).toBe(1);
    expect((await openSession(hub, await centre.person([id]))).profile.active.version).toBe(2);
  });
});

describe('the snapshot', () => {
  it('is not sent again to whoever holds it', async () => {
    const { person } = await signedIn([inbound]);
    const first = await hub.call(person, 'GET', '/api/banner');
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[\d-]+"$/);
    const again = await hub.call(person, 'GET', '/api/banner', undefined, { 'if-none-match': etag });
    expect([again.status, again.body]).toEqual([304, undefined]);
    await put(person, 'status', { status: 'busy' });
    const changed = await hub.call(person, 'GET', '/api/banner', undefined, { 'if-none-match': etag });
    expect([changed.status, changed.body.situation.status]).toEqual([200, 'busy']);
  });

  it('says until when it may be shown', async () => {
    const { snapshot } = await signedIn([inbound]);
    expect(snapshot.expiresAt - snapshot.now).toBe(43_200_000);
  });

  it('counts a profile that was archived as none', async () => {
    const id = await centre.profile('Archived');
    const { person } = await signedIn([id]);
    await hub.db.updateTable('profile').set({ archived: true }).where('id', '=', id).execute();
    const { profile, person: part } = await banner(person);
    expect([profile.active, part.profiles]).toEqual([null, []]);
  });
});

describe('receipts', () => {
  const states = (profileId: string) => hub.db.selectFrom('receipt').select(['version', 'state']).where('profile_id', '=', profileId).orderBy('version').execute();
  const send = (person: TestPerson, profileId: string, version: number, state: string) =>
    hub.call(person, 'POST', '/api/session/receipts', { profileId, version, state });

  it('only ever move forward', async () => {
    const id = await centre.profile('Receipts');
    const { person } = await signedIn([id]);
    await centre.publish(id, 'Receipts');
    for (const state of ['applied', 'delivered']) expect((await send(person, id, 2, state)).status).toBe(204);
    expect(await states(id)).toEqual([{ version: 2, state: 'applied' }]);
  });

  it('begin anew once the version is pushed again', async () => {
    const id = await centre.profile('Pushed again');
    const { person } = await signedIn([id]);
    const listed = async () => (await hub.call(centre.admin, 'GET', `/api/profiles/${id}/receipts`)).body.receipts.map(({ state }: { state: string }) => state);
    expect(await listed()).toEqual(['queued']);
    await send(person, id, 1, 'applied');
    expect(await listed()).toEqual(['applied']);
    await hub.call(centre.admin, 'POST', `/api/profiles/${id}/refresh`, {});
    expect(await listed()).toEqual(['queued']);
    await send(person, id, 1, 'delivered');
    expect(await listed()).toEqual(['delivered']);
    // Of a version that another has taken the place of, what was said stays; nobody is to have it any more.
    await centre.publish(id, 'Pushed again');
    const { body } = await hub.call(centre.admin, 'GET', `/api/profiles/${id}/receipts?version=1`);
    expect(body).toMatchObject({ version: 1, receipts: [{ personId: person.id, state: 'delivered' }] });
    expect(await listed()).toEqual(['queued']);
  });

  it('count for the person\'s own profiles and for versions that exist', async () => {
    const { person } = await signedIn([inbound]);
    const before = await states(mailing);
    for (const [id, version] of [[mailing, 1], [inbound, 99], ['nonsense', 1]] as const) expect((await send(person, id, version, 'applied')).status).toBe(204);
    expect(await states(mailing)).toEqual(before);
    expect((await states(inbound)).some(({ version }) => version === 99)).toBe(false);
  });
});
