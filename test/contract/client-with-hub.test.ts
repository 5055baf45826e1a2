/** The client against the real hub, its database and its issuer: what both were written for, met. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackgroundClient } from '../../lib/session/background-client.ts';
import type { ClientState, ClientVerb, ClientVerbs } from '../../lib/session/client-state.ts';
import { systemClock } from '../../lib/models/clock.ts';
import { DEFAULT_PLACE } from '../../lib/settings/schema.ts';
import { sql } from 'kysely';
import { setPassword } from '../../server/auth/passwords.ts';
import type { AuthDatabase } from '../../server/auth/tables.ts';
import { closeIdleSessions } from '../../server/session/close.ts';
import { startTestHub, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { fakeSessionStorage } from '../fakes/ports.ts';
import { createBrowser, REDIRECT, type TestBrowser } from '../unit/auth-setup.ts';

const PORT = 7561;
/** Where a WebSocket never opens. */
const NOBODY = 'ws://127.0.0.1:1/';
const PASSWORD = 'correct horse battery staple';
let hub: TestHub;
let account: string;
let admin: TestPerson;

beforeAll(async () => {
  hub = await startTestHub({ PORT });
  account = await hub.makeAccount();
  admin = await hub.makePerson(account, { type: 'administrator' });
});
afterAll(() => hub.stop());

async function published(name: string, settings: Record<string, unknown>, to?: TestPerson): Promise<string> {
  const document = { schema: 1, settings: { 'general.name': name, ...settings }, configuration: {} };
  const made = await hub.call(admin, 'POST', '/api/profiles', { name, document });
  const id = String(made.body.profileId);
  await hub.call(admin, 'POST', `/api/profiles/${id}/publish`, {});
  if (to) await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${to.id}`, { atLogin: true });
  return id;
}

async function aPerson(): Promise<TestPerson> {
  const person = await hub.makePerson(account, { name: 'Ana Ruiz' });
  await setPassword(hub.db as unknown as AuthDatabase, person.id, PASSWORD);
  return person;
}

/** A client in a browser of its own, which types the password where it is asked. */
function aClient(person: TestPerson, name: string, { webSockets = true } = {}) {
  const window: TestBrowser = createBrowser(hub.url);
  const states: ClientState[] = [];
  let asked = 0;
  const own = <T>(value: T) => ({ value, from: 'builtIn' as const, locked: false });
  const offer = { offerSound: own(true), offerNotification: own(false) };
  const settings = { hub: own(hub.url), appearance: own('system' as const), place: own(DEFAULT_PLACE), ...offer, sites: {}, places: {} };
  const client = createBackgroundClient({
    fetch: (...request) => fetch(...request),
    newSocket: (url, protocol) => new WebSocket(webSockets ? url : NOBODY, protocol),
    identity: {
      getRedirectURL: () => REDIRECT,
      async launchWebAuthFlow({ url }) {
        let here = await window.visit(url);
        if (here.text.includes('name="password"')) {
          asked += 1;
          here = await window.submit(here.address, { email: person.email, password: PASSWORD });
        }
        return here.address;
      },
    },
    session: fakeSessionStorage().area,
    local: fakeSessionStorage().area,
    settings: { read: () => Promise.resolve(settings), watch: () => () => {} },
    cache: { read: () => Promise.resolve(null), write: () => Promise.resolve(), clear: () => Promise.resolve() },
    watchdog: { set() {} },
    browserName: () => Promise.resolve(name),
    clock: systemClock,
    random: () => 0,
    newKey: () => crypto.randomUUID(),
  });
  client.subscribe((state) => states.push(state));
  return {
    client,
    states,
    asked: () => asked,
    state: () => states.at(-1)!,
    call: <V extends ClientVerb>(verb: V, ...args: Parameters<ClientVerbs[V]>) => client.perform(verb, args, crypto.randomUUID()),
    until: (holds: (state: ClientState) => boolean): Promise<ClientState> =>
      new Promise((resolve) => {
        const stop = client.subscribe((state) => {
          if (!holds(state)) return;
          resolve(state);
          queueMicrotask(() => stop());
        });
      }),
  };
}

const isLive = ({ connection, confirmed }: ClientState): boolean => connection.state === 'live' && confirmed;

describe('the client and the hub', () => {
  it('sign in, open a session and agree on what holds', async () => {
    const person = await aPerson();
    const profile = await published('Inbound', { 'history.access': true }, person);
    const it = aClient(person, 'Chromium on Linux');
    await it.client.start();
    expect(await it.call('signIn')).toEqual({ ok: true, value: undefined });
    const state = await it.until(isLive);
    expect(state.snapshot).toMatchObject({ person: { id: person.id }, profile: { active: { id: profile, version: 1 } } });
    await it.call('signOut');
    expect(it.state()).toMatchObject({ phase: 'signedOut', snapshot: null });
  });

  it('carry a publish to the banner live, and its receipts back', async () => {
    const person = await aPerson();
    const profile = await published('Outbound', {}, person);
    const it = aClient(person, 'Chromium on Linux');
    await it.client.start();
    await it.call('signIn');
    await it.until(isLive);
    const draft = await hub.call(admin, 'GET', `/api/profiles/${profile}/draft`);
    const document = { ...draft.body.document, settings: { ...draft.body.document.settings, 'history.access': true } };
    await hub.call(admin, 'PUT', `/api/profiles/${profile}/draft`, { document }, { 'if-match': draft.headers.get('etag') ?? '' });
    await hub.call(admin, 'POST', `/api/profiles/${profile}/publish`, {});
    const state = await it.until(({ snapshot }) => snapshot?.profile.active?.version === 2);
    expect(state.snapshot?.profile.active?.document.settings['history.access']).toBe(true);
    await it.call('painted', profile, 2);
    const receipt = async (): Promise<{ state: string; at: number }> => {
      const { body } = await hub.call(admin, 'GET', `/api/profiles/${profile}/receipts`);
      return body.receipts.find((row: { personId: string }) => row.personId === person.id);
    };
    await expect.poll(receipt, { timeout: 5000 }).toMatchObject({ state: 'applied' });
    const { at } = await receipt();
    // Pushed again, it is said again.
    await hub.call(admin, 'POST', `/api/profiles/${profile}/refresh`);
    await expect.poll(receipt, { timeout: 5000 }).toMatchObject({ state: 'applied', at: expect.toSatisfy((now: number) => now > at) });
    await it.call('signOut');
  });

  it('find each other by the event stream where WebSockets do not get through', async () => {
    const person = await aPerson();
    const profile = await published('Events', {}, person);
    const it = aClient(person, 'Chromium on Linux', { webSockets: false });
    await it.client.start();
    await it.call('signIn');
    await it.until(isLive);
    await hub.call(admin, 'DELETE', `/api/profiles/${profile}/assignments/${person.id}`);
    await it.until(({ snapshot }) => snapshot?.profile.active === null);
    await it.call('signOut');
  });

  it('switch profile without another sign-in', async () => {
    const person = await aPerson();
    await published('One', {}, person);
    const other = await published('Two', { 'history.access': true });
    await hub.call(admin, 'PUT', `/api/profiles/${other}/assignments/${person.id}`, {});
    const it = aClient(person, 'Chromium on Linux');
    await it.client.start();
    await it.call('signIn');
    await it.until(isLive);
    expect(await it.call('previewProfile', other)).toMatchObject({ ok: true, value: { name: 'Two' } });
    expect(await it.call('switchProfile', other)).toEqual({ ok: true, value: undefined });
    expect(it.state()).toMatchObject({ pending: [], snapshot: { profile: { active: { id: other } } } });
    expect(await it.call('refresh')).toEqual({ ok: true, value: undefined });
    expect(it.asked()).toBe(1);
    await it.call('signOut');
  });

  it('let another browser take over, tell the first, and let it take back', async () => {
    const person = await aPerson();
    const first = aClient(person, 'Chromium on Linux');
    await first.client.start();
    await first.call('signIn');
    await first.until(isLive);
    const second = aClient(person, 'Firefox on Linux');
    await second.client.start();
    await second.call('signIn');
    expect(second.state()).toMatchObject({ phase: 'elsewhere', elsewhere: { browser: 'Chromium on Linux' } });
    await second.call('takeOver');
    await second.until(isLive);
    expect(await first.until(({ ended }) => ended !== null)).toMatchObject({ phase: 'signedOut', ended: 'takenOver', snapshot: null });
    await first.call('signIn');
    expect(first.state()).toMatchObject({ phase: 'elsewhere', elsewhere: { browser: 'Firefox on Linux' } });
    await first.call('takeOver');
    await first.until(isLive);
    expect(first.asked()).toBe(1);
    await first.call('signOut');
  });

  it('leave the session of the browser that took over alone, whoever else signs out', async () => {
    const person = await aPerson();
    const browsers = [aClient(person, 'Chromium on Linux'), aClient(person, 'Firefox on Linux'), aClient(person, 'Chromium on Windows')] as const;
    const [first, second, third] = browsers;
    for (const each of browsers) await each.client.start();
    await first.call('signIn');
    await first.until(isLive);
    await second.call('signIn');
    await second.call('takeOver');
    await second.until(isLive);
    await third.call('signIn');
    expect(third.state().phase).toBe('elsewhere');
    await first.until(({ ended }) => ended === 'takenOver');
    await Promise.all([first.call('signOut'), third.call('signOut')]);
    expect(await second.call('setStatus', 'busy')).toEqual({ ok: true, value: undefined });
    expect(await second.call('refresh')).toEqual({ ok: true, value: undefined });
    expect(second.asked()).toBe(1);
    await first.call('signIn');
    expect(first.asked()).toBe(2);
    await second.call('signOut');
  });

  it('ask for the password again after a sign-out, and not before', async () => {
    const person = await aPerson();
    const it = aClient(person, 'Chromium on Linux');
    await it.client.start();
    await it.call('signIn');
    await it.until(isLive);
    await it.call('signOut');
    await it.call('signIn');
    await it.until(isLive);
    expect(it.asked()).toBe(2);
    await it.call('signOut');
  });

  it('open the session again without another sign-in when the hub swept it', async () => {
    const person = await aPerson();
    const it = aClient(person, 'Chromium on Linux');
    await it.client.start();
    await it.call('signIn');
    const was = (await it.until(isLive)).snapshot?.situation.sessionId;
    await sql`update session set seen_at = now() - interval '1 day' where person_id = ${person.id}::uuid`.execute(hub.db);
    // The live link hears of it, and is refused.
    expect(await closeIdleSessions(hub.db, 600)).toBe(1);
    const state = await it.until((now) => isLive(now) && now.snapshot?.situation.sessionId !== was);
    expect([state.phase, state.ended, state.problem, it.asked()]).toEqual(['open', null, null, 1]);
    await it.call('signOut');
  });

  it('open the session again by themselves when it was let go', async () => {
    const person = await aPerson();
    const it = aClient(person, 'Chromium on Linux');
    await it.client.start();
    await it.call('signIn');
    await it.until(isLive);
    const was = it.state().snapshot?.situation.sessionId;
    await hub.db.updateTable('session').set({ closed_at: new Date(), closed_because: 'idle' }).where('person_id', '=', person.id).execute();
    expect(await it.call('setStatus', 'busy')).toEqual({ ok: true, value: undefined });
    const state = await it.until((now) => isLive(now) && now.snapshot?.situation.sessionId !== was);
    expect(state.snapshot?.situation.status).toBe('busy');
    expect(it.asked()).toBe(1);
    await it.call('signOut');
  });
});
