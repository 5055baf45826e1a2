/** When a call is tried again, and after how long. */
import type { Problem } from './problem.ts';
import type { Route } from './route.ts';

/** Problems of the moment: the same call may well succeed a little later. */
const PASSING = new Set(['client.offline', 'client.timeout', 'hub.notReady', 'hub.stopping', 'rate.limited']);
/** A person waits for the answer: what lasts longer is said to them instead. */
const LONGEST_WAIT_MS = 5000;
const FIRST_WAIT_MS = 400;

/** Whether doing it twice does no more than doing it once. */
export const isRepeatable = ({ method, guard }: Route): boolean =>
  method === 'GET' || guard === 'key' || (method === 'DELETE' && guard === undefined);

/**
 * Milliseconds to wait before the next try, or null to give up. Full jitter, so that clients which failed together do not
 * come back together; what the hub asks for in `Retry-After` is kept, with a tenth on top at most.
 *
 * @param failures tries so far, from 1
 * @param random between 0 and 1
 */
export function waitBeforeRetry(problem: Problem, failures: number, random: number): number | null {
  if (!PASSING.has(problem.code)) return null;
  const { retryAfter } = problem;
  if (retryAfter === undefined) return random * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  const wait = retryAfter * 1000 * (1 + random / 10);
  return wait <= LONGEST_WAIT_MS ? wait : null;
}
