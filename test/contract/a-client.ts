/** The background's client, whole, in the test's hands: its hub, clock, sockets, window and storage. */
import { createBackgroundClient } from '../../lib/session/background-client.ts';
import type { ClientState, ClientVerb, ClientVerbs } from '../../lib/session/client-state.ts';
import { DEFAULT_PLACE, type Settings } from '../../lib/settings/schema.ts';
import type { CachedSnapshot, SnapshotCache } from '../../lib/store/cache.ts';
import { type FakeClock, fakeClock, settled } from '../fakes/clock.ts';
import { fakeSessionStorage } from '../fakes/ports.ts';
import { HandSocket, type HandHub, HUB } from './hand-hub.ts';

/** What outlives the background: the browser's storage, the window for signing in, time. */
export function aBrowser() {
  let cached: CachedSnapshot | null = null;
  const cache: SnapshotCache = {
    read: (hub) => Promise.resolve(cached?.hub === hub ? structuredClone(cached) : null),
    write: (entry) => {
      cached = structuredClone(entry);
      return Promise.resolve();
    },
    clear: () => {
      cached = null;
      return Promise.resolve();
    },
  };
  return {
    session: fakeSessionStorage(),
    local: fakeSessionStorage(),
    clock: fakeClock(),
    cache,
    cached: () => cached,
    windows: [] as URL[],
    /** What the person does in the window: by default, signs in. */
    inWindow: (address: URL): Promise<string> | string => signedIn(address),
    hub: HUB,
    watchdog: false,
  };
}
export type Browser = ReturnType<typeof aBrowser>;

export const signedIn = (address: URL): string => answered(address, { code: 'c0de' });
/** The issuer sends the browser back with this. */
export function answered(address: URL, parameters: Record<string, string>): string {
  const back = new URL(address.searchParams.get('redirect_uri')!);
  back.search = new URLSearchParams({ state: address.searchParams.get('state')!, ...parameters }).toString();
  return back.href;
}

const own = <T>(value: T) => ({ value, from: 'builtIn' as const, locked: false });

export function aClient(hub: HandHub, browser: Browser = aBrowser()) {
  const { clock } = browser;
  const sockets: HandSocket[] = [];
  const states: ClientState[] = [];
  const settingsListeners = new Set<(settings: Settings) => void>();
  const settings = (): Settings => ({
    hub: own(browser.hub),
    appearance: own('system' as const),
    place: own(DEFAULT_PLACE),
    offerSound: { value: true, from: 'builtIn', locked: false },
    offerNotification: { value: false, from: 'builtIn', locked: false },
    sites: {},
    places: {},
  });
  let alive = true;
  let keys = 0;
  const client = createBackgroundClient({
    fetch: (...request) => (alive ? fetch(...request) : new Promise<never>(() => {})),
    newSocket: (url) => {
      const socket = new HandSocket(url);
      sockets.push(socket);
      return socket;
    },
    identity: {
      getRedirectURL: () => 'https://elpbooaohpdlmbjkjhomdccopnjahmog.chromiumapp.org/',
      launchWebAuthFlow: async ({ url, interactive }) => {
        const address = new URL(url);
        browser.windows.push(address);
        const back = await browser.inWindow(address);
        if (!interactive && back === '') throw new Error('User interaction required.');
        return back;
      },
    },
    session: browser.session.area,
    local: browser.local.area,
    settings: {
      read: () => Promise.resolve(settings()),
      watch: (listener) => {
        settingsListeners.add(listener);
        return () => settingsListeners.delete(listener);
      },
    },
    cache: browser.cache,
    watchdog: {
      set: (on) => {
        browser.watchdog = on;
      },
    },
    browserName: () => Promise.resolve('Chromium on Linux'),
    clock: aliveOnly(clock, () => alive),
    random: () => 1,
    newKey: () => `key-${(keys += 1)}`,
  });
  client.subscribe((state) => states.push(state));
  let calls = 0;
  return {
    client,
    browser,
    clock,
    sockets,
    states,
    hub,
    socket: () => sockets.at(-1)!,
    state: () => states.at(-1)!,
    streams: () => sockets.filter(({ closed, readyState }) => !closed && readyState < 2).length,
    call: <V extends ClientVerb>(verb: V, ...args: Parameters<ClientVerbs[V]>) => client.perform(verb, args, `call-${(calls += 1)}`),
    /** Signs in and waits until the link says what holds. */
    async signIn() {
      await client.start();
      const answer = await client.perform('signIn', [], 'sign-in');
      if (!answer.ok) return answer;
      await until(() => sockets.length > 0);
      sockets.at(-1)!.welcome(hub.snapshot);
      await settled();
      return answer;
    },
    changeHub(address: string) {
      browser.hub = address;
      for (const listener of settingsListeners) listener(settings());
    },
    /** The browser suspends the background: nothing of it acts any more. */
    suspend() {
      alive = false;
      for (const socket of sockets) socket.close();
    },
  };
}
export type TestClient = ReturnType<typeof aClient>;

const aliveOnly = (clock: FakeClock, alive: () => boolean): FakeClock => ({
  ...clock,
  after: (milliseconds, callback) => clock.after(milliseconds, () => alive() && callback()),
});

/** Long enough for a machine under load: reached only by a test that fails. */
const PATIENCE_MS = 10_000;

/** Waits for what the network of the test brings, in real time: the client's own clock stands still meanwhile. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
