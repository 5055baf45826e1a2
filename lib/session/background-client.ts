/** The one session and the one live link of the browser, put together from their parts. */
import * as v from 'valibot';
import { callHub, createHubClient, type HubClientEdges } from '../api/client.ts';
import { sessionRoutes } from '../api/routes-session.ts';
import { clientProblem } from '../api/client-problem.ts';
import type { Receipt } from '../api/live.ts';
import { cursorOf } from '../live/apply.ts';
import { createLink, type Link, type LinkListener } from '../live/link.ts';
import { createSteadyTime } from '../live/steady.ts';
import { createEventsConnector, createSocketConnector, type Socket } from '../live/stream.ts';
import type { Clock } from '../models/clock.ts';
import type { Settings } from '../settings/schema.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { SnapshotCache } from '../store/cache.ts';
import { createKept } from '../store/kept.ts';
import { readMirror, type SessionArea } from '../store/mirror.ts';
import { createStateStore, signedOutState } from '../store/state.ts';
import { type Context, createLife } from './context.ts';
import type { Route } from '../api/route.ts';
import type { ClientState, HubAsk } from './client-state.ts';
import { createEnding, endedBy } from './ending.ts';
import { createHolding } from './holding.ts';
import { createOpening } from './opening.ts';
import { createPolling } from './polling.ts';
import { createReceipts } from './receipts.ts';
import type { ClientHost } from './serve-client.ts';
import { createSignIn, type SignInEdges } from './sign-in.ts';
import { createTokenKeeper } from './tokens.ts';
import { createVerbs } from './verbs.ts';

/** A route that the page which asks for it knows, and the background does not. */
const anyRoute = (path: HubAsk['path'], method: HubAsk['method'], guard: HubAsk['guard'], answers: boolean): Route => ({
  path,
  method,
  summary: '',
  tag: 'hub',
  needs: 'person',
  status: 200,
  problems: [],
  ...(guard ? { guard } : {}),
  ...(method === 'POST' || method === 'PUT' ? { body: v.unknown() } : {}),
  ...(answers ? { answer: v.unknown() } : {}),
});

export interface BackgroundEdges {
  readonly fetch: typeof globalThis.fetch;
  readonly newSocket: (url: string, protocol: string) => Socket;
  readonly identity: SignInEdges['identity'];
  /** `storage.session` and `storage.local`. */
  readonly session: SessionArea;
  readonly local: SessionArea;
  readonly settings: Pick<SettingsStore, 'read' | 'watch'>;
  readonly cache: SnapshotCache;
  readonly watchdog: Context['watchdog'];
  readonly browserName: () => Promise<string>;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly newKey: () => string;
}

export interface BackgroundClient extends ClientHost {
  /** Goes on where an earlier life of the background was, or begins. Called once; everything else waits for it. */
  start(): Promise<void>;
  /** The watchdog rang: opens what should be open, and asks where nothing opens. */
  ring(): Promise<void>;
  /** The network is back. */
  online(): void;
}

/** Signed out by the person: kept beyond the browser, and no secret. */
const ASK_AGAIN_KEY = 'pennon.askAgain';

export function createBackgroundClient(edges: BackgroundEdges): BackgroundClient {
  const { clock, random, cache, watchdog, browserName, settings } = edges;
  const state = createStateStore(edges.session);
  const kept = createKept(edges.session);
  const life = createLife();
  const following = new Set<(module: string) => void>();
  const signIn = createSignIn(edges);
  const time = createSteadyTime(clock);
  const holding = createHolding({ state, cache, clock, time, nextTryAt: () => link.nextTryAt() });
  const session = () => kept.get().sessionId;
  const hubAddress = () => state.get().hub;

  const tokens = createTokenKeeper({
    kept,
    signIn,
    clock,
    onRenewed: (token) => void link.send({ type: 'token', token }),
    onRefused: () => void ending.ended('expired'),
  });
  const hubEdges: HubClientEdges = { ...edges, hub: hubAddress, token: tokens.token, session };
  const hub = createHubClient(hubEdges, sessionRoutes);
  const receipts = createReceipts({ kept, send: (receipt) => sendReceipt(receipt) });
  const link: Link = createLink(
    {
      connectors: { socket: createSocketConnector(edges.newSocket), events: createEventsConnector(edges.fetch) },
      hub: hubAddress,
      token: tokens.token,
      holds: () => {
        const { snapshot } = state.get();
        return snapshot && cursorOf(snapshot);
      },
      session,
      clock,
      time,
      random,
    },
    listenerOf(),
  );
  const context: Context = {
    state,
    kept,
    cache,
    holding,
    hub,
    link,
    signIn,
    clock,
    random,
    browserName,
    watchdog,
    life,
    watchTokens: tokens.watch,
    followSettings: async () => follow(await settings.read()),
    askAgain: {
      get: async () => (await edges.local.get(ASK_AGAIN_KEY))[ASK_AGAIN_KEY] === true,
      set: (ask) => (ask ? edges.local.set({ [ASK_AGAIN_KEY]: true }) : edges.local.remove(ASK_AGAIN_KEY)),
    },
  };
  const ending = createEnding(context);
  const opening = createOpening(context, ending);
  const polling = createPolling(context, ending, opening);
  const verbs = createVerbs(context, {
    opening,
    ending,
    polling,
    receipts,
    askHub: ({ answers, path, method, guard, ...input }, asking) =>
      callHub(hubEdges, anyRoute(path, method, guard, answers), { ...input, ...asking }),
  });

  async function follow({ hub: { value } }: Settings): Promise<void> {
    if (value !== hubAddress()) await ending.moveTo(value);
  }

  async function sendReceipt(receipt: Receipt): Promise<boolean> {
    if (link.send({ type: 'receipt', ...receipt })) return true;
    return link.isOpen() && (await hub.receipts({ body: receipt, signal: life.signal() })).ok;
  }

  /** Frames wait for what is mirrored: they are told before anything else is done. */
  function behind(act: () => void): void {
    void state.mirrored().then(act);
  }

  function listenerOf(): LinkListener {
    return {
      heard() {
        const at = clock.now();
        // Only once it is known what this message brings.
        queueMicrotask(() => behind(() => kept.heard(at)));
        holding.heard();
      },
      welcomed() {},
      apply(update, fresh) {
        if (fresh) holding.linkOpened();
        if (!holding.take(update, { fresh })) void polling.poll(true);
        behind(() => receipts.say(state.get().snapshot));
      },
      malformed(detail, raw) {
        const version = v.safeParse(NAMED_VERSION, raw);
        if (version.success) receipts.failed(version.output.profile.active.id, version.output.profile.active.version);
        const before = state.get().problem;
        holding.change({ problem: clientProblem('client.malformed', detail) });
        // The whole may be readable where a piece was not; one that was not, is not asked for again with every piece.
        if (before?.code !== 'client.malformed') void polling.poll(true);
      },
      changed(module) {
        for (const heard of following) heard(module);
      },
      lost() {
        holding.linkLost();
        receipts.lost();
      },
      waits: () => holding.change({}),
      ended(code) {
        // Refused: no session, or not for this token. The hub's answer to a question says which.
        if (code === 'refused') void polling.poll();
        else void ending.ended(endedBy(code));
      },
    };
  }

  const resume = async () => {
    const [was, mirror, heardAt, { hub: setting }] = await Promise.all([
      kept.load(),
      readMirror(edges.session),
      kept.heardAt(),
      settings.read(),
    ]);
    const ours = mirror?.hub === setting.value && (was.hub === null || was.hub === setting.value) ? mirror : null;
    if (was.tokens && ours) return goOn(ours, heardAt);
    watchdog.set(false);
    if (was.tokens) await kept.save({ tokens: null, sessionId: null, etag: null });
    const signedOut = ours?.phase === 'signedOut' ? ours : signedOutState(setting.value, clock.now());
    const cached = (await context.askAgain.get()) ? null : await cache.read(setting.value);
    holding.begin(signedOut, cached?.confirmedAt ?? null);
    if (cached && signedOut.ended === null) void opening.signInSilently(cached);
  };

  const goOn = (mirror: ClientState, heardAt: number | null) => {
    holding.begin({ ...mirror, confirmed: false, pending: [] }, heardAt ?? mirror.connection.asOf);
    tokens.watch();
    if (mirror.phase === 'open') link.start();
    else if (mirror.phase === 'opening' || mirror.phase === 'signingIn') void opening.open();
  };

  let restored: () => void;
  const ready = new Promise<void>((resolve) => {
    restored = resolve;
  });
  const start = async () => {
    // At once: a change of the settings may be what woke the background.
    settings.watch(async (next) => {
      await ready;
      await follow(next);
    });
    try {
      await resume();
    } catch (error) {
      const { hub: setting } = await settings.read();
      holding.begin({ ...signedOutState(setting.value, clock.now()), problem: clientProblem('client.failed', String(error)) }, null);
    }
    restored();
  };

  return {
    start,
    subscribe: state.subscribe,
    mirrored: state.mirrored,
    follow(heard) {
      following.add(heard);
      return () => void following.delete(heard);
    },
    async perform(verb, args, key) {
      await ready;
      const run = verbs[verb] as (key: string, ...args: unknown[]) => Promise<never>;
      return run(key, ...args);
    },
    async ring() {
      await ready;
      const { phase } = state.get();
      if (phase === 'opening') await opening.open();
      if (phase !== 'open') return;
      if (link.isRunning()) link.hurry();
      else link.start();
      const lostFor = holding.lostFor();
      if (lostFor !== null && lostFor > 0) await polling.poll();
    },
    online: () => void ready.then(() => link.hurry()),
  };
}

/** The least of a message that says which version could not be read. */
const NAMED_VERSION = v.object({
  profile: v.object({ active: v.object({ id: v.string(), version: v.pipe(v.number(), v.integer(), v.minValue(1)) }) }),
});
