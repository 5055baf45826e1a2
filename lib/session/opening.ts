/** From signed out to an open session: the sign-in where one is needed, then the session, then the link. */
import { clientProblem } from '../api/client-problem.ts';
import type { Problem } from '../api/problem.ts';
import type { Snapshot } from '../api/snapshot.ts';
import type { Answer } from './client-state.ts';
import { type Context, DONE, refuse, singleFlight } from './context.ts';
import type { CachedSnapshot } from '../store/cache.ts';
import type { Ending } from './ending.ts';

/** Nothing that a person does helps but waiting: opening goes on by itself. */
const PASSING: ReadonlySet<string> = new Set([
  'client.offline',
  'client.timeout',
  'client.notHub',
  'client.issuerOffline',
  'hub.notReady',
  'hub.stopping',
  'hub.failed',
  'rate.limited',
]);
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** A browser may suspend the background under a person who types a long password: a call of its API now and then. */
const AWAKE_MS = 20_000;

export interface Opening {
  signIn(): Promise<Answer<void>>;
  takeOver(): Promise<Answer<void>>;
  /** Opens the session with the sign-in there is. */
  open(): Promise<Answer<void>>;
  /** Signs in without a window where the issuer still knows this browser; else it stays signed out. */
  signInSilently(cached: CachedSnapshot): Promise<void>;
}

export function createOpening(context: Context, ending: Ending): Opening {
  const { state, kept, cache, holding, hub, link, signIn, clock, askAgain, watchdog, life } = context;
  let failures = 0;

  const openSession = async (takeOver: boolean): Promise<Answer<void>> => {
    const signal = life.signal();
    // A session that is opened again in the middle of work stays on screen, and so does why the last try failed.
    if (!['open', 'opening'].includes(state.get().phase)) {
      holding.linkSought();
      holding.change({ phase: 'opening', problem: null, elsewhere: null, ended: null });
    }
    const resume = kept.get().sessionId ?? (await cache.read(state.get().hub))?.snapshot.situation.sessionId;
    const body = {
      browser: await context.browserName(),
      ...(takeOver ? { takeOver } : {}),
      ...(resume === undefined ? {} : { resume }),
    };
    const reply = await hub.openSession({ body, signal });
    if (signal.aborted) return DONE;
    return reply.ok ? opened(reply.value) : notOpened(reply.problem);
  };

  const opened = async (snapshot: Snapshot): Promise<Answer<void>> => {
    failures = 0;
    await kept.save({ sessionId: snapshot.situation.sessionId, etag: null });
    link.stop();
    holding.linkSought();
    holding.take(snapshot, { fresh: true }, { phase: 'open', problem: null, elsewhere: null, ended: null, pending: [] });
    watchdog.set(true);
    context.watchTokens();
    link.start();
    return DONE;
  };

  const notOpened = (problem: Problem): Answer<void> => {
    if (ending.byProblem(problem)) return refuse(problem);
    if (kept.get().tokens === null) {
      // The refused sign-in has been told already; anything else is told here.
      if (state.get().phase === 'opening') holding.change({ phase: 'signedOut', snapshot: null, confirmed: false });
      return refuse(problem);
    }
    if (!PASSING.has(problem.code)) {
      link.stop();
      holding.change({ phase: 'signedOut', problem, snapshot: null, confirmed: false, pending: [] });
      return refuse(problem);
    }
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
    failures += 1;
    const wait = problem.retryAfter === undefined ? context.random() * longest : problem.retryAfter * 1000;
    const signal = life.signal();
    clock.after(wait, () => signal.aborted || state.get().phase !== 'opening' || void open());
    watchdog.set(true);
    holding.change({ phase: 'opening', problem });
    return refuse(problem);
  };

  const withWindow = async (interactive: boolean): Promise<Answer<void>> => {
    const signal = life.signal();
    const { hub: address } = state.get();
    holding.change({ phase: 'signingIn', problem: null, elsewhere: null, ended: null });
    const info = await hub.hub({ signal });
    if (signal.aborted) return DONE;
    if (!info.ok) return failed(info.problem);
    const manner = { interactive, askAgain: interactive && (await askAgain.get()) };
    const outcome = await keepAwake(signIn.signIn(info.value, manner));
    if (signal.aborted) return DONE;
    if (outcome.kind === 'problem') return failed(outcome.problem);
    if (outcome.kind === 'cancelled') {
      holding.change({ phase: 'signedOut', snapshot: null, confirmed: false });
      return DONE;
    }
    await kept.save({ hub: address, tokens: outcome.tokens });
    await askAgain.set(false);
    return signal.aborted ? DONE : open();
  };

  const failed = (problem: Problem): Answer<void> => {
    holding.change({ phase: 'signedOut', problem, snapshot: null, confirmed: false });
    return refuse(problem);
  };

  const keepAwake = async <T>(work: Promise<T>): Promise<T> => {
    let callOff = () => {};
    const touch = () => {
      kept.heard(clock.now());
      callOff = clock.after(AWAKE_MS, touch);
    };
    touch();
    try {
      return await work;
    } finally {
      callOff();
    }
  };

  let silent: Promise<unknown> = Promise.resolve();
  const open = singleFlight(() => openSession(false));
  const takeOverOnce = singleFlight(() => openSession(true));
  const signInOnce = singleFlight(async () => {
    await silent;
    if (state.get().phase === 'open') return DONE;
    if (kept.get().tokens !== null) {
      const answer = await open();
      if (answer.ok || kept.get().tokens !== null) return answer;
    }
    return withWindow(true);
  });

  return {
    open,
    signIn: () => (state.get().phase === 'open' ? Promise.resolve(DONE) : signInOnce()),
    takeOver: () => (kept.get().tokens === null ? Promise.resolve(refuse(clientProblem('client.signedOut'))) : takeOverOnce()),
    async signInSilently({ snapshot }) {
      holding.change({ phase: 'signingIn', snapshot, confirmed: false });
      silent = withWindow(false);
      await silent;
    },
  };
}
