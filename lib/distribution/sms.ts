/** To whom an SMS campaign writes next, and how much at a time. Pure; the hub looks at each again as it sends it. */
import { byTurn, isDueFor, type Target } from './targets.ts';

/** Of one account in so many milliseconds no more than so many: 300 a minute, which any gateway takes. */
export const SENDING_WINDOW_MS = 10_000;
export const MOST_IN_WINDOW = 50;

/** Why somebody was not written to. Of `noAnswer` nobody knows: it may have been sent, and is not by itself sent again. */
export const UNSENT = ['rights', 'number', 'text', 'failed', 'noAnswer'] as const;
export type Unsent = (typeof UNSENT)[number];

export interface SmsTarget extends Omit<Target, 'left'> {
  readonly why: Unsent | null;
}

/** In the pool it is due at once, as nobody need be free for it. @param now milliseconds since the epoch */
export const isDueToSend = (target: SmsTarget, now: number): boolean =>
  (target.state !== 'unreached' || target.why !== 'noAnswer') && isDueFor({ ...target, owner: null, left: NOBODY }, '', now);
const NOBODY: Target['left'] = new Map();

/** In their turn, one of each campaign after the other: a large one keeps no other waiting. @param most at most so many */
export function chooseSending<T extends SmsTarget>(targets: readonly T[], most: number, now: number): readonly T[] {
  const lists = [...Map.groupBy(targets.filter((each) => isDueToSend(each, now)).toSorted(byTurn), ({ campaignId }) => campaignId).values()];
  const turns = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: turns }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1)))
    .flat()
    .slice(0, Math.max(0, most));
}
