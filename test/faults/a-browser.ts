/** A browser with the extension's own client in it, which the browser suspends; behind a road of its own to the hub. */
import { createBackgroundClient, type BackgroundClient } from '../../lib/session/background-client.ts';
import type { ClientState, ClientVerb, ClientVerbs } from '../../lib/session/client-state.ts';
import { DEFAULT_PLACE } from '../../lib/settings/schema.ts';
import type { CachedSnapshot } from '../../lib/store/cache.ts';
import { KEPT_KEY, type Kept } from '../../lib/store/kept.ts';
import type { SessionArea } from '../../lib/store/mirror.ts';
import type { Clock } from '../../lib/models/clock.ts';
import type { TestPerson } from '../fixtures/hub.ts';
import { fakeSessionStorage } from '../fakes/ports.ts';
import { createBrowser, REDIRECT } from '../fixtures/sign-in-browser.ts';
import type { FaultHub } from './a-hub.ts';
import { type Proxy, startProxy } from './proxy.ts';
import type { Chance } from './settings.ts';
import { createTurnedClock, type TurnedClock } from './turned-clock.ts';

export const WAYS = ['socket', 'events', 'polling'] as const;
export type Way = (typeof WAYS)[number];
export const PASSWORD = 'correct horse battery staple';
/** Where nothing ever opens. */
const NOBODY = 'ws://127.0.0.1:1/';

export interface FaultBrowser {
  readonly person: TestPerson;
  readonly way: Way;
  readonly road: Proxy;
  readonly clock: TurnedClock;
  state(): ClientState;
  /** What it shows the hub now; null where it is signed out. */
  accessToken(): Promise<string | null>;
  /** Of the background that lives; one is woken where none does, as any frame would. */
  call<V extends ClientVerb>(verb: V, ...args: Parameters<ClientVerbs[V]>): ReturnType<BackgroundClient['perform']>;
  /** The alarm rings. */
  ring(): Promise<void>;
  online(): void;
  /** The browser ends the background, in the middle of whatever it does. */
  suspend(): void;
  isSuspended(): boolean;
  close(): Promise<void>;
}

interface BrowserEdges {
  readonly hub: FaultHub;
  readonly person: TestPerson;
  readonly way: Way;
  readonly chance: Chance;
  /** Each state that a frame is told. */
  readonly seen: (state: ClientState) => void;
}

/** Nothing of a background that was ended acts any more. */
interface Life {
  over: boolean;
  readonly sockets: Set<WebSocket>;
  readonly fetches: AbortController;
  readonly client: BackgroundClient;
}

export async function startBrowser({ hub, person, way, chance, seen }: BrowserEdges): Promise<FaultBrowser> {
  const road = await startProxy(() => hub.port, chance);
  const clock = createTurnedClock();
  const [session, local] = [fakeSessionStorage().area, fakeSessionStorage().area];
  const window = createBrowser(hub.url);
  let cached: CachedSnapshot | null = null;
  let last: ClientState | null = null;
  let life: Life | null = null;
  const own = <T>(value: T) => ({ value, from: 'builtIn' as const, locked: false });
  const settings = { hub: own(road.url), appearance: own('system' as const), place: own(DEFAULT_PLACE), offerSound: own(true), offerNotification: own(false), sites: {}, places: {} };

  const fetchIn = (of: Life): typeof fetch => (input, init) => {
    if (of.over) return new Promise<never>(() => {});
    if (way === 'polling' && String(input).endsWith('/api/live')) return Promise.reject(new TypeError('no streams here'));
    const signal = init?.signal ? AbortSignal.any([init.signal, of.fetches.signal]) : of.fetches.signal;
    // What an ended background asked for is never answered to it.
    return fetch(input, { ...init, signal }).catch((error: unknown) => (of.over ? new Promise<never>(() => {}) : Promise.reject(error)));
  };
  const areaIn = (of: Life, area: SessionArea): SessionArea => ({
    get: (key) => area.get(key),
    set: (items) => (of.over ? new Promise<never>(() => {}) : area.set(items)),
    remove: (key) => (of.over ? new Promise<never>(() => {}) : area.remove(key)),
  });
  const clockIn = (of: Life): Clock => ({ now: clock.now, after: (ms, callback) => clock.after(ms, () => of.over || callback()) });

  async function wake(): Promise<Life> {
    if (life) return life;
    const born = { over: false, sockets: new Set<WebSocket>(), fetches: new AbortController() } as { -readonly [P in keyof Life]: Life[P] };
    life = born;
    born.client = createBackgroundClient({
      fetch: fetchIn(born),
      newSocket(url, protocol) {
        const socket = new WebSocket(way === 'socket' ? url : NOBODY, protocol);
        born.sockets.add(socket);
        return socket;
      },
      identity: {
        getRedirectURL: () => REDIRECT,
        async launchWebAuthFlow({ url }) {
          const here = await window.visit(url);
          if (!here.text.includes('name="password"')) return here.address;
          return (await window.submit(here.address, { email: person.email, password: PASSWORD })).address;
        },
      },
      session: areaIn(born, session),
      local: areaIn(born, local),
      settings: { read: () => Promise.resolve(settings), watch: () => () => {} },
      cache: {
        read: () => Promise.resolve(cached),
        write: async (entry) => void (born.over || (cached = structuredClone(entry))),
        clear: async () => void (born.over || (cached = null)),
      },
      watchdog: { set() {} },
      browserName: () => Promise.resolve('Chromium on Linux'),
      clock: clockIn(born),
      random: () => chance.next(),
      newKey: () => crypto.randomUUID(),
    });
    born.client.subscribe((state) => {
      if (born.over) return;
      last = state;
      seen(state);
    });
    await born.client.start();
    return born;
  }

  const suspend = () => {
    if (!life) return;
    life.over = true;
    life.fetches.abort();
    for (const socket of life.sockets) socket.close();
    life = null;
  };
  await wake();
  return {
    person,
    way,
    road,
    clock,
    state: () => last!,
    accessToken: async () => ((await session.get(KEPT_KEY))[KEPT_KEY] as Kept | undefined)?.tokens?.access ?? null,
    call: async (verb, ...args) => (await wake()).client.perform(verb, args, crypto.randomUUID()),
    ring: async () => (await wake()).client.ring(),
    online: () => life?.client.online(),
    suspend,
    isSuspended: () => life === null,
    async close() {
      suspend();
      await road.close();
    },
  };
}
