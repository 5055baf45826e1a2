import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { LIVE_PROTOCOL } from '../../lib/api/live.ts';
import { createEventsConnector, createSocketConnector } from '../../lib/live/stream.ts';
import type { Hub } from '../../server/hub.ts';
import { type Centre, makeCentre, openSession } from '../fixtures/centre.ts';
import { startTestHub, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { byes, connectLive, type LiveClient } from '../fixtures/live-client.ts';
import { connectEvents } from '../fixtures/live-events.ts';
import { besides, NO_POLL, partsWith } from '../fixtures/live-hub.ts';

vi.setConfig({ testTimeout: 30_000 });
/** Waits on a condition, not on a time: how long is only when to give up. */
const SOON = { timeout: 10_000 };

let hub: TestHub;
let centre: Centre;
let inbound: string;
let others: Hub[] = [];

beforeAll(async () => {
  hub = await startTestHub({}, { parts: partsWith(NO_POLL) });
  centre = await makeCentre(hub);
  inbound = await centre.profile('Inbound', { defaultActivity: centre.activities.phone });
}, 60_000);
afterEach(async () => {
  await Promise.all(others.map((other) => other.close()));
  others = [];
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const beside = async (...args: Parameters<typeof partsWith>) => {
  const other = await besides(hub.hub, partsWith(...args));
  others.push(other);
  return other;
};
/** Time that passes is seen by every clock; the machine's is also turned, which is none that passes. */
const createClock = () => {
  let [passed, turned] = [0, 0];
  return {
    now: () => Date.now() + passed + turned,
    elapsed: () => performance.now() + passed,
    pass: (ms: number) => void (passed += ms),
    turn: (ms: number) => void (turned += ms),
  };
};
type TestClock = ReturnType<typeof createClock>;
const besideAt = async (clock: Pick<TestClock, 'now' | 'elapsed'>, ...args: Parameters<typeof partsWith>) => {
  const other = await besides(hub.hub, partsWith(...args), {}, clock);
  others.push(other);
  return other;
};
/** Messages are dealt with in order: once this receipt is kept, what was said before it has been heard. */
const isHeard = async ({ client, person }: { client: LiveClient; person: TestPerson }) => {
  const receipts = () => hub.db.selectFrom('receipt').select('state').where('person_id', '=', person.id).execute();
  client.send({ type: 'receipt', profileId: inbound, version: 1, state: 'applied' });
  await expect.poll(receipts, SOON).toEqual([{ state: 'applied' }]);
};
const signedIn = async (profiles = [inbound]) => {
  const person = await centre.person(profiles);
  const { situation } = await openSession(hub, person);
  return { person, sessionId: situation.sessionId as string };
};
const linkedTo = async (url: string, profiles?: string[]) => {
  const { person, sessionId } = await signedIn(profiles);
  const client = await connectLive(url, { token: person.token, sessionId });
  await client.until('the first word', ({ snapshots }) => snapshots.length === 1);
  return { person, sessionId, client };
};
const put = (person: TestPerson, what: string, body: object) => hub.call(person, 'PUT', `/api/session/${what}`, body);

describe('the care of links', () => {
  it('a socket that says nothing is closed', async () => {
    const { url } = await beside({ ...NO_POLL, helloMs: 50 });
    const client = await connectLive(url, { hello: false });
    await client.until('the close', () => client.closed() !== null);
    expect([client.closed(), client.messages]).toEqual([1008, []]);
  });

  it('a link gone silent is cut, one that is heard is kept and beaten to', async () => {
    const clock = createClock();
    const { url } = await besideAt(clock, { ...NO_POLL, tickMs: 20 });
    const [silent, heard] = [await linkedTo(url), await linkedTo(url)];
    clock.pass(30_000);
    await Promise.all([silent, heard].map(({ client }) => client.until('a beat', ({ messages }) => messages.at(-1)?.type === 'beat')));
    heard.client.send({ type: 'beat' });
    await isHeard(heard);
    clock.pass(30_000);
    await silent.client.until('the cut', () => silent.client.closed() !== null);
    await heard.client.until('another beat', ({ messages }) => messages.filter(({ type }) => type === 'beat').length === 2);
    expect([heard.client.closed(), byes(silent.client)]).toEqual([null, []]);
    await heard.client.close();
  });

  it.each([3_600_000, -3_600_000])('a clock that is turned by %d ms makes no link silent, and none that is', async (by) => {
    const clock = createClock();
    const { url } = await besideAt(clock, { ...NO_POLL, tickMs: 20 });
    const [heard, silent] = [await linkedTo(url), await linkedTo(url)];
    clock.turn(by);
    // Once a beat has come, all links have been looked at.
    clock.pass(30_000);
    await Promise.all([heard, silent].map(({ client }) => client.until('a beat', ({ messages }) => messages.at(-1)?.type === 'beat')));
    heard.client.send({ type: 'beat' });
    await isHeard(heard);
    clock.pass(30_000);
    await silent.client.until('the cut', () => silent.client.closed() !== null);
    expect(heard.client.closed()).toBe(null);
    await heard.client.close();
  });

  it('a clock that is turned back keeps nobody waiting who would have been taken', async () => {
    const clock = createClock();
    const other = await besides(hub.hub, partsWith(NO_POLL), { PENNON_ACCEPT_RATE: 1 }, clock);
    others.push(other);
    const first = await linkedTo(other.url);
    clock.turn(-3_600_000);
    clock.pass(1000);
    const second = await linkedTo(other.url);
    for (const { client } of [first, second]) await client.close();
  });

  it('a link ends with its token, unless that is renewed', async () => {
    const clock = createClock();
    let lifeMs = 60_000;
    const seeing: Parameters<typeof partsWith>[1] = (found) => (found.ok ? { ...found, expiresAt: clock.now() + lifeMs } : found);
    const { url } = await besideAt(clock, { ...NO_POLL, tickMs: 20, stallMs: 3_600_000 }, seeing);
    const [ending, renewed] = [await linkedTo(url), await linkedTo(url)];
    lifeMs = 600_000;
    renewed.client.send({ type: 'token', token: renewed.person.token });
    await isHeard(renewed);
    clock.pass(61_000);
    await ending.client.until('goodbye', () => ending.client.closed() !== null);
    expect(byes(ending.client)).toEqual(['tokenExpired']);
    await put(renewed.person, 'status', { status: 'busy' });
    await renewed.client.until('a push', (c) => c.held()?.situation.status === 'busy');
    await renewed.client.close();
  });

  // LaunchDarkly java-server-sdk #74, from the hub's side.
  it('too many newcomers at once are told when to come back, or not to', async () => {
    const other = await besides(hub.hub, partsWith(NO_POLL), { PENNON_ACCEPT_RATE: 2 }, { elapsed: () => 0 });
    others.push(other);
    const { person, sessionId } = await signedIn();
    const meet = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${other.url.replace('http', 'ws')}/api/live`, LIVE_PROTOCOL);
        socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', token: person.token, sessionId, holds: null })));
        socket.on('message', (data) => {
          const { type, code, retryAfterMs } = JSON.parse(String(data));
          if (type === 'bye') resolve(retryAfterMs >= 500 ? code : 'no wait');
          else resolve(type);
        });
        socket.on('unexpected-response', (_, { statusCode, headers }) => resolve(`${statusCode} ${Number(headers['retry-after']) > 0}`));
        socket.on('error', () => {});
        socket.on('close', () => resolve('cut'));
      });
    const met = await Promise.all(Array.from({ length: 14 }, meet));
    expect(met.filter((how) => how === 'stopping')).toHaveLength(8);
    expect(met.filter((how) => how === '503 true')).toHaveLength(4);
    expect(met).toContain('welcome');
  });

  it('a hub that stops says goodbye, with a wait for each', async () => {
    const other = await besides(hub.hub, partsWith(NO_POLL));
    const links = await Promise.all([1, 2, 3].map(() => linkedTo(other.url)));
    const { person, sessionId } = await signedIn();
    const events = await connectEvents(other.url, { token: person.token, sessionId });
    await expect.poll(() => events.messages.length, SOON).toBe(2);
    await other.close();
    for (const { client } of links) {
      await client.until('the close', () => client.closed() !== null);
      expect(client.messages.at(-1)).toMatchObject({ type: 'bye', code: 'stopping', retryAfterMs: expect.any(Number) });
    }
    expect(events.messages.at(-1)).toMatchObject({ type: 'bye', code: 'stopping' });
  });

  it('says in time that what is held may be shown on', async () => {
    const other = await besides(hub.hub, partsWith(NO_POLL), { PENNON_SNAPSHOT_TTL: 60 });
    others.push(other);
    const { client } = await linkedTo(other.url);
    expect(client.held()!.expiresAt - client.held()!.now).toBe(60_000);
    await client.close();
  });

  it('refuses a socket of another protocol, and one elsewhere', async () => {
    const status = (path: string, ...protocols: string[]) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${hub.url.replace('http', 'ws')}${path}`, protocols);
        socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
        socket.on('error', () => {});
      });
    expect(await status('/api/live')).toBe(400);
    expect(await status('/api/live', 'chat')).toBe(400);
    expect(await status('/elsewhere', LIVE_PROTOCOL)).toBe(404);
  });
});

describe('a lost notification', () => {
  it('is healed by looking from time to time', async () => {
    const { url } = await beside({ pollMs: 50 });
    const { person, client } = await linkedTo(url);
    await sql`alter table change_log disable trigger change_log_wake`.execute(hub.db);
    try {
      await put(person, 'status', { status: 'busy' });
      await client.until('the change', (c) => c.held()?.situation.status === 'busy');
    } finally {
      await sql`alter table change_log enable trigger change_log_wake`.execute(hub.db);
    }
    await client.close();
  });
});

// OpenCTI #13908: unbounded buffering for a slow client.
describe('a reader that does not keep up', () => {
  const big = (at: number) => ({ settings: { 'x-filling': `${at} `.padEnd(900_000, 'x') } });

  it('is sent only the newest state once it reads on', async () => {
    // However long the publishes take: a reader that only lags is not cut off.
    const { url } = await beside({ ...NO_POLL, stallMs: 3_600_000, stuckMs: 3_600_000 });
    const id = await centre.profile('Slow');
    const { person, client } = await linkedTo(url, [id]);
    client.pause();
    const VERSIONS = 24;
    for (let at = 1; at <= VERSIONS; at++) await centre.publish(id, 'Slow', big(at));
    await put(person, 'status', { status: 'busy' });
    client.resume();
    await client.until('the newest', (c) => c.held()?.profile.active?.version === VERSIONS + 1 && c.held()?.situation.status === 'busy');
    expect(client.snapshots.length).toBeLessThan(VERSIONS);
    await client.close();
  }, 180_000);

  it('is cut off where it takes nothing at all', async () => {
    const { url, context } = await beside({ ...NO_POLL, tickMs: 50, stuckMs: 300 });
    const id = await centre.profile('Stuck');
    const { client } = await linkedTo(url, [id]);
    client.pause();
    for (let at = 1; at <= 16; at++) await centre.publish(id, 'Stuck', big(at));
    const links = async () => (await context.metrics.sockets.get()).values.reduce((sum, { value }) => sum + value, 0);
    await expect.poll(links, SOON).toBe(0);
    client.resume();
    await client.until('the cut', () => client.closed() !== null);
    expect(client.closed()).toBe(1006);
  }, 180_000);
});

describe('the event stream', () => {
  it('says what a socket says', async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    const events = await connectEvents(hub.url, { token: one.person.token, sessionId: one.sessionId });
    const socket = await connectLive(hub.url, { token: two.person.token, sessionId: two.sessionId });
    await socket.until('the first word', ({ snapshots }) => snapshots.length === 1);
    await expect.poll(() => events.messages.length, SOON).toBe(2);
    expect([events.status, events.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    await put(one.person, 'status', { status: 'busy' });
    await put(two.person, 'status', { status: 'busy' });
    await centre.publish(inbound, 'Inbound', { defaultActivity: centre.activities.phone, settings: { 'history.access': true } });
    await socket.until('both', ({ snapshots }) => snapshots.length === 3);
    await expect.poll(() => events.messages.length, SOON).toBe(4);
    const said = (messages: readonly object[]) => messages.map((message) => Object.keys(message));
    expect(said(events.messages)).toEqual(said(socket.messages));
    expect(events.messages[3]).toEqual({ ...socket.messages[3], now: expect.any(Number), expiresAt: expect.any(Number) });
    events.close();
    await socket.close();
  });

  it('goes on from what is held, and ends with the session', async () => {
    const { person, sessionId } = await signedIn();
    const { body: held } = await hub.call(person, 'GET', '/api/banner');
    const events = await connectEvents(hub.url, { token: person.token, sessionId, held });
    await expect.poll(() => events.messages.length, SOON).toBe(2);
    expect(events.messages[1]).not.toHaveProperty('profile');
    await hub.call(person, 'DELETE', '/api/session');
    await expect.poll(() => events.ended(), SOON).toBe(true);
    expect(events.messages.at(-1)).toEqual({ type: 'bye', code: 'signedOut' });
  });

  it('is refused without a token, and says goodbye without a session', async () => {
    expect((await fetch(`${hub.url}/api/live`)).status).toBe(401);
    const person = await centre.person([inbound]);
    const events = await connectEvents(hub.url, { token: person.token });
    await expect.poll(() => events.ended(), SOON).toBe(true);
    expect(events.messages).toEqual([{ type: 'bye', code: 'refused' }]);
  });

  it('and the socket say what the extension\'s own connectors read', async () => {
    const socket = createSocketConnector((url, protocol) => new globalThis.WebSocket(url, protocol));
    for (const connect of [socket, createEventsConnector(fetch)]) {
      const { person, sessionId } = await signedIn();
      const types: string[] = [];
      let closed = false;
      const listener = { message: (text: string) => void types.push(JSON.parse(text).type), closed: () => void (closed = true) };
      connect({ hub: hub.url, token: person.token, holds: null, sessionId }, listener);
      await expect.poll(() => types, SOON).toEqual(['welcome', 'snapshot']);
      await hub.call(person, 'DELETE', '/api/session');
      await expect.poll(() => closed, SOON).toBe(true);
      expect(types).toEqual(['welcome', 'snapshot', 'bye']);
    }
  });

  it('gives way to a socket of the same session', async () => {
    const { person, sessionId } = await signedIn();
    const events = await connectEvents(hub.url, { token: person.token, sessionId });
    await expect.poll(() => events.messages.length, SOON).toBe(2);
    const socket = await connectLive(hub.url, { token: person.token, sessionId });
    await socket.until('the first word', ({ snapshots }) => snapshots.length === 1);
    await expect.poll(() => events.ended(), SOON).toBe(true);
    await socket.close();
  });
});
