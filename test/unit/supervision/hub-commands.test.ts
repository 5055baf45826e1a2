/** What supervisors do with their people, on a real hub: who is in reach, what changes, who is told, what is put down. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Centre, makeCentre, makeResource, openSession } from '../../fixtures/centre.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';
import { makeSwitchboard } from '../../fixtures/switchboard.ts';

let hub: TestHub;
let centre: Centre;
let queues: Record<'motor' | 'home', string>;
let profiles: Record<'advisor' | 'second' | 'home' | 'leader', string>;
let leader: TestPerson;
let advisor: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeCentre(hub);
  queues = { motor: await makeResource(hub.db, centre.accountId, 'queue', 'Motor', {}), home: await makeResource(hub.db, centre.accountId, 'queue', 'Home', {}) };
  const on = (id: string) => ({ queues: [{ id, voice: true, email: true }] });
  profiles = {
    advisor: await centre.profile('Advisor', { rows: on(queues.motor) }),
    second: await centre.profile('Second', { rows: on(queues.motor), activities: [centre.activities.mail] }),
    home: await centre.profile('Home', { rows: on(queues.home) }),
    leader: await centre.profile('Leader', { settings: { 'supervision.access': true }, rows: { queues: [{ id: queues.motor, voice: true, supervision: true }] } }),
  };
});
afterAll(() => hub.stop());

beforeEach(async () => {
  leader = await supervisor();
  advisor = await centre.person([profiles.advisor, profiles.second, profiles.home]);
  await together(leader, advisor);
  await openSession(hub, leader);
  await openSession(hub, advisor);
});

async function supervisor(type: 'manager' | 'administrator' | 'agent' = 'manager'): Promise<TestPerson> {
  const person = await hub.makePerson(centre.accountId, { type, name: 'Karin' });
  await hub.call(centre.admin, 'PUT', `/api/profiles/${profiles.leader}/assignments/${person.id}`, { atLogin: true });
  return person;
}

async function together(manager: TestPerson, ...members: TestPerson[]): Promise<void> {
  const { id } = await hub.db.insertInto('team').values({ account_id: centre.accountId, name: crypto.randomUUID() }).returning('id').executeTakeFirstOrThrow();
  const rows = [manager, ...members].map((person) => ({ team_id: id, person_id: person.id, manages: person === manager }));
  await hub.db.insertInto('team_member').values(rows).execute();
}

const command = (verb: string, body: object, by = leader, headers = {}) => hub.call(by, 'POST', `/api/commands/sup.${verb}`, body, headers);
const situation = async (person = advisor) => (await hub.call(person, 'GET', '/api/banner')).body;
const auditOf = (person = advisor) =>
  hub.db.selectFrom('audit').select(['actor_id', 'action', 'before', 'after']).where('subject_id', '=', person.id).where('action', 'like', 'supervision.%').orderBy('id').execute();

describe('turning a flow off', () => {
  it('keeps it off through whatever the person does, and says who and why', async () => {
    expect((await command('toggleFlow', { personId: advisor.id, channel: 'voice', on: false, why: ' Coaching ' })).status).toBe(202);
    const { situation: now } = await situation();
    expect(now.flows.voice).toEqual({ on: false, forced: { by: 'supervisor', who: 'Karin' } });
    expect(now.notices).toMatchObject([{ kind: 'flowOff', who: 'Karin', why: 'Coaching', detail: { channel: 'voice' }, seen: false }]);
    await hub.call(advisor, 'PUT', '/api/session/activity', { activityId: centre.activities.all });
    expect((await situation()).situation.flows).toMatchObject({ voice: { on: false, forced: { by: 'supervisor' } }, email: { on: true } });
    expect((await hub.call(advisor, 'PUT', '/api/session/flows/voice', { on: true })).body.reason.code).toBe('supervisor.forced');
    expect(await auditOf()).toEqual([
      { actor_id: leader.id, action: 'supervision.toggleFlow', before: { channel: 'voice', on: true }, after: { channel: 'voice', on: false, why: 'Coaching' } },
    ]);
  });

  it('is undone by turning it on, where the activity has the channel on', async () => {
    await command('toggleFlow', { personId: advisor.id, channel: 'voice', on: false });
    await command('toggleFlow', { personId: advisor.id, channel: 'voice', on: true });
    expect((await situation()).situation.flows.voice).toEqual({ on: true, forced: null });
    await command('toggleFlow', { personId: advisor.id, channel: 'email', on: false });
    await command('toggleFlow', { personId: advisor.id, channel: 'email', on: true });
    expect((await situation()).situation.flows.email).toEqual({ on: false, forced: null });
    // Free already, and still off: only another activity turns it on.
    expect((await command('toggleFlow', { personId: advisor.id, channel: 'email', on: true })).body.code).toBe('supervision.byActivity');
  });

  it('does nothing a second time, and is no one’s flow where the profile has none', async () => {
    await command('toggleFlow', { personId: advisor.id, channel: 'voice', on: false });
    const before = (await situation()).situation.seq;
    expect((await command('toggleFlow', { personId: advisor.id, channel: 'voice', on: false })).status).toBe(202);
    expect([(await situation()).situation.seq, (await auditOf()).length]).toEqual([before, 1]);
    const essentials = await centre.person([profiles.advisor], { licence: 'essentials' });
    await together(leader, essentials);
    await openSession(hub, essentials);
    expect((await command('toggleFlow', { personId: essentials.id, channel: 'voice', on: false })).body.code).toBe('supervision.notTheirs');
  });

  it('is done once, however often it is sent with one key', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const body = { personId: advisor.id, channel: 'voice', on: false };
    const [first, again] = [await command('toggleFlow', body, leader, headers), await command('toggleFlow', body, leader, headers)];
    expect([first.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    expect((await situation()).situation.notices).toHaveLength(1);
  });
});

describe('changing the profile or the activity', () => {
  it('does what the person’s own switch does', async () => {
    expect((await command('changeProfile', { personId: advisor.id, profileId: profiles.second, why: 'Emails pile up' })).status).toBe(202);
    const { profile, situation: now } = await situation();
    expect([profile.active.name, now.activity.id, now.flows.voice.on, now.flows.email.on]).toEqual(['Second', centre.activities.mail, false, true]);
    expect(now.notices[0]).toMatchObject({ kind: 'profile', who: 'Karin', why: 'Emails pile up', detail: { name: 'Second' } });
    expect((await auditOf())[0]).toMatchObject({ before: { profile: 'Advisor' }, after: { profile: 'Second', why: 'Emails pile up' } });
  });

  it('is refused for what is not that person’s', async () => {
    const other = await centre.profile(`Other ${crypto.randomUUID()}`);
    expect((await command('changeProfile', { personId: advisor.id, profileId: other })).body.code).toBe('supervision.notTheirs');
    expect((await command('changeProfile', { personId: advisor.id, profileId: 'none' })).body.code).toBe('supervision.notTheirs');
    expect((await command('changeActivity', { personId: advisor.id, activityId: other })).body.code).toBe('supervision.notTheirs');
    expect((await situation()).situation.notices).toEqual([]);
  });

  it('takes up an activity of the active profile, and flows follow it', async () => {
    expect((await command('changeActivity', { personId: advisor.id, activityId: centre.activities.mail })).status).toBe(202);
    const { situation: now } = await situation();
    expect([now.activity.id, now.flows.voice.on, now.flows.email.on, now.notices[0].detail.name]).toEqual([centre.activities.mail, false, true, 'Mail']);
  });
});

describe('disconnecting', () => {
  it('closes the session, which says so, and the notice waits for the next one', async () => {
    const { sessionId } = (await situation()).situation;
    expect((await command('disconnect', { personId: advisor.id, why: 'Left the desk' })).status).toBe(202);
    const after = await hub.call(advisor, 'GET', '/api/banner', undefined, { 'pennon-session': sessionId });
    expect([after.body.code, after.body.because]).toEqual(['session.ended', 'disconnected']);
    expect((await command('toggleFlow', { personId: advisor.id, channel: 'voice', on: false })).body.code).toBe('supervision.away');
    const { situation: next } = await openSession(hub, advisor);
    expect(next.notices).toMatchObject([{ kind: 'disconnected', who: 'Karin', why: 'Left the desk', seen: false }]);
  });
});

describe('who is in reach', () => {
  const refusal = async (by: TestPerson, personId = advisor.id) => {
    const answer = await command('toggleFlow', { personId, channel: 'voice', on: false }, by);
    return answer.status === 202 ? 'done' : answer.body.code;
  };

  it('needs a queue in common that the active profile supervises', async () => {
    await hub.call(advisor, 'PUT', '/api/session/profile', { profileId: profiles.home });
    expect(await refusal(leader)).toBe('supervision.outOfReach');
  });

  it('needs a team that a manager manages; an administrator passes that, not the queues', async () => {
    const [other, administrator] = [await supervisor(), await supervisor('administrator')];
    await openSession(hub, other);
    await openSession(hub, administrator);
    expect([await refusal(other), await refusal(administrator)]).toEqual(['supervision.outOfReach', 'done']);
    await hub.call(advisor, 'PUT', '/api/session/profile', { profileId: profiles.home });
    expect(await refusal(administrator)).toBe('supervision.outOfReach');
  });

  it('is nobody for who has no right to supervise, for oneself, for strangers and for ids that are none', async () => {
    const agent = await supervisor('agent');
    await openSession(hub, agent);
    expect(await refusal(agent)).toBe('control.refused');
    for (const id of [leader.id, crypto.randomUUID(), 'nobody']) expect(await refusal(leader, id)).toBe('supervision.outOfReach');
    const elsewhere = await makeCentre(hub);
    const stranger = await elsewhere.person([await elsewhere.profile('Advisor')]);
    await openSession(hub, stranger);
    expect(await refusal(leader, stranger.id)).toBe('supervision.outOfReach');
  });

  it('is decided while two supervise each other at once', async () => {
    const second = await supervisor();
    await together(second, leader);
    await together(leader, second);
    await openSession(hub, second);
    const both = [command('toggleFlow', { personId: second.id, channel: 'voice', on: false }, leader), command('toggleFlow', { personId: leader.id, channel: 'voice', on: false }, second)];
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([202, 202]);
  });
});

describe('notices', () => {
  it('are marked as seen by their own person alone', async () => {
    await command('toggleFlow', { personId: advisor.id, channel: 'voice', on: false });
    const [{ id }] = (await situation()).situation.notices;
    await hub.call(leader, 'POST', '/api/session/notices/seen', { ids: [id] });
    expect((await situation()).situation.notices[0].seen).toBe(false);
    const { seq } = (await situation()).situation;
    expect((await hub.call(advisor, 'POST', '/api/session/notices/seen', { ids: [id, 'none'] })).status).toBe(204);
    const after = (await situation()).situation;
    expect([after.notices[0].seen, after.seq > seq]).toEqual([true, true]);
  });
});

describe('a call that somebody has', () => {
  const callOf = async () => (await situation()).situation.interactions[0];

  async function onCall() {
    const board = await makeSwitchboard(hub, centre.accountId);
    const id = await board.offer({ personId: advisor.id });
    await vi.waitFor(async () => expect(await callOf()).toMatchObject({ id, phase: 'offered' }), { timeout: 10_000 });
    await hub.call(advisor, 'POST', '/api/commands/offer.accept', { interactionId: id });
    await board.obey();
    return board;
  }

  it('is heard by a supervisor, and the person hears who and why', async () => {
    const board = await onCall();
    expect((await command('listen', { personId: advisor.id, on: true, why: 'Coaching' })).status).toBe(202);
    expect(await board.commands()).toMatchObject([{ verb: 'listen', to: { personId: leader.id } }]);
    await board.obey();
    expect((await callOf()).listeners).toEqual([{ id: leader.id, name: 'Karin' }]);
    expect((await situation()).situation.notices).toMatchObject([{ kind: 'listened', who: 'Karin', why: 'Coaching' }]);
    expect((await hub.call(leader, 'GET', '/api/supervision/watch')).body.people.find(({ id }: { id: string }) => id === advisor.id).interaction).toMatchObject({ listening: true });
    await command('listen', { personId: advisor.id, on: false });
    await board.obey();
    expect((await callOf()).listeners).toEqual([]);
    expect((await auditOf()).map(({ action }) => action)).toEqual(['supervision.listen']);
  });

  it('is recorded by a supervisor; an automatic recording is nobody’s to end', async () => {
    const board = await onCall();
    await command('record', { personId: advisor.id, on: true });
    await board.obey();
    expect(await callOf()).toMatchObject({ recording: true, pending: null });
    await hub.db.updateTable('interaction').set({ auto_recorded: true }).execute();
    expect((await command('record', { personId: advisor.id, on: false })).body.code).toBe('interaction.state');
  });

  it('must be there', async () => {
    expect((await command('listen', { personId: advisor.id, on: true })).body.code).toBe('interaction.state');
  });
});
