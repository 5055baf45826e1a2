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

  it('keeps nothing that came in the same moment', async () => {
    const it = aClient(hub);
    await it.signIn();
    const { epoch, profile } = aSnapshot({ profile: 12, version: 2 });
    it.socket().say({ type: 'snapshot', epoch, now: it.clock.now(), expiresAt: it.clock.now() + 1000, profile });
    it.socket().say({ type: 'bye', code: 'signedOut' });
    await until(() => it.state().phase === 'signedOut');
    await settled();
    expect(it.browser.cached()).toBeNull();
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
