import { HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settled } from '../fakes/clock.ts';
import { aSnapshot } from '../fakes/state.ts';
import { aClient, until } from './a-client.ts';
import { type HandHub, handHub } from './hand-hub.ts';

let hub: HandHub;
beforeEach(() => {
  hub = handHub();
});
afterEach(() => hub.close());

describe('opening the session', () => {
  it('offers to take it over from another browser', async () => {
    hub.refuses('openSession', 'session.elsewhere', { browser: 'Firefox on Linux', since: 5 }, 1);
    const it = aClient(hub);
    await it.client.start();
    await it.call('signIn');
    expect(it.state()).toMatchObject({ phase: 'elsewhere', elsewhere: { browser: 'Firefox on Linux', since: 5 } });
    expect(await it.call('takeOver')).toEqual({ ok: true, value: undefined });
    expect(hub.last('openSession')?.body).toMatchObject({ takeOver: true });
    expect(it.state()).toMatchObject({ phase: 'open', elsewhere: null });
  });

  it('says that no licence is free, and tries again without a second sign-in', async () => {
    hub.refuses('openSession', 'licence.full', {}, 1);
    const it = aClient(hub);
    await it.client.start();
    expect(await it.call('signIn')).toMatchObject({ ok: false, problem: { code: 'licence.full' } });
    expect(it.state()).toMatchObject({ phase: 'signedOut', problem: { code: 'licence.full' } });
    await it.call('signIn');
    expect(it.state()).toMatchObject({ phase: 'open', problem: null });
    expect(it.browser.windows).toHaveLength(1);
  });

  it('goes on trying by itself while the hub is not ready', async () => {
    hub.refuses('openSession', 'hub.notReady', { retryAfter: 20 }, 1);
    const it = aClient(hub);
    await it.client.start();
    await it.call('signIn');
    expect(it.state()).toMatchObject({ phase: 'opening', problem: { code: 'hub.notReady' } });
    await it.clock.pass(20_000);
    await until(() => it.state().phase === 'open');
    expect(it.state().problem).toBeNull();
  });

  it('asks who it is when the hub knows nobody of that name', async () => {
    hub.refuses('openSession', 'auth.unknownPerson', {}, 1);
    const it = aClient(hub);
    await it.client.start();
    await it.call('signIn');
    expect(it.state()).toMatchObject({ phase: 'signedOut', problem: { code: 'auth.unknownPerson' } });
    await settled();
    await it.call('signIn');
    expect(it.browser.windows.at(-1)!.searchParams.get('prompt')).toBe('login');
  });

  it('finds its own session again after its answer was lost', async () => {
    let tries = 0;
    hub.answers('openSession', () => {
      tries += 1;
      return tries === 1 ? HttpResponse.error() : HttpResponse.json(hub.snapshot, { status: 201 });
    });
    const it = aClient(hub);
    await it.client.start();
    const answer = it.call('signIn');
    await until(() => tries === 1);
    await it.clock.pass(5000);
    expect(await answer).toMatchObject({ ok: true });
    const keys = hub.heard.filter(({ name }) => name === 'openSession').map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(2);
  });
});

describe('a session', () => {
  it('that the hub let go is opened again without a sign-in, and the call made again', async () => {
    const it = aClient(hub);
    await it.signIn();
    hub.refuses('setFlow', 'session.none', {}, 1);
    hub.snapshot = aSnapshot({ sessionId: 's2', situation: 3, profile: 3, voice: false });
    expect(await it.call('setFlow', 'voice', false)).toEqual({ ok: true, value: undefined });
    expect(it.browser.windows).toHaveLength(1);
    expect(it.state()).toMatchObject({ phase: 'open', snapshot: { situation: { sessionId: 's2' } } });
    expect(hub.last('setFlow')?.headers.get('pennon-session')).toBe('s2');
    expect(it.states.every(({ snapshot }, at) => snapshot !== null || at < 4)).toBe(true);
  });

  it('refused by the link for having been idle is opened again', async () => {
    const it = aClient(hub);
    await it.signIn();
    hub.refuses('banner', 'session.none', {}, 1);
    it.socket().say({ type: 'bye', code: 'refused' });
    await until(() => hub.count('openSession') === 2 && it.sockets.length === 2);
    expect(it.state().phase).toBe('open');
    expect(hub.last('openSession')?.body).toMatchObject({ resume: 's1' });
  });

  it.each([
    ['takenOver', 'takenOver'],
    ['disconnected', 'disconnected'],
    ['signedOut', 'expired'],
  ] as const)('ended by the hub (%s) ends here, and everywhere', async (code, ended) => {
    const it = aClient(hub);
    await it.signIn();
    it.socket().say({ type: 'bye', code });
    await settled();
    expect(it.state()).toMatchObject({ phase: 'signedOut', ended, snapshot: null, connection: { state: 'signedOut' } });
    await it.clock.pass(600_000);
    expect(it.sockets).toHaveLength(1);
    expect(it.browser.cached()).toBeNull();
  });

  it.each([
    ['takenOver', 'takenOver'],
    ['disconnected', 'disconnected'],
    ['tokenReused', 'expired'],
  ] as const)('that ended while nobody was listening (%s) is found ended', async (because, ended) => {
    const it = aClient(hub);
    await it.signIn();
    hub.refuses('setStatus', 'session.ended', { because });
    expect(await it.call('setStatus', 'busy')).toMatchObject({ ok: false, problem: { code: 'session.ended' } });
    await settled();
    expect(it.state()).toMatchObject({ phase: 'signedOut', ended });
  });

  it('taken over can be taken back without a window', async () => {
    const it = aClient(hub);
    await it.signIn();
    it.socket().say({ type: 'bye', code: 'takenOver' });
    await settled();
    hub.refuses('openSession', 'session.elsewhere', { browser: 'Firefox on Linux', since: 5 }, 1);
    await it.call('signIn');
    expect(it.state().phase).toBe('elsewhere');
    await it.call('takeOver');
    expect(it.state().phase).toBe('open');
    expect(it.browser.windows).toHaveLength(1);
  });
});
