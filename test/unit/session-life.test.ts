import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SESSION_HEADER } from '../../lib/api/routes.ts';
import { defaultParts } from '../../server/default-parts.ts';
import { closeIdleSessions } from '../../server/session/close.ts';
import { type Centre, makeCentre, makeResource, openSession } from '../fixtures/centre.ts';
import { besides } from '../fixtures/live-hub.ts';
import { noLive } from '../fixtures/no-live.ts';
import { problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let hub: TestHub;
let centre: Centre;
let inbound: string;
let mailing: string;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeCentre(hub);
  inbound = await centre.profile('Inbound', { defaultActivity: centre.activities.phone });
  mailing = await centre.profile('Mailing', { activities: [centre.activities.mail, centre.activities.pause] });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const flowsOf = ({ situation }: { situation: { flows: Record<string, { on: boolean }> } }) =>
  Object.entries(situation.flows).flatMap(([channel, { on }]) => (on ? [channel] : []));
const open = (person: TestPerson, body: object = {}) =>
  hub.call(person, 'POST', '/api/session', { browser: 'Firefox on Linux', ...body });

describe('opening a session', () => {
  it('needs a token', async () => {
    expect(problem(await hub.call(null, 'POST', '/api/session', { browser: 'x' }))).toEqual([401, 'auth.missing']);
  });

  it('begins on the profile at login, with its default activity and the flows that this turns on', async () => {
    const snapshot = await openSession(hub, await centre.person([mailing, inbound], { atLogin: inbound }));
    expect(snapshot.profile.active.name).toBe('Inbound');
    expect(snapshot.situation.activity.id).toBe(centre.activities.phone);
    expect(flowsOf(snapshot)).toEqual(['voice']);
    expect(snapshot.person.profiles.map(({ name }: { name: string }) => name)).toEqual(['Inbound', 'Mailing']);
  });

  it('turns no flow on without the right to it', async () => {
    const person = await centre.person([inbound], { licence: 'essentials' });
    expect(flowsOf(await openSession(hub, person))).toEqual([]);
  });

  it('begins on the only profile there is, though none is at login', async () => {
    const person = await centre.person([mailing]);
    await hub.db.updateTable('assignment').set({ at_login: false }).where('person_id', '=', person.id).execute();
    expect((await openSession(hub, person)).profile.active.name).toBe('Mailing');
  });

  it('begins without a profile where there are several and none is at login, or none at all', async () => {
    const several = await centre.person([mailing, inbound]);
    await hub.db.updateTable('assignment').set({ at_login: false }).where('person_id', '=', several.id).execute();
    expect((await openSession(hub, several)).profile.active).toBeNull();
    expect((await openSession(hub, await centre.person([]))).profile.active).toBeNull();
  });

  it('takes the first activity where the default one is gone', async () => {
    const passing = await makeResource(hub.db, centre.accountId, 'activity', 'Passing', { voice: true });
    const odd = await centre.profile('Odd', { activities: [centre.activities.mail, passing], defaultActivity: passing });
    const person = await centre.person([odd]);
    await hub.db.updateTable('resource').set({ archived: true }).where('id', '=', passing).execute();
    await hub.call(centre.admin, 'POST', `/api/profiles/${odd}/refresh`, {});
    expect((await openSession(hub, person)).situation.activity.id).toBe(centre.activities.mail);
  });
});

describe('one session a person', () => {
  it('tells a second browser which one has it, and since when', async () => {
    const person = await centre.person([inbound]);
    const before = Date.now();
    await openSession(hub, person, { browser: 'Chromium on Windows' });
    const { status, body } = await open(person);
    expect([status, body.code, body.browser]).toEqual([409, 'session.elsewhere', 'Chromium on Windows']);
    expect(body.since).toBeGreaterThan(before - 60_000);
  });

  it('gives the same session back to the browser that has it', async () => {
    const person = await centre.person([inbound]);
    const first = await openSession(hub, person);
    const again = await openSession(hub, person, { resume: first.situation.sessionId });
    expect(again.situation).toEqual(first.situation);
  });

  it('is taken over when asked to, and the first browser is told so whatever it asks for', async () => {
    const person = await centre.person([inbound]);
    const first = await openSession(hub, person);
    const second = await openSession(hub, person, { takeOver: true });
    expect(second.situation.sessionId).not.toBe(first.situation.sessionId);
    const asFirst = { [SESSION_HEADER]: first.situation.sessionId };
    const banner = await hub.call(person, 'GET', '/api/banner', undefined, asFirst);
    expect([...problem(banner), banner.body.because]).toEqual([409, 'session.ended', 'takenOver']);
    const flow = await hub.call(person, 'PUT', '/api/session/flows/voice', { on: false }, asFirst);
    expect(problem(flow)).toEqual([409, 'session.ended']);
    expect((await hub.call(person, 'GET', '/api/banner', undefined, { [SESSION_HEADER]: second.situation.sessionId })).status).toBe(200);
  });

  it('of two that take over at once leaves one open', async () => {
    const person = await centre.person([inbound]);
    await openSession(hub, person);
    const answers = await Promise.all([1, 2, 3, 4].map(() => open(person, { takeOver: true })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const rows = await hub.db.selectFrom('session').select('id').where('person_id', '=', person.id).where('closed_at', 'is', null).execute();
    expect(rows).toHaveLength(1);
  });

  it('ends on sign-out', async () => {
    const person = await centre.person([inbound]);
    const { situation } = await openSession(hub, person);
    expect((await hub.call(person, 'DELETE', '/api/session')).status).toBe(204);
    expect(problem(await hub.call(person, 'GET', '/api/banner'))).toEqual([409, 'session.none']);
    const own = await hub.call(person, 'GET', '/api/banner', undefined, { [SESSION_HEADER]: situation.sessionId });
    expect([own.body.code, own.body.because]).toEqual(['session.ended', 'signedOut']);
  });
});

describe('a sign-out', () => {
  const signOut = (person: TestPerson, own?: string) =>
    hub.call(person, 'DELETE', '/api/session', undefined, own === undefined ? {} : { [SESSION_HEADER]: own });
  const openNow = async (person: TestPerson) =>
    (await hub.db.selectFrom('session').select('id').where('person_id', '=', person.id).where('closed_at', 'is', null).execute()).map(({ id }) => id);

  it('of a browser that was taken over leaves the session of the other one alone', async () => {
    const person = await centre.person([inbound]);
    const { situation: first } = await openSession(hub, person);
    const { situation: second } = await openSession(hub, person, { takeOver: true });
    expect((await signOut(person, first.sessionId)).status).toBe(204);
    expect(await openNow(person)).toEqual([second.sessionId]);
    expect((await signOut(person, second.sessionId)).status).toBe(204);
    expect(await openNow(person)).toEqual([]);
  });

  it('that cannot end the sign-in is not done by half: the session stays', async () => {
    const parts = defaultParts();
    const failing = await besides(hub.hub, {
      ...parts,
      live: noLive,
      auth: async (context) => ({ ...(await parts.auth(context)), signOut: () => Promise.reject(new Error('no sign-out today')) }),
    });
    const person = await centre.person([inbound]);
    const { situation } = await openSession(hub, person);
    const answer = await fetch(`${failing.url}/api/session`, { method: 'DELETE', headers: { authorization: `Bearer ${person.token}` } });
    expect(answer.status).toBe(500);
    expect(await openNow(person)).toEqual([situation.sessionId]);
    await failing.close();
  });

  it('without a word of which session, as of a script, ends the one there is', async () => {
    const person = await centre.person([inbound]);
    await openSession(hub, person);
    expect((await signOut(person)).status).toBe(204);
    expect(await openNow(person)).toEqual([]);
    expect((await signOut(person)).status).toBe(204);
  });
});

describe('licences', () => {
  it('are never given twice: of twenty openings at once five go through', async () => {
    const full = await makeCentre(hub, { licences: 5 });
    const profile = await full.profile('Only');
    const people = await Promise.all(Array.from({ length: 20 }, () => full.person([profile])));
    const answers = await Promise.all(people.map((person) => open(person)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['licence.full']));
    await hub.call(people[answers.findIndex(({ status }) => status === 201)]!, 'DELETE', '/api/session');
    expect((await open(people[answers.findIndex(({ status }) => status !== 201)]!)).status).toBe(201);
  });

  it('are not held by a session of which nothing is heard', async () => {
    const one = await makeCentre(hub, { licences: 1 });
    const profile = await one.profile('Only');
    const [gone, next] = [await one.person([profile]), await one.person([profile])];
    await openSession(hub, gone);
    expect(problem(await open(next))).toEqual([409, 'licence.full']);
    await hub.db.updateTable('session').set({ seen_at: new Date(Date.now() - 3_600_000) }).where('person_id', '=', gone.id).execute();
    expect((await open(next)).status).toBe(201);
  });

  it('come back when idle sessions are swept, and those in use stay', async () => {
    const [idle, busy] = [await centre.person([inbound]), await centre.person([inbound])];
    await openSession(hub, idle);
    await openSession(hub, busy);
    await hub.db.updateTable('session').set({ seen_at: new Date(Date.now() - 3_600_000) }).where('person_id', '=', idle.id).execute();
    expect(await closeIdleSessions(hub.db, 600)).toBe(1);
    expect(problem(await hub.call(idle, 'GET', '/api/banner'))).toEqual([409, 'session.none']);
    expect((await hub.call(busy, 'GET', '/api/banner')).status).toBe(200);
  });
});
