/** Asks the hub what holds, where the link does not say it. */
import { clientProblem } from '../api/client-problem.ts';
import type { Problem } from '../api/problem.ts';
import type { Answer } from './client-state.ts';
import { type Context, DONE, refuse, singleFlight } from './context.ts';
import type { Ending } from './ending.ts';
import type { Opening } from './opening.ts';

export interface Polling {
  /** A conditional read of the snapshot; of the whole where `whole`, or where what is held is past its expiry. */
  poll(whole?: boolean): Promise<Answer<void>>;
  /** Acts on what a problem says of the session. Resolves to whether there is one again. */
  mend(problem: Problem): Promise<boolean>;
}

export function createPolling(context: Context, ending: Ending, opening: Pick<Opening, 'open'>): Polling {
  const { state, kept, holding, hub, clock, life } = context;
  let whole = false;

  const usableEtag = (): string | null => {
    const { snapshot, clockOffset, confirmed } = state.get();
    if (!snapshot || whole || (!confirmed && kept.get().etag === null)) return null;
    return clock.now() + clockOffset < snapshot.expiresAt ? kept.get().etag : null;
  };

  const mend = async (problem: Problem): Promise<boolean> => {
    if (problem.code === 'session.none') return (await opening.open()).ok;
    if (ending.byProblem(problem)) return false;
    if (problem.code === 'client.malformed' || problem.code === 'auth.invalid') holding.change({ problem });
    return false;
  };

  const ask = singleFlight(async (): Promise<Answer<void>> => {
    if (state.get().phase !== 'open') return refuse(clientProblem('client.signedOut'));
    const signal = life.signal();
    const reply = await hub.banner({ ifNoneMatch: usableEtag(), attempts: 1, signal });
    whole = false;
    if (signal.aborted) return refuse(reply.ok ? clientProblem('client.interrupted') : reply.problem);
    if (!reply.ok) return (await mend(reply.problem)) ? DONE : refuse(reply.problem);
    if (reply.notModified) {
      holding.confirm();
      return DONE;
    }
    await kept.save({ etag: reply.etag });
    holding.take(reply.value);
    holding.confirm();
    return DONE;
  });

  return {
    mend,
    poll(all = false) {
      whole ||= all;
      return ask();
    },
  };
}
