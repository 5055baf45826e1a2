import { http, HttpResponse, ws as mswSocket } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatCursor, HEARTBEAT_MS, STALL_MS } from '../../lib/api/live.ts';
import type { Part } from '../../lib/api/parts.ts';
import { SOCKET_FAILURES } from '../../lib/live/link-core.ts';
import { createSocketConnector } from '../../lib/live/stream.ts';
import { RECONNECTING_MS } from '../../lib/session/connection.ts';
import { settled } from '../fakes/clock.ts';
import { aSnapshot } from '../fakes/state.ts';
import { aBrowser, aClient, type TestClient, until } from './a-client.ts';
import { HUB, type HandHub, handHub } from './hand-hub.ts';

let hub: HandHub;
beforeEach(() => {
  hub = handHub();
});
afterEach(() => hub.close());

async function live(): Promise<TestClient> {
  const it = aClient(hub);
  await it.signIn();
  return it;
}

const push = (it: TestClient, is: Parameters<typeof aSnapshot>[0], ...parts: Part[]) => {
  const whole = aSnapshot(is);
  const { epoch, now, expiresAt } = whole;
  it.socket().say({ type: 'snapshot', epoch, now, expiresAt, ...Object.fromEntries(parts.map((part) => [part, whole[part]])) });
};

describe('the live link', () => {
  it('takes what changed together at once, and nothing older', async () => {
    const it = await live();
    const from = it.states.length;
    push(it, { profile: 12, version: 2, situation: 12, voice: false }, 'profile', 'situation');
    push(it, { profile: 11, version: 1, situation: 11, voice: true }, 'profile', 'situation');
    const seen = it.states.slice(from).map(({ snapshot }) => [snapshot?.profile.seq, snapshot?.situation.seq]);
    expect(seen).toEqual([[12, 12]]);
    expect(it.state().snapshot?.profile.active?.version).toBe(2);
  });

  it('tells nobody what was told already, and how long it may be shown where that is longer by a second, or shorter', async () => {
    const it = await live();
    push(it, { profile: 12, version: 2 }, 'profile');
    const told = it.states.length;
    const { expiresAt } = it.state().snapshot!;
    let { now } = it.state().snapshot!;
    const say = (longer: number) => {
      const { epoch, profile } = aSnapshot({ profile: 12, version: 2 });
      it.socket().say({ type: 'snapshot', epoch, now: (now += 1), expiresAt: expiresAt + longer, profile });
      return [it.states.length - told, it.state().snapshot!.expiresAt - expiresAt];
    };
    expect([say(20), say(999), say(1000), say(990)]).toEqual([[0, 0], [0, 0], [1, 1000], [2, 990]]);
  });

  it('passes on that rows have changed to whoever follows, and holds nothing else for it', async () => {
    const it = await live();
    const heard: string[] = [];
    const stop = it.client.follow((module) => void heard.push(module));
    const before = it.state().snapshot;
    it.socket().say({ type: 'changed', now: 5, module: 'mod.cases' });
    stop();
    it.socket().say({ type: 'changed', now: 6, module: 'mod.tasks' });
    expect([heard, it.state().snapshot, it.state().problem]).toEqual([['mod.cases'], before, null]);
  });

  // Flagsmith: an update that arrives while a fetch is in flight is dropped.
  it('loses no update that arrives while an answer is under way', async () => {
    const it = await live();
    let answer: ((response: Response) => void) | undefined;
    hub.answers('banner', () => new Promise<Response>((resolve) => (answer = resolve)));
    const refresh = it.call('refresh');
    await until(() => answer !== undefined);
    push(it, { profile: 20, version: 2 }, 'profile');
    answer!(Response.json(aSnapshot({ situation: 15, voice: false })));
    await refresh;
    expect(it.state().snapshot).toMatchObject({ profile: { seq: 20 }, situation: { seq: 15 } });
  });

  // GrowthBook #1603: a cached load never opens the stream.
  it('is opened after a snapshot from the cache too', async () => {
    const browser = aBrowser();
    const before = aClient(hub, browser);
    await before.signIn();
    before.suspend();
    browser.session.held.clear();
    const after = aClient(hub, browser);
    await after.client.start();
    await until(() => after.sockets.length === 1);
    expect(after.streams()).toBe(1);
  });

  // LaunchDarkly js-core #633: streams multiply until out of memory.
  it('is one only, however often it is asked for', async () => {
    const it = await live();
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([it.call('refresh'), it.client.ring(), it.call('signIn')]);
      it.client.online();
      if (round % 3 === 0) it.socket().drop();
      await it.clock.pass(1000);
      await until(() => it.streams() === 1);
      if (it.socket().readyState === 0) it.socket().welcome(hub.snapshot);
    }
    expect(it.sockets.length).toBeLessThan(10);
  });

  it('keeps the browser from suspending the background: an extension call for each message', async () => {
    const it = await live();
    for (let beat = 0; beat < 5; beat += 1) {
      const before = it.browser.session.calls();
      it.socket().say({ type: 'beat', now: it.clock.now() });
      await settled();
      expect(it.browser.session.calls()).toBeGreaterThan(before);
    }
  });

  it('tells no frame of beats: nothing changed', async () => {
    const it = await live();
    const told = it.states.length;
    it.socket().say({ type: 'beat', now: it.clock.now() });
    it.socket().say({ type: 'beat', now: it.clock.now() + 3 });
    expect(it.states).toHaveLength(told);
  });

  it('is reconnecting when lost, stale after ten seconds with when it was sure, and live again', async () => {
    const it = await live();
    await it.clock.pass(5000);
    it.socket().say({ type: 'beat', now: it.clock.now() });
    const heardAt = it.clock.now();
    it.socket().drop();
    expect(it.state().connection).toMatchObject({ state: 'reconnecting', asOf: heardAt });
    expect(it.state().connection.nextTryAt).not.toBeNull();
    await it.clock.pass(RECONNECTING_MS);
    expect(it.state()).toMatchObject({ connection: { state: 'stale', asOf: heardAt }, snapshot: { person: { id: 'ana' } } });
    await until(() => it.sockets.length > 1);
    it.socket().welcome();
    expect(it.state().connection.state).toBe('stale');
    const { epoch } = aSnapshot();
    it.socket().say({ type: 'snapshot', epoch, now: it.clock.now(), expiresAt: it.clock.now() + 1000 });
    expect(it.state()).toMatchObject({ confirmed: true, connection: { state: 'live', nextTryAt: null } });
  });

  it('that is lost is stale after ten seconds, also where the clock is put back meanwhile', async () => {
    const it = await live();
    it.socket().drop();
    it.clock.turn(-3_600_000);
    await it.clock.pass(RECONNECTING_MS - 1);
    expect(it.state().connection.state).toBe('reconnecting');
    await it.clock.pass(1);
    expect(it.state().connection.state).toBe('stale');
  });

  it('that falls silent while the clock is put back is taken for lost, beats until then, and is tried again no later', async () => {
    const it = await live();
    it.clock.turn(-3_600_000);
    await it.clock.pass(HEARTBEAT_MS);
    expect(it.socket().sent.at(-1)).toEqual({ type: 'beat' });
    await it.clock.pass(STALL_MS - HEARTBEAT_MS);
    expect(it.sockets[0]!.closed).toBe(true);
    // By the clock that is to be seen.
    expect(Math.abs(it.state().connection.nextTryAt! - it.clock.now())).toBeLessThanOrEqual(1000);
    it.clock.turn(-3_600_000);
    await it.clock.pass(1000);
    await until(() => it.sockets.length > 1);
  });

  it('that falls silent is taken for lost', async () => {
    const it = await live();
    await it.clock.pass(STALL_MS);
    expect(it.sockets[0]!.closed).toBe(true);
    expect(it.socket().sent.filter(({ type }) => type === 'beat')).toHaveLength(Math.floor((STALL_MS - 1) / HEARTBEAT_MS));
    expect(it.state().connection.state).not.toBe('live');
  });

  it('comes back when a stopping hub said', async () => {
    const it = await live();
    it.socket().say({ type: 'bye', code: 'stopping', retryAfterMs: 3000 });
    await it.clock.pass(2999);
    expect(it.sockets).toHaveLength(1);
    await it.clock.pass(1);
    await until(() => it.sockets.length === 2);
  });

  it('comes back with a new token when the old one ran out', async () => {
    const it = await live();
    it.socket().say({ type: 'bye', code: 'tokenExpired' });
    await until(() => it.sockets.length === 2);
    it.socket().open();
    expect(it.socket().sent[0]).toMatchObject({ type: 'hello', token: 'access-2' });
  });

  it('follows a database that was restored to an older epoch, on the word of a fresh link', async () => {
    hub.snapshot = aSnapshot({ epoch: 5 });
    const it = await live();
    push(it, { epoch: 4, profile: 99 }, 'profile', 'person', 'situation');
    expect(it.state().snapshot?.epoch).toBe(5);
    it.socket().drop();
    await it.clock.pass(1000);
    await until(() => it.sockets.length === 2);
    it.socket().welcome(aSnapshot({ epoch: 4, profile: 3 }));
    expect(it.state().snapshot).toMatchObject({ epoch: 4, profile: { seq: 3 } });
  });

  it('asks for the whole where it was sent a piece of something it does not hold', async () => {
    const it = await live();
    hub.snapshot = aSnapshot({ epoch: 9 });
    const { now, expiresAt, profile } = aSnapshot({ epoch: 9, profile: 30 });
    it.socket().say({ type: 'snapshot', epoch: 9, now, expiresAt, profile });
    await until(() => it.state().snapshot?.epoch === 9);
    expect(hub.last('banner')?.headers.get('if-none-match')).toBeNull();
  });
});

describe('a malformed message', () => {
  it('shows nothing, keeps what is held, says so, and is mended by the next whole one', async () => {
    const it = await live();
    hub.answers('banner', () => HttpResponse.json({ nonsense: true }));
    const broken = aSnapshot({ profile: 12, version: 7 });
    it.socket().say({ type: 'snapshot', ...broken, profile: { seq: 12, active: { ...broken.profile.active, document: { schema: 'x' } } } });
    await until(() => hub.count('banner') === 1);
    await settled();
    expect(it.state()).toMatchObject({ problem: { code: 'client.malformed' }, snapshot: { profile: { seq: 10 } }, phase: 'open' });
    expect(it.socket().sent).toContainEqual({ type: 'receipt', profileId: 'p1', version: 7, state: 'failed' });
    push(it, { profile: 13, version: 8 }, 'profile');
    expect(it.state()).toMatchObject({ problem: null, snapshot: { profile: { seq: 13 } } });
  });

  it('does not make the client ask again and again', async () => {
    const it = await live();
    hub.answers('banner', () => HttpResponse.json({ nonsense: true }));
    for (let times = 0; times < 10; times += 1) it.socket().say({ type: 'snapshot', epoch: 'x' });
    await settled();
    await until(() => hub.count('banner') === 1);
    it.socket().say({ type: 'snapshot', epoch: 'x' });
    await settled();
    expect(hub.count('banner')).toBe(1);
  });

  it('is no matter where it is of a type that a newer hub has', async () => {
    const it = await live();
    it.socket().say({ type: 'fanfare' });
    expect(it.state()).toMatchObject({ problem: null, connection: { state: 'live' } });
  });
});

describe('commands', () => {
  it('are pending until the snapshot that confirms them, in one state with it', async () => {
    const it = await live();
    hub.snapshot = aSnapshot({ situation: 11, voice: false });
    const from = it.states.length;
    await it.call('setFlow', 'voice', false);
    const seen = it.states.slice(from).map(({ pending, snapshot }) => [pending, snapshot?.situation.flows.voice.on]);
    expect(seen).toEqual([
      [['flow.voice'], true],
      [[], false],
    ]);
  });

  it('are never drawn as done when refused', async () => {
    const it = await live();
    hub.refuses('setFlow', 'control.refused', { control: 'flow.voice' });
    const from = it.states.length;
    expect(await it.call('setFlow', 'voice', false)).toMatchObject({ problem: { code: 'control.refused' } });
    expect(it.states.slice(from).every(({ snapshot }) => snapshot?.situation.flows.voice.on === true)).toBe(true);
    expect(it.state().pending).toEqual([]);
  });

  it('of two frames for the same control are each pending until answered', async () => {
    const it = await live();
    const answers: ((response: Response) => void)[] = [];
    hub.answers('setFlow', () => new Promise<Response>((resolve) => answers.push(resolve)));
    const [first, second] = [it.call('setFlow', 'voice', false), it.call('setFlow', 'voice', true)];
    await until(() => answers.length === 2);
    answers[0]!(Response.json(hub.snapshot));
    await first;
    expect(it.state().pending).toEqual(['flow.voice']);
    answers[1]!(Response.json(hub.snapshot));
    await second;
    expect(it.state().pending).toEqual([]);
  });

  it('carry the key of their call', async () => {
    const it = await live();
    await it.client.perform('command', ['core.status', { status: 'busy' }], 'the-call');
    expect(hub.last('command')?.headers.get('idempotency-key')).toBe('the-call');
    expect(hub.last('command')?.body).toEqual({ status: 'busy' });
  });
});

describe('receipts', () => {
  const receipts = (it: TestClient) => it.sockets.flatMap(({ sent }) => sent.filter(({ type }) => type === 'receipt'));

  it('say delivered when a version arrives and applied when a frame has painted it, once each', async () => {
    const it = await live();
    push(it, { profile: 12, version: 2 }, 'profile');
    push(it, { situation: 13 }, 'situation');
    await it.call('painted', 'p1', 2);
    await it.call('painted', 'p1', 2);
    expect(receipts(it).map(({ version, state }) => [version, state])).toEqual([
      [1, 'delivered'],
      [2, 'delivered'],
      [2, 'applied'],
    ]);
  });

  it('say leased while a right is kept by lease, and applied after', async () => {
    const it = await live();
    const leased = aSnapshot({ profile: 12, version: 2, situation: 12 });
    const leases = [{ control: 'int.record', interactionId: 'i1' }];
    it.socket().say({ type: 'snapshot', ...leased, situation: { ...leased.situation, leases } });
    await it.call('painted', 'p1', 2);
    push(it, { situation: 13 }, 'situation');
    await settled();
    expect(receipts(it).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'leased', 'applied']);
  });

  it('say nothing of what is not confirmed', async () => {
    const browser = aBrowser();
    const before = aClient(hub, browser);
    await before.signIn();
    before.suspend();
    const after = aClient(hub, browser);
    await after.client.start();
    await after.call('painted', 'p1', 1);
    await until(() => after.sockets.length === 1);
    expect(receipts(after)).toEqual([]);
    after.socket().welcome(hub.snapshot);
    await settled();
    expect(receipts(after).map(({ state }) => state)).toEqual(['applied']);
  });
});

describe('the watchdog', () => {
  it('asks by ETag where no link opens, and an answer stands in for the link for a while', async () => {
    const it = await live();
    await it.call('refresh');
    it.socket().drop();
    await it.clock.pass(RECONNECTING_MS + 5000);
    expect(it.state().connection.state).toBe('stale');
    await it.client.ring();
    expect(hub.last('banner')?.headers.get('if-none-match')).toBe(hub.etag);
    expect(it.state()).toMatchObject({ confirmed: true, connection: { state: 'reconnecting' } });
  });

  it('reads the whole where what is held is past its expiry', async () => {
    const it = await live();
    await it.call('refresh');
    it.socket().drop();
    await it.clock.pass(3_700_000);
    await it.client.ring();
    expect(hub.last('banner')?.headers.get('if-none-match')).toBeNull();
  });

  it('opens the link again after the hub refused it for a while', async () => {
    const it = await live();
    it.socket().say({ type: 'bye', code: 'refused' });
    await until(() => hub.count('banner') === 1);
    expect(it.streams()).toBe(0);
    await it.client.ring();
    await until(() => it.streams() === 1);
  });
});

describe('where WebSockets do not get through', () => {
  it('the event stream carries the same messages, and receipts go by a call', async () => {
    let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
    let asked: Headers | undefined;
    hub.server.use(
      http.get(`${HUB}/api/live`, ({ request }) => {
        asked = request.headers;
        const body = new ReadableStream<Uint8Array>({ start: (controller) => void (stream = controller) });
        return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream' } });
      }),
    );
    const say = (text: string) => stream!.enqueue(new TextEncoder().encode(text));
    const it = await live();
    it.socket().drop();
    for (let failure = 1; failure <= SOCKET_FAILURES; failure += 1) {
      await it.clock.pass(it.state().connection.nextTryAt! - it.clock.now());
      await until(() => it.sockets.length === failure + 1);
      it.socket().drop();
    }
    await it.clock.pass(it.state().connection.nextTryAt! - it.clock.now());
    await until(() => stream !== undefined);
    expect(asked?.get('authorization')).toBe('Bearer access-1');
    expect(asked?.get('pennon-session')).toBe('s1');
    expect(asked?.get('pennon-holds')).toBe(formatCursor({ epoch: 1, profile: 10, person: 10, situation: 10 }));
    say(`data: ${JSON.stringify({ type: 'welcome', sessionId: 's1', now: it.clock.now() })}\n\n`);
    const next = JSON.stringify({ type: 'snapshot', ...aSnapshot({ profile: 12, version: 2 }) });
    // In pieces, and with the other line ends, as a proxy may pass it on.
    say(`: a comment\r\ndata: ${next.slice(0, 40)}`);
    await settled();
    say(`${next.slice(40)}\r\n\r\n`);
    await until(() => it.state().connection.state === 'live');
    expect(it.state().snapshot?.profile.seq).toBe(12);
    await until(() => hub.count('receipts') === 1);
    expect(hub.last('receipts')?.body).toEqual({ profileId: 'p1', version: 2, state: 'delivered' });
    expect(it.streams()).toBe(0);
    say('data: {"type":"bye","code":"takenOver"}\n\n');
    await until(() => it.state().ended === 'takenOver');
  });
});

describe('over a real WebSocket', () => {
  it('says hello in the protocol, with the token in no address', async () => {
    const link = mswSocket.link('ws://127.0.0.1:7560/api/live');
    const seen: { url: string; protocols: unknown; hello: unknown }[] = [];
    let hangUp: (() => void) | undefined;
    hub.server.use(
      link.addEventListener('connection', ({ client, info }) => {
        client.addEventListener('message', ({ data }) => {
          seen.push({ url: client.url.href, protocols: info.protocols, hello: JSON.parse(String(data)) });
          client.send(JSON.stringify({ type: 'beat', now: 1 }));
          hangUp = () => client.close();
        });
      }),
    );
    const heard: string[] = [];
    let closed = 0;
    createSocketConnector((url, protocol) => new WebSocket(url, protocol))(
      { hub: HUB, token: 'secret', holds: null, sessionId: 's1' },
      { message: (text) => heard.push(text), closed: () => (closed += 1) },
    );
    await until(() => heard.length === 1);
    hangUp?.();
    await until(() => closed === 1);
    expect(seen).toEqual([
      {
        url: 'ws://127.0.0.1:7560/api/live',
        protocols: 'pennon.v1',
        hello: { type: 'hello', token: 'secret', holds: null, sessionId: 's1' },
      },
    ]);
    expect(heard).toEqual(['{"type":"beat","now":1}']);
  });
});
