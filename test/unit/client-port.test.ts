import { describe, expect, it } from 'vitest';
import type { ClientState } from '../../lib/session/client-state.ts';
import { connectClient } from '../../lib/session/port.ts';
import { ROWS_PORT } from '../../lib/session/port-messages.ts';
import { followRows } from '../../lib/session/rows-port.ts';
import { type ClientHost, serveClient } from '../../lib/session/serve-client.ts';
import { createMirror } from '../../lib/store/mirror.ts';
import { fakeClock, settled } from '../fakes/clock.ts';
import { fakeRuntime, fakeSessionStorage, OWN_PAGE } from '../fakes/ports.ts';
import { aSnapshot, aState } from '../fakes/state.ts';

/** A background with one state, that notes what is asked of it. */
function aHost(first: ClientState = aState()) {
  const listeners = new Set<(state: ClientState) => void>();
  const following = new Set<(module: string) => void>();
  const performed: { verb: string; key: string }[] = [];
  let state = first;
  let gate: Promise<void> = Promise.resolve();
  let mirrored: Promise<void> = Promise.resolve();
  const host: ClientHost = {
    subscribe(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    follow(heard) {
      following.add(heard);
      return () => void following.delete(heard);
    },
    mirrored: () => mirrored,
    async perform(verb, _args, key) {
      performed.push({ verb, key });
      await gate;
      return { ok: true, value: undefined as never };
    },
  };
  return {
    host,
    performed,
    listeners,
    following,
    changed(module: string) {
      for (const heard of following) heard(module);
    },
    say(next: ClientState) {
      state = next;
      for (const listener of listeners) listener(next);
    },
    hold() {
      gate = new Promise(() => {});
    },
    /** Says it before it is mirrored. @returns what mirrors it */
    sayEarly(next: ClientState): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      mirrored = promise;
      this.say(next);
      return resolve;
    },
  };
}

async function mirroring(state: ClientState) {
  const storage = fakeSessionStorage();
  await createMirror(storage.area)(state);
  return storage;
}

function aFrame(runtime = fakeRuntime(), storage = fakeSessionStorage(), url = OWN_PAGE, mirrored?: Promise<ClientState | null>, afterPaint?: (act: () => void) => void) {
  const clock = fakeClock();
  const seen: ClientState[] = [];
  let ids = 0;
  let onReturn: (() => void) | undefined;
  const client = connectClient({
    runtime: runtime.frameRuntime(url),
    session: storage.area,
    changes: storage.changes,
    clock,
    random: () => 1,
    newId: () => `call-${(ids += 1)}`,
    onReturn: (listener) => (onReturn = listener),
    ...(afterPaint ? { afterPaint } : {}),
  }, mirrored);
  client.subscribe((state) => seen.push(state));
  return { client, clock, seen, returned: () => onReturn?.(), last: () => seen.at(-1) };
}

describe('a frame', () => {
  it('paints from the mirror before any background answers', async () => {
    const storage = await mirroring(aState({ confirmed: false }));
    const { last } = aFrame(fakeRuntime(), storage);
    await settled();
    expect(last()).toMatchObject({ confirmed: false, snapshot: { person: { name: 'Ana Ruiz' } } });
  });

  it('paints from what was read of the mirror before it connected, and reads it no second time', async () => {
    const storage = await mirroring(aState({ confirmed: true }));
    const { seen } = aFrame(fakeRuntime(), storage, OWN_PAGE, Promise.resolve(aState({ confirmed: false })));
    await settled();
    expect(seen.map(({ confirmed }) => confirmed)).toEqual([false]);
  });

  it('draws what the mirror has before it asks the background, unless a person asks for something first', async () => {
    const runtime = fakeRuntime();
    const background = aHost(aState({ pending: ['flow.voice'] }));
    serveClient(runtime.host(), background.host);
    const painted: (() => void)[] = [];
    const later = (act: () => void) => void painted.push(act);
    const { last } = aFrame(runtime, fakeSessionStorage(), OWN_PAGE, Promise.resolve(aState({ pending: [] })), later);
    await settled();
    expect([last()?.pending, painted.length]).toEqual([[], 1]);
    painted[0]!();
    await settled();
    expect(last()?.pending).toEqual(['flow.voice']);
    const hasty = aFrame(runtime, fakeSessionStorage(), OWN_PAGE, Promise.resolve(aState({ pending: [] })), later);
    void hasty.client.call('refresh');
    await settled();
    expect(hasty.last()?.pending).toEqual(['flow.voice']);
    painted[1]!();
    await settled();
    expect(hasty.seen.filter(({ pending }) => pending.length > 0)).toHaveLength(1);
  });

  it('asks the background at once where the mirror has nothing to draw', async () => {
    const runtime = fakeRuntime();
    serveClient(runtime.host(), aHost(aState({ pending: ['flow.voice'] })).host);
    const { last } = aFrame(runtime, fakeSessionStorage(), OWN_PAGE, Promise.resolve(null), () => {});
    await settled();
    expect(last()?.pending).toEqual(['flow.voice']);
  });

  it('asks the background also where there is no mirror at all, as on a page in Firefox, and again once it was suspended', async () => {
    const runtime = fakeRuntime();
    serveClient(runtime.host(), aHost(aState({ pending: ['flow.voice'] })).host);
    const none = { area: undefined, changes: null } as unknown as ReturnType<typeof fakeSessionStorage>;
    const { clock, last } = aFrame(runtime, none);
    await settled();
    expect(last()?.pending).toEqual(['flow.voice']);
    runtime.suspend();
    serveClient(runtime.host(), aHost(aState({ pending: [] })).host);
    await settled();
    await clock.pass(100);
    expect(last()?.pending).toEqual([]);
  });

  it('follows the background once it answers, whatever the mirror says later', async () => {
    const runtime = fakeRuntime();
    const storage = fakeSessionStorage();
    const background = aHost(aState({ pending: ['flow.voice'] }));
    serveClient(runtime.host(), background.host);
    const { last } = aFrame(runtime, storage);
    await settled();
    await createMirror(storage.area)(aState({ pending: [] }));
    await settled();
    expect(last()?.pending).toEqual(['flow.voice']);
  });

  it('sends only the parts that changed', async () => {
    const runtime = fakeRuntime();
    const snapshot = aSnapshot();
    const background = aHost(aState({ snapshot }));
    serveClient(runtime.host(), background.host);
    const { last } = aFrame(runtime);
    await settled();
    const before = last()?.snapshot;
    background.say(aState({ snapshot: { ...snapshot, situation: { ...snapshot.situation, seq: 11 } } }));
    await settled();
    expect(last()?.snapshot?.situation.seq).toBe(11);
    expect(last()?.snapshot?.profile).toBe(before?.profile);
    expect(last()?.snapshot?.person).toBe(before?.person);
  });

  it('is told nothing that the next life of the background would not know', async () => {
    const runtime = fakeRuntime();
    const background = aHost();
    serveClient(runtime.host(), background.host);
    const { client, last } = aFrame(runtime);
    await settled();
    const mirror = background.sayEarly(aState({ snapshot: aSnapshot({ profile: 12, version: 2 }) }));
    const answer = client.call('refresh');
    let answered = false;
    void answer.then(() => (answered = true));
    await settled();
    expect([last()?.snapshot?.profile.active?.version, answered]).toEqual([1, false]);
    mirror();
    expect(await answer).toMatchObject({ ok: true });
    expect(last()?.snapshot?.profile.active?.version).toBe(2);
  });

  it('comes back when the browser suspends the background, and its call is done once with the same key', async () => {
    const runtime = fakeRuntime();
    const first = aHost();
    first.hold();
    serveClient(runtime.host(), first.host);
    const { client, clock } = aFrame(runtime);
    await settled();
    const answer = client.call('setFlow', 'voice', true);
    await settled();
    runtime.suspend();
    const second = aHost();
    serveClient(runtime.host(), second.host);
    await clock.pass(1000);
    expect(await answer).toEqual({ ok: true, value: undefined });
    expect(second.performed).toEqual(first.performed);
  });

  it('does not open a second sign-in window when the background is lost during the first', async () => {
    const runtime = fakeRuntime();
    const first = aHost();
    first.hold();
    serveClient(runtime.host(), first.host);
    const { client, clock } = aFrame(runtime);
    await settled();
    const answer = client.call('signIn');
    await settled();
    runtime.suspend();
    const second = aHost();
    serveClient(runtime.host(), second.host);
    await clock.pass(1000);
    expect(await answer).toMatchObject({ ok: false, problem: { code: 'client.interrupted' } });
    expect(second.performed).toEqual([]);
  });

  it('lets a signed-out background sleep, and wakes it to ask', async () => {
    const runtime = fakeRuntime();
    const signedOut = aState({ phase: 'signedOut', snapshot: null });
    serveClient(runtime.host(), aHost(signedOut).host);
    const { client, clock } = aFrame(runtime);
    await settled();
    runtime.suspend();
    const second = aHost(signedOut);
    serveClient(runtime.host(), second.host);
    await clock.pass(60_000);
    expect(second.listeners.size).toBe(0);
    await client.call('signIn');
    expect(second.performed).toHaveLength(1);
  });

  it('says that the extension was updated under it', async () => {
    const runtime = fakeRuntime();
    serveClient(runtime.host(), aHost().host);
    const { client, last } = aFrame(runtime);
    await settled();
    runtime.invalidate();
    await settled();
    expect(last()?.problem?.code).toBe('client.outdated');
    expect(await client.call('refresh')).toMatchObject({ ok: false, problem: { code: 'client.outdated' } });
  });

  it('takes a new port when its page returns from the back-forward cache', async () => {
    const runtime = fakeRuntime();
    const background = aHost();
    serveClient(runtime.host(), background.host);
    const { returned, last } = aFrame(runtime);
    await settled();
    returned();
    await settled();
    background.say(aState({ pending: ['flow.voice'] }));
    await settled();
    expect(background.listeners.size).toBe(1);
    expect(last()?.pending).toEqual(['flow.voice']);
  });
});

describe('the background', () => {
  it.each([
    ['a content script', { id: 'abcdefghijklmnopabcdefghijklmnop', url: 'https://crm.example.com/' }],
    ['another extension', { id: 'ponmlkjihgfedcbaponmlkjihgfedcba', url: OWN_PAGE }],
    ['a sender without an address', { id: 'abcdefghijklmnopabcdefghijklmnop' }],
  ])('tells nothing to %s', async (_who, sender) => {
    const runtime = fakeRuntime();
    const background = aHost();
    serveClient(runtime.host(), background.host);
    const heard: unknown[] = [];
    const port = runtime.connect('pennon.client', sender);
    port.onMessage.addListener((message) => heard.push(message));
    await settled();
    expect(heard).toEqual([]);
    expect(background.listeners.size).toBe(0);
  });

  it('takes no verb that is not one', async () => {
    const runtime = fakeRuntime();
    const background = aHost();
    serveClient(runtime.host(), background.host);
    const port = runtime.connect('pennon.client', { id: 'abcdefghijklmnopabcdefghijklmnop', url: OWN_PAGE });
    await settled();
    port.postMessage({ type: 'call', id: '1', verb: 'toString', args: [] });
    port.postMessage({ type: 'call', id: '2', verb: 'signIn' });
    port.postMessage(null);
    await settled();
    expect(background.performed).toEqual([]);
  });
});

describe('a page with an open panel', () => {
  function aPanel(runtime: ReturnType<typeof fakeRuntime>, module: string, url = OWN_PAGE) {
    const clock = fakeClock();
    let heard = 0;
    let onReturn = () => {};
    const close = followRows(module, () => void (heard += 1), {
      connect: () => runtime.frameRuntime(url).connect({ name: ROWS_PORT }),
      clock,
      onReturn: (listener) => {
        onReturn = listener;
        return () => (onReturn = () => {});
      },
    });
    return { clock, close, heard: () => heard, returned: () => onReturn() };
  }

  it('hears of its own module, until it is closed', async () => {
    const runtime = fakeRuntime();
    const background = aHost();
    serveClient(runtime.host(), background.host);
    const [one, other] = [aPanel(runtime, 'mod.cases'), aPanel(runtime, 'mod.tasks')];
    await settled();
    background.changed('mod.cases');
    await settled();
    expect([one.heard(), other.heard()]).toEqual([1, 0]);
    one.close();
    await settled();
    expect(background.following.size).toBe(1);
    background.changed('mod.cases');
    await settled();
    expect(one.heard()).toBe(1);
  });

  it('goes on hearing when the browser suspends the background, and when the page was out of sight', async () => {
    const runtime = fakeRuntime();
    serveClient(runtime.host(), aHost().host);
    const panel = aPanel(runtime, 'mod.cases');
    await settled();
    runtime.suspend();
    const second = aHost();
    serveClient(runtime.host(), second.host);
    await panel.clock.pass(1000);
    second.changed('mod.cases');
    await settled();
    panel.returned();
    await settled();
    expect(second.following.size).toBe(1);
    second.changed('mod.cases');
    await settled();
    expect(panel.heard()).toBe(2);
  });

  it('is none of a host page’s, and is left in peace once the extension is another', async () => {
    const runtime = fakeRuntime();
    const background = aHost();
    serveClient(runtime.host(), background.host);
    aPanel(runtime, 'mod.cases', 'https://crm.example/');
    await settled();
    expect(background.following.size).toBe(0);
    const panel = aPanel(runtime, 'mod.cases');
    await settled();
    runtime.invalidate();
    await panel.clock.pass(5000);
    expect([panel.heard(), panel.clock.nextAt()]).toEqual([0, null]);
  });
});
