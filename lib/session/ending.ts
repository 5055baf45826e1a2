/** How a session ends: by the person, by the hub, by another browser, or because the issuer gives no more tokens. */
import type { Problem } from '../api/problem.ts';
import type { EndCode } from '../live/link-core.ts';
import type { Answer, ClientState } from './client-state.ts';
import { type Context, DONE } from './context.ts';

type Ended = NonNullable<ClientState['ended']>;

/** So long a person waits for the hub to hear of their sign-out. It is one here whether or not it does. */
const SIGN_OUT_WAIT_MS = 5000;

export interface Ending {
  /** It ended by itself. A browser that was taken over keeps its sign-in, to take the session back with. */
  ended(why: Ended, problem?: Problem | null): Promise<void>;
  signOut(): Promise<Answer<void>>;
  /** Ends everything with the present hub and goes on, signed out, with another. */
  moveTo(hub: string): Promise<void>;
  /** Reads why a session is gone out of the hub's problem. False where it says nothing of the kind. */
  byProblem(problem: Problem): boolean;
}

export const endedBy = (code: EndCode): Ended => (code === 'takenOver' || code === 'disconnected' ? code : 'expired');

export function createEnding(context: Context): Ending {
  const { state, kept, cache, holding, hub, link, signIn, clock, askAgain, watchdog, life } = context;

  /** Everything of the session in memory first, so that nothing is said after; then what is stored. */
  const clear = async (change: Partial<ClientState>, keeps: { tokens?: boolean; sessionId?: boolean }) => {
    life.end();
    link.stop();
    watchdog.set(false);
    const { tokens, sessionId } = kept.get();
    const saved = kept.save({
      tokens: keeps.tokens ? tokens : null,
      sessionId: keeps.sessionId ? sessionId : null,
      etag: null,
      painted: null,
      said: { delivered: null, outcome: null },
    });
    holding.linkLost();
    holding.change({ ...GONE, ...change });
    await Promise.all([saved, cache.clear()]);
  };

  const ended: Ending['ended'] = (why, problem = null) =>
    // One whose sign-in ran out may find its session still open on the hub.
    clear({ ended: why, problem }, { tokens: why === 'takenOver', sessionId: why === 'expired' });

  /** Best effort, and bounded: the hub sweeps what it does not hear of. */
  const tellHub = async () => {
    const { tokens, sessionId } = kept.get();
    if (!tokens) return;
    // Without a session of its own a browser ends its sign-in alone: another one may be at work.
    const ended = sessionId === null ? Promise.resolve() : hub.endSession({ attempts: 1, signal: life.signal() });
    const told = ended.then(() => signIn.revoke(tokens));
    await Promise.race([told, new Promise<void>((resolve) => void clock.after(SIGN_OUT_WAIT_MS, resolve))]);
  };

  return {
    ended,
    async signOut() {
      link.stop();
      holding.change({ pending: [...state.get().pending, 'core.logout'] });
      await askAgain.set(true);
      await tellHub();
      await clear({ ended: null, problem: null }, {});
      return DONE;
    },
    async moveTo(address) {
      link.stop();
      await tellHub();
      await clear({ hub: address, ended: null, problem: null, clockOffset: 0 }, {});
      await kept.save({ hub: address });
    },
    byProblem(problem) {
      if (problem.code === 'auth.unknownPerson') {
        void askAgain.set(true);
        void clear({ ended: null, problem }, {});
        return true;
      }
      if (problem.code === 'session.elsewhere') {
        link.stop();
        holding.linkLost();
        holding.change({ ...GONE, phase: 'elsewhere', elsewhere: elsewhereOf(problem), problem: null });
        return true;
      }
      if (problem.code !== 'session.ended') return false;
      const { because } = problem;
      void ended(because === 'takenOver' || because === 'disconnected' ? because : 'expired');
      return true;
    },
  };
}

const GONE = {
  phase: 'signedOut',
  elsewhere: null,
  snapshot: null,
  confirmed: false,
  pending: [],
} as const satisfies Partial<ClientState>;

const elsewhereOf = ({ browser, since }: Problem): NonNullable<ClientState['elsewhere']> => ({
  browser: browser ?? '',
  since: since ?? 0,
});
