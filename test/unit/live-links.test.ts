import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Hub } from '../../server/hub.ts';
import { type Centre, makeCentre, openSession } from '../fixtures/centre.ts';
import { startTestHub, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { byes, connectLive, type LiveClient, type LiveClientOptions } from '../fixtures/live-client.ts';
import { besides, cutListeners, NO_POLL, partsWith } from '../fixtures/live-hub.ts';

vi.setConfig({ testTimeout: 30_000 });
/** Waits on a condition, not on a time: how long is only when to give up. */
const SOON = { timeout: 10_000 };

let hub: TestHub;
let centre: Centre;
let inbound: string;
let mailing: string;
const clients: LiveClient[] = [];

beforeAll(async () => {
  hub = await startTestHub({}, { parts: partsWith(NO_POLL) });
  centre = await makeCentre(hub);
  inbound = await centre.profile('Inbound', { defaultActivity: centre.activities.phone });
  mailing = await centre.profile('Mailing', { activities: [centre.activities.mail, centre.activities.pause] });
}, 60_000);
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await hub?.stop();
}, 60_000);

const connect = async (options: LiveClientOptions, url = hub.url) => {
  const client = await connectLive(url, options);
  clients.push(client);
  return client;
};
const put = (person: TestPerson, what: string, body: object) => hub.call(person, 'PUT', `/api/session/${what}`, body);
const banner = async (person: TestPerson) => (await hub.call(person, 'GET', '/api/banner')).body;
/** A person with an open session and a link that has had its first word. */
async function linked(profiles: readonly string[] = [inbound, mailing]) {
  const person = await centre.person(profiles);
  const snapshot = await openSession(hub, person);
  const sessionId: string = snapshot.situation.sessionId;
  const client = await connect({ token: person.token, sessionId });
  await client.until('the first snapshot', ({ snapshots }) => snapshots.length === 1);
  return { person, snapshot, sessionId, client };
}

describe('a link', () => {
  it('is welcomed and then told everything it does not hold, in one message', async () => {
    const { client, snapshot, sessionId } = await linked();
    expect(client.messages.map(({ type }) => type)).toEqual(['welcome', 'snapshot']);
    expect(client.messages[0]).toMatchObject({ sessionId });
    expect(client.held()).toMatchObject({ profile: snapshot.profile, person: snapshot.person, situation: snapshot.situation });
  });

  it('is told only what is newer than what it holds', async () => {
    const { person, sessionId, client } = await linked();
    const held = client.held();
    await client.close();
    const same = await connect({ token: person.token, sessionId, held });
    await same.until('the word that all is so', ({ snapshots }) => snapshots.length === 1);
    expect(Object.keys(same.snapshots[0]!).sort()).toEqual(['epoch', 'expiresAt', 'now', 'type']);
    await same.close();
    await put(person, 'status', { status: 'busy' });
    const newer = await connect({ token: person.token, sessionId, held });
    await newer.until('the newer part', ({ snapshots }) => snapshots.length === 1);
    expect(newer.snapshots[0]).toMatchObject({ situation: { status: 'busy' } });
    expect(newer.snapshots[0]).not.toHaveProperty('profile');
  });

  it('is told everything where it comes from another database', async () => {
    const { person, sessionId, client } = await linked();
    const held = { ...client.held()!, epoch: 1 };
    await client.close();
    const other = await connect({ token: person.token, sessionId, held });
    await other.until('all of it', ({ snapshots }) => snapshots.length === 1);
    expect(other.snapshots[0]).toHaveProperty('profile');
    expect(other.held()!.epoch).toBeGreaterThan(1);
  });

  it('gives way to a newer one of the same session', async () => {
    const { person, sessionId, client } = await linked();
    const newer = await connect({ token: person.token, sessionId });
    await client.until('the older one closes', () => client.closed() !== null);
    await newer.until('the newer one is told', ({ snapshots }) => snapshots.length === 1);
    await put(person, 'status', { status: 'busy' });
    await newer.until('a push', (c) => c.held()?.situation.status === 'busy');
  });
});

describe('a change', () => {
  it('of the person\'s own arrives by push, newer than before', async () => {
    const { person, client } = await linked();
    const before = client.held()!;
    await put(person, 'flows/voice', { on: false });
    await client.until('the flow', (c) => c.held()?.situation.flows.voice.on === false);
    expect(client.held()!.situation.seq).toBeGreaterThan(before.situation.seq);
  });

  it('of profile brings profile and situation in one message, never a mix', async () => {
    const { person, client } = await linked();
    await put(person, 'profile', { profileId: mailing });
    await client.until('the profile', (c) => c.held()?.profile.active?.name === 'Mailing');
    const pushed = client.snapshots.slice(1);
    expect(pushed).toHaveLength(1);
    expect(pushed[0]).toMatchObject({ profile: { active: { name: 'Mailing' } }, situation: { activity: { id: centre.activities.mail } } });
  });

  it('to a profile reaches everybody on it, and nobody else', async () => {
    const id = await centre.profile('Everybody');
    const on = await Promise.all(Array.from({ length: 8 }, () => linked([id])));
    const off = await linked([inbound, id]);
    await centre.publish(id, 'Everybody', { settings: { 'history.access': true } });
    await Promise.all(on.map(({ client }) => client.until('version 2', (c) => c.held()?.profile.active?.version === 2)));
    for (const { client } of on) {
      expect(client.snapshots.slice(1)).toEqual([expect.objectContaining({ profile: expect.anything() })]);
      expect(client.snapshots[1]).not.toHaveProperty('situation');
    }
    await put(off.person, 'status', { status: 'busy' });
    await off.client.until('its own change', (c) => c.held()?.situation.status === 'busy');
    expect(off.client.snapshots.slice(1).every((update) => update.profile === undefined)).toBe(true);
  });

  it('that takes the activity away brings profile and situation together', async () => {
    const id = await centre.profile('Narrower');
    const { client } = await linked([id]);
    await centre.publish(id, 'Narrower', { activities: [centre.activities.mail] });
    await client.until('version 2', (c) => c.held()?.profile.active?.version === 2);
    expect(client.held()!.situation.activity?.id).toBe(centre.activities.mail);
    expect(client.snapshots).toHaveLength(2);
  });

  it('to what is assigned brings the person and, where the profile falls, all three at once', async () => {
    const id = await centre.profile('Fallen');
    const { person, client } = await linked([id]);
    await hub.call(centre.admin, 'PUT', `/api/profiles/${inbound}/assignments/${person.id}`, { atLogin: true });
    await client.until('the list', (c) => c.held()?.person.profiles.length === 2);
    await hub.call(centre.admin, 'DELETE', `/api/profiles/${id}/assignments/${person.id}`);
    await client.until('the fall', (c) => c.held()?.profile.active?.name === 'Inbound');
    expect(client.snapshots.at(-1)).toMatchObject({ person: { profiles: [{ name: 'Inbound' }] }, situation: { activity: { id: centre.activities.phone } } });
  });

  it('made while the link opens is not missed', async () => {
    const { person, sessionId, client } = await linked();
    await client.close();
    for (let round = 0; round < 10; round++) {
      const status = round % 2 ? 'busy' : 'absent';
      const [again] = await Promise.all([connect({ token: person.token, sessionId }), put(person, 'status', { status })]);
      await again.until('the status', (c) => c.held()?.situation.status === status);
    }
  });
});

describe('the end', () => {
  it('a taken-over browser is told so, and cannot come back into the other one\'s session', async () => {
    const { person, sessionId, client } = await linked();
    await openSession(hub, person, { takeOver: true });
    await client.until('goodbye', () => client.closed() !== null);
    expect(byes(client)).toEqual(['takenOver']);
    const back = await connect({ token: person.token, sessionId });
    await back.until('goodbye', () => back.closed() !== null);
    expect(back.messages.map(({ type }) => type)).toEqual(['bye']);
    expect(byes(back)).toEqual(['takenOver']);
  });

  it('of the sign-in ends the link', async () => {
    const { person, client } = await linked();
    await hub.call(person, 'DELETE', '/api/session');
    await client.until('goodbye', () => client.closed() !== null);
    expect(byes(client)).toEqual(['signedOut']);
  });

  it('without a session there is none to enter; without a good token neither', async () => {
    const person = await centre.person([inbound]);
    const early = await connect({ token: person.token });
    await early.until('goodbye', () => early.closed() !== null);
    expect(byes(early)).toEqual(['refused']);
    const stranger = await connect({ token: 'nonsense' });
    await stranger.until('goodbye', () => stranger.closed() !== null);
    expect(byes(stranger)).toEqual(['tokenExpired']);
  });

  it('somebody else\'s token does not renew a link', async () => {
    const { client } = await linked();
    const other = await centre.person([inbound]);
    client.send({ type: 'token', token: other.token });
    await client.until('goodbye', () => client.closed() !== null);
    expect(byes(client)).toEqual(['refused']);
  });
});

describe('messages that should not come', () => {
  const fresh = () => connect({ hello: false });
  const cases: [string, (client: LiveClient) => void, number][] = [
    ['not JSON', (client) => client.send('hello?'), 1008],
    ['JSON of another kind', (client) => client.send('{"type":"dance"}'), 1008],
    ['bytes', (client) => client.send(Buffer.from('{"type":"beat"}')), 1008],
    ['a beat before hello', (client) => client.send({ type: 'beat' }), 1008],
    ['a cursor of nonsense', (client) => client.send('{"type":"hello","token":"x","holds":{"epoch":-1}}'), 1008],
    // RFC 6455 has a code of its own for this one.
    ['too much', (client) => client.send('x'.repeat(70_000)), 1009],
  ];
  for (const [what, send, code] of cases) {
    it(`${what}: the socket is closed, saying nothing`, async () => {
      const client = await fresh();
      send(client);
      await client.until('the close', () => client.closed() !== null);
      expect([client.closed(), client.messages]).toEqual([code, []]);
    });
  }

  it('a second hello closes the link', async () => {
    const { person, client } = await linked();
    client.send({ type: 'hello', token: person.token, holds: null });
    await client.until('the close', () => client.closed() !== null);
    expect(client.closed()).toBe(1008);
  });

  it('a flood of messages before the answer closes the link', async () => {
    const { person } = await linked();
    const client = await fresh();
    client.send({ type: 'hello', token: person.token, holds: null });
    for (let i = 0; i < 100; i++) client.send({ type: 'beat' });
    await client.until('the close', () => client.closed() !== null);
    expect(client.closed()).toBe(1008);
  });

  it('none of it harms another link', async () => {
    const { person, client } = await linked();
    await put(person, 'status', { status: 'absent' });
    await client.until('a push', (c) => c.held()?.situation.status === 'absent');
  });
});

describe('receipts', () => {
  it('sent over the link are kept, and only for one\'s own profiles', async () => {
    const id = await centre.profile('Receipted');
    const { person, client } = await linked([id]);
    client.send({ type: 'receipt', profileId: id, version: 1, state: 'delivered' });
    client.send({ type: 'receipt', profileId: mailing, version: 1, state: 'applied' });
    client.send({ type: 'receipt', profileId: 'nonsense', version: 1, state: 'applied' });
    client.send({ type: 'receipt', profileId: id, version: 1, state: 'applied' });
    const mine = () => hub.db.selectFrom('receipt').select(['profile_id', 'state']).where('person_id', '=', person.id).execute();
    await expect.poll(mine, SOON).toEqual([{ profile_id: id, state: 'applied' }]);
  });
});

describe('the change log', () => {
  it('is heard again after the connection is cut, and what was missed meanwhile arrives', async () => {
    const { person, client } = await linked();
    expect(await cutListeners(hub.db)).toBe(1);
    await put(person, 'status', { status: 'busy' });
    await client.until('what was missed', (c) => c.held()?.situation.status === 'busy');
    await expect.poll(async () => (await fetch(`${hub.url}/ready`)).status, SOON).toBe(200);
    await put(person, 'status', { status: 'absent' });
    await client.until('a push', (c) => c.held()?.situation.status === 'absent');
  });

  it('passes over nothing when transactions commit out of order, and waits for none', async () => {
    const [early, late] = [await linked(), await linked()];
    const log = (sessionId: string) => sql`
      with logged as (
        insert into change_log (account_id, kind, subject_id) values (${centre.accountId}::uuid, 'session', ${sessionId}::uuid) returning id)
      update session set status = 'busy', situation_seq = (select id from logged) where id = ${sessionId}::uuid`;
    const committed = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    // Takes its ids first and commits last.
    const slow = hub.db.transaction().execute(async (trx) => {
      await log(early.sessionId).execute(trx);
      begun.resolve();
      await committed.promise;
    });
    await begun.promise;
    await log(late.sessionId).execute(hub.db);
    await late.client.until('the later one', (c) => c.held()?.situation.status === 'busy');
    expect(early.client.held()?.situation.status).toBe('connected');
    committed.resolve();
    await slow;
    await early.client.until('the earlier one', (c) => c.held()?.situation.status === 'busy');
  });
});

describe('two hubs on one database', () => {
  let second: Hub;
  beforeAll(async () => {
    second = await besides(hub.hub);
  }, 60_000);
  afterAll(() => second?.close(), 60_000);

  it('each push to their own links what either changed', async () => {
    const { person, client, sessionId } = await linked();
    const other = await linked();
    const beyond = await connect({ token: person.token, sessionId }, second.url);
    await beyond.until('the first word', ({ snapshots }) => snapshots.length === 1);
    await put(person, 'profile', { profileId: mailing });
    await beyond.until('the push', (c) => c.held()?.profile.active?.name === 'Mailing');
    await centre.publish(inbound, 'Inbound', { defaultActivity: centre.activities.phone, settings: { 'history.access': true } });
    await other.client.until('the publish', (c) => c.held()?.profile.active?.document.settings['history.access'] === true);
    await client.until('its own too', (c) => c.held()?.profile.active?.name === 'Mailing');
    expect(await banner(person)).toMatchObject({ situation: beyond.held()!.situation });
  });
});
