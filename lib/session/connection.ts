/** What a person is told of the connection: pure, from what is known of the link. */
import type { ConnectionState } from '../decide/index.ts';

/** A link lost for less is being found again, and nothing is locked for it. */
export const RECONNECTING_MS = 10_000;
/** So long an answer to a question stands in for a link that does not open. */
export const POLL_TRUST_MS = 45_000;

export interface LinkFacts {
  readonly signedIn: boolean;
  /** Open, and told what holds. */
  readonly open: boolean;
  /** When it was lost, or began to be looked for. */
  readonly lostAt: number;
  /** When the hub last answered a question without it; null for never. */
  readonly answeredAt: number | null;
}

export interface ConnectionView {
  readonly state: ConnectionState;
  /** When it will be another by time alone; null for never. */
  readonly until: number | null;
}

export function connectionOf({ signedIn, open, lostAt, answeredAt }: LinkFacts, now: number): ConnectionView {
  if (!signedIn) return { state: 'signedOut', until: null };
  if (open) return { state: 'live', until: null };
  const answered = answeredAt !== null && answeredAt > lostAt ? answeredAt + POLL_TRUST_MS : 0;
  const until = Math.max(lostAt + RECONNECTING_MS, answered);
  return now < until ? { state: 'reconnecting', until } : { state: 'stale', until: null };
}
