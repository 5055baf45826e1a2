import { HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEARTBEAT_MS } from '../../lib/api/live.ts';
import { settled } from '../fakes/clock.ts';
import { anInteraction } from '../fakes/interaction.ts';
import { aSnapshot } from '../fakes/state.ts';
import { aBrowser, aClient, answered, signedIn, until } from './a-client.ts';
import { aProblem, type HandHub, handHub, HUB } from './hand-hub.ts';

let hub: HandHub;
beforeEach(() => {
  hub = handHub();
});
afterEach(() => hub.close());

describe('signing in', () => {
  it('goes from signed out to an open session and a live link', async () => {
    const it = aClient(hub);
    await it.signIn();
    expect(it.states.map(({ phase }) => phase).filter((phase, at, all) => phase !== all[at - 1])).toEqual([
      'signedOut',
      'signingIn',
      'opening',
      'open',
    ]);
    expect(it.state()).toMatchObject({ confirmed: true, problem: null, connection: { state: 'live' } });
    const [address] = it.browser.windows;
    expect(Object.fromEntries(address!.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      resource: 'urn:pennon:hub',
      scope: 'openid offline_access',
    });
    expect(hub.last('openSession')).toMatchObject({ body: { browser: 'Chromium on Linux' } });
    expect(hub.last('openSession')?.headers.get('idempotency-key')).toBeTruthy();
    expect(it.socket().sent[0]).toEqual({
      type: 'hello',
      token: 'access-1',
      holds: { epoch: 1, profile: 10, person: 10, situation: 10 },
      sessionId: 's1',
    });
  });

  it('is never stale on the way, however long nobody was signed in', async () => {
    const it = aClient(hub);
    await it.client.start();
    await it.clock.pass(3_600_000);
    await it.signIn();
    expect(new Set(it.states.map(({ connection }) => connection.state))).toEqual(new Set(['signedOut', 'reconnecting', 'live']));
  });

  it('leaves no token where frames, other pages or the disk could have it', async () => {
    const it = aClient(hub);
    await it.signIn();
    const said = JSON.stringify([it.states, [...it.browser.local.held], it.browser.cached()]);
    expect(said).not.toMatch(/access-|refresh-/);
    const keys = [...it.browser.session.held].filter(([, value]) => JSON.stringify(value).includes('access-')).map(([key]) => key);
    expect(keys).toEqual(['pennon.kept']);
  });

  it.each([
    ['closes the window', () => Promise.reject(new Error('The user did not approve access.'))],
    ['says no at the issuer', (address: URL) => answered(address, { error: 'access_denied' })],
  ])('is no error when the person %s', async (_what, inWindow) => {
    const it = aClient(hub);
    it.browser.inWindow = inWindow;
    await it.client.start();
    expect(await it.call('signIn')).toEqual({ ok: true, value: undefined });
    expect(it.state()).toMatchObject({ phase: 'signedOut', problem: null });
  });

  it('does not take an answer that was not asked for', async () => {
    const it = aClient(hub);
    it.browser.inWindow = (address) => signedIn(address).replace(/state=[^&]+/, 'state=forged');
    await it.client.start();
    expect(await it.call('signIn')).toMatchObject({ ok: false, problem: { code: 'client.signInFailed' } });
    expect(it.state()).toMatchObject({ phase: 'signedOut', problem: { code: 'client.signInFailed' } });
    expect(hub.count('token')).toBe(0);
  });

  it('goes to the hub that the settings name, though their change has not been told yet', async () => {
    const it = aClient(hub, { ...aBrowser(), hub: 'http://127.0.0.1:7579' });
    await it.client.start();
    it.browser.hub = HUB;
    expect(await it.call('signIn')).toEqual({ ok: true, value: undefined });
    expect(it.state()).toMatchObject({ hub: HUB, phase: 'open' });
  });

  it('opens one window for two frames that ask at once', async () => {
    const it = aClient(hub);
    await it.client.start();
    await Promise.all([it.call('signIn'), it.call('signIn')]);
    expect(it.browser.windows).toHaveLength(1);
  });

  it('keeps the background awake while a person types', async () => {
    const it = aClient(hub);
    let finish: ((address: string) => void) | undefined;
    it.browser.inWindow = (address) => new Promise((resolve) => (finish = () => resolve(signedIn(address))));
    await it.client.start();
    const answer = it.call('signIn');
    await until(() => finish !== undefined);
    const before = it.browser.session.calls();
    await it.clock.pass(60_000);
    expect(it.browser.session.calls() - before).toBeGreaterThanOrEqual(3);
    finish!('');
    expect(await answer).toEqual({ ok: true, value: undefined });
  });

  it('works with a machine whose clock is hours off', async () => {
    const it = aClient(hub);
    await it.clock.pass(3 * 3_600_000);
    await it.signIn();
    expect(it.state()).toMatchObject({ phase: 'open' });
    expect(it.state().clockOffset).toBe(-3 * 3_600_000);
  });

  it('sends no token to an issuer in clear text beyond this machine', async () => {
    hub.answers('hub', () =>
      HttpResponse.json({ name: 'x', version: '1', issuer: 'http://login.example', clientId: 'c', resource: null, scopes: [] }),
    );
    const it = aClient(hub);
    await it.client.start();
    expect(await it.call('signIn')).toMatchObject({ ok: false, problem: { code: 'client.insecure' } });
    expect(it.browser.windows).toEqual([]);
  });
});

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

describe('tokens', () => {
  it('are renewed once when the hub refuses one, and the call is made again', async () => {
    const it = aClient(hub);
    await it.signIn();
    // By the token, not by count: one call may be made again before the other has arrived.
    hub.answers('setFlow', ({ request }) =>
      request.headers.get('authorization') === 'Bearer access-1' ? aProblem('auth.invalid') : HttpResponse.json(hub.snapshot),
    );
    const answers = await Promise.all([it.call('setFlow', 'voice', true), it.call('setFlow', 'email', true)]);
    expect(answers).toEqual([
      { ok: true, value: undefined },
      { ok: true, value: undefined },
    ]);
    expect(hub.refreshed).toEqual(['refresh-1']);
    expect(hub.last('setFlow')?.headers.get('authorization')).toBe('Bearer access-2');
    expect(it.socket().sent).toContainEqual({ type: 'token', token: 'access-2' });
  });

  it('are not renewed again for a refusal of the one before, however late it comes', async () => {
    const it = aClient(hub);
    await it.signIn();
    hub.answers('setFlow', async ({ request }) => {
      if (request.headers.get('authorization') !== 'Bearer access-1') return HttpResponse.json(hub.snapshot);
      if (((await request.clone().json()) as { on: boolean }).on) await until(() => hub.count('setFlow') === 2);
      return aProblem('auth.invalid');
    });
    const late = it.call('setFlow', 'voice', true);
    expect(await it.call('setFlow', 'email', false)).toEqual({ ok: true, value: undefined });
    expect(await late).toEqual({ ok: true, value: undefined });
    expect(hub.refreshed).toEqual(['refresh-1']);
  });

  it('are renewed before their end, each refresh token used once', async () => {
    const it = aClient(hub);
    await it.signIn();
    for (const renewals of [1, 2, 3]) {
      for (let passed = 0; passed < 540_000; passed += HEARTBEAT_MS) {
        it.socket().say({ type: 'beat', now: it.clock.now() });
        await it.clock.pass(HEARTBEAT_MS);
      }
      await until(() => it.socket().sent.some(({ token }) => token === `access-${renewals + 1}`));
    }
    expect(new Set(hub.refreshed).size).toBe(hub.refreshed.length);
    expect(it.state().phase).toBe('open');
  });

  it('that the issuer gives no more end the session, saying so', async () => {
    const it = aClient(hub);
    await it.signIn();
    hub.refuses('banner', 'auth.invalid');
    hub.tokenAnswers(() => HttpResponse.json({ error: 'invalid_grant' }, { status: 400 }));
    expect(await it.call('refresh')).toMatchObject({ ok: false, problem: { code: 'client.signedOut' } });
    expect(it.state()).toMatchObject({ phase: 'signedOut', ended: 'expired', snapshot: null });
    expect(it.streams()).toBe(0);
  });

  it.each([
    ['the network is down', () => HttpResponse.error()],
    ['the issuer fails', () => new HttpResponse('oops', { status: 502 })],
  ])('that cannot be renewed because %s sign nobody out', async (_why, resolver) => {
    const it = aClient(hub);
    await it.signIn();
    hub.refuses('banner', 'auth.invalid');
    hub.tokenAnswers(resolver);
    expect(await it.call('refresh')).toMatchObject({ ok: false, problem: { code: 'client.issuerOffline' } });
    expect(it.state()).toMatchObject({ phase: 'open', snapshot: { person: { id: 'ana' } } });
  });

  // RingCentral Embeddable: a 403 signs the agent out in mid-call.
  it('and the call in hand stay whatever the hub says 403 to', async () => {
    const it = aClient(hub);
    await it.signIn();
    const call = anInteraction({ id: 'i1' });
    it.socket().say({ type: 'snapshot', ...aSnapshot({ situation: 20 }), situation: { ...aSnapshot({ situation: 20 }).situation, interactions: [call] } });
    const inCall = () => expect(it.state()).toMatchObject({ phase: 'open', pending: [], snapshot: { situation: { interactions: [{ id: 'i1', phase: 'live' }] } } });
    inCall();
    const [token, streams] = [hub.issued, it.streams()];
    for (const name of ['command', 'banner', 'switchProfile', 'setActivity', 'setFlow', 'setStatus', 'readInteraction', 'receipts'] as const) hub.refuses(name, 'forbidden');
    const answers = [await it.call('command', 'int.hangup', { interactionId: 'i1' }), await it.call('refresh'), await it.call('switchProfile', 'p2'), await it.call('setActivity', 'a1'), await it.call('setFlow', 'voice', true), await it.call('setStatus', 'busy')];
    expect(answers).toEqual(answers.map(() => expect.objectContaining({ ok: false, problem: expect.objectContaining({ code: 'forbidden' }) })));
    await it.client.ring();
    inCall();
    expect([hub.issued, it.streams()]).toEqual([token, streams]);
  });

  it('stay when the hub says 403: a refusal is no sign-out', async () => {
    const it = aClient(hub);
    await it.signIn();
    hub.refuses('setFlow', 'forbidden');
    expect(await it.call('setFlow', 'voice', true)).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
    expect(it.state()).toMatchObject({ phase: 'open', pending: [] });
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

describe('signing out', () => {
  it('tells the hub and the issuer, and leaves nothing', async () => {
    const it = aClient(hub);
    await it.signIn();
    expect(await it.call('signOut')).toEqual({ ok: true, value: undefined });
    expect([hub.count('endSession'), hub.count('revoke')]).toEqual([1, 1]);
    expect(it.state()).toMatchObject({ phase: 'signedOut', ended: null, snapshot: null });
    expect(it.browser.cached()).toBeNull();
    expect(it.browser.watchdog).toBe(false);
    expect(JSON.stringify([...it.browser.session.held])).not.toMatch(/access-|refresh-|Ana Ruiz/);
  });

  it('works without a network, and asks who it is the next time', async () => {
    const it = aClient(hub);
    await it.signIn();
    hub.answers('endSession', () => new Promise<never>(() => {}));
    const answer = it.call('signOut');
    await until(() => hub.count('endSession') === 0 && it.state().pending.includes('core.logout'));
    await it.clock.pass(5000);
    expect(await answer).toMatchObject({ ok: true });
    expect(it.state().phase).toBe('signedOut');
    await it.call('signIn');
    expect(it.browser.windows.at(-1)!.searchParams.get('prompt')).toBe('login');
  });

  it('lets no late answer paint again what was taken away', async () => {
    const it = aClient(hub);
    await it.signIn();
    let late: ((response: Response) => void) | undefined;
    hub.answers('banner', () => new Promise<Response>((resolve) => (late = resolve)));
    const refresh = it.call('refresh');
    await until(() => late !== undefined);
    await it.call('signOut');
    late!(Response.json(hub.snapshot));
    await refresh;
    expect(it.state().snapshot).toBeNull();
  });

  it('is what a change of the hub begins with', async () => {
    const it = aClient(hub);
    await it.signIn();
    it.changeHub('https://other.example');
    await until(() => it.state().hub === 'https://other.example');
    expect(hub.count('endSession')).toBe(1);
    expect(it.state()).toMatchObject({ phase: 'signedOut', snapshot: null });
    expect(it.streams()).toBe(0);
  });
});

describe('a background that was suspended', () => {
  it('goes on with its session, from its cursor, without a window', async () => {
    const browser = aBrowser();
    const before = aClient(hub, browser);
    await before.signIn();
    before.suspend();
    await browser.clock.pass(90_000);
    const after = aClient(hub, browser);
    await after.client.start();
    expect(after.state()).toMatchObject({ phase: 'open', confirmed: false, connection: { state: 'reconnecting' } });
    await until(() => after.sockets.length === 1);
    after.socket().open();
    expect(after.socket().sent[0]).toMatchObject({ type: 'hello', holds: { profile: 10 }, sessionId: 's1' });
    after.socket().welcome({ ...hub.snapshot });
    expect(after.state()).toMatchObject({ confirmed: true, connection: { state: 'live' } });
    expect(hub.count('openSession')).toBe(1);
    expect(browser.windows).toHaveLength(1);
  });

  it('says since when it is stale where it does not get the link back', async () => {
    const browser = aBrowser();
    const before = aClient(hub, browser);
    await before.signIn();
    const confirmedAt = browser.clock.now();
    before.suspend();
    await browser.clock.pass(90_000);
    const after = aClient(hub, browser);
    await after.client.start();
    await browser.clock.pass(10_000);
    expect(after.state()).toMatchObject({ connection: { state: 'stale', asOf: confirmedAt } });
  });

  it('does not go on with a hub that was changed meanwhile', async () => {
    const browser = aBrowser();
    const before = aClient(hub, browser);
    await before.signIn();
    before.suspend();
    browser.hub = 'https://other.example';
    const after = aClient(hub, browser);
    await after.client.start();
    expect(after.state()).toMatchObject({ phase: 'signedOut', hub: 'https://other.example', snapshot: null });
    expect(JSON.stringify([...browser.session.held])).not.toMatch(/access-/);
  });
});

describe('a browser that starts', () => {
  const restarted = async () => {
    const browser = aBrowser();
    const before = aClient(hub, browser);
    await before.signIn();
    before.suspend();
    browser.session.held.clear();
    return browser;
  };

  it('paints the last snapshot unconfirmed, and signs in without a window where the issuer knows it', async () => {
    const browser = await restarted();
    const after = aClient(hub, browser);
    await after.client.start();
    expect(after.states.find(({ snapshot }) => snapshot !== null)).toMatchObject({ phase: 'signingIn', confirmed: false });
    await until(() => after.state().phase === 'open');
    expect(browser.windows.at(-1)!.searchParams.get('prompt')).toBe('none');
    expect(hub.last('openSession')?.body).toMatchObject({ resume: 's1' });
    await until(() => after.sockets.length === 1);
  });

  it('opens no second window for a person who signs in meanwhile', async () => {
    const browser = await restarted();
    const after = aClient(hub, browser);
    await after.client.start();
    await after.call('signIn');
    expect(after.state().phase).toBe('open');
    expect(browser.windows).toHaveLength(2);
  });

  it('shows nothing of it where the issuer wants to ask', async () => {
    const browser = await restarted();
    browser.inWindow = (address) => answered(address, { error: 'login_required' });
    const after = aClient(hub, browser);
    await after.client.start();
    await until(() => browser.windows.length === 2 && after.state().phase === 'signedOut');
    expect(after.state()).toMatchObject({ snapshot: null, problem: null });
  });

  it('asks nobody after a sign-out', async () => {
    const browser = aBrowser();
    const before = aClient(hub, browser);
    await before.signIn();
    await before.call('signOut');
    before.suspend();
    browser.session.held.clear();
    const after = aClient(hub, browser);
    await after.client.start();
    await settled();
    expect(browser.windows).toHaveLength(1);
    expect(after.state().phase).toBe('signedOut');
  });
});

it('answers every verb with a problem, none with a rejection, while signed out', async () => {
  const it = aClient(hub);
  await it.client.start();
  for (const answer of await Promise.all([
    it.call('switchProfile', 'p2'),
    it.call('previewProfile', 'p2'),
    it.call('setFlow', 'voice', true),
    it.call('command', 'core.status', {}),
    it.call('refresh'),
    it.call('takeOver'),
  ])) {
    expect(answer).toMatchObject({ ok: false, problem: { code: 'client.signedOut' } });
  }
});
