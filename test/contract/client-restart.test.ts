import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settled } from '../fakes/clock.ts';
import { aBrowser, aClient, answered, until } from './a-client.ts';
import { type HandHub, handHub } from './hand-hub.ts';

let hub: HandHub;
beforeEach(() => {
  hub = handHub();
});
afterEach(() => hub.close());

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
