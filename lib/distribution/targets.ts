/**
 * Whom a campaign calls next. Pure: the targets that may be called and the people who are free in, pairs out. The hub makes
 * each pair in a transaction of its own that looks once more whether both are still as they were.
 */
import type { Part } from './campaigns.ts';

/** One that nobody reached is tried again after so long, and one that somebody left to others comes back to them; milliseconds. */
export const TRY_AGAIN_MS = 30 * 60_000;
/** After so many tries in vain it is left alone, until somebody plans it anew. */
export const MOST_TRIES = 5;

export interface Target {
  readonly id: string;
  readonly campaignId: string;
  readonly state: 'planned' | 'pool' | 'unreached';
  /** Of a planned one: for whom. */
  readonly owner: string | null;
  /** When it is to be called or, unreached, was; milliseconds since the epoch. */
  readonly at: number | null;
  readonly tries: number;
  readonly madeAt: number;
  /** When each person left it to others last. */
  readonly left: ReadonlyMap<string, number>;
}

export interface FreeCaller {
  readonly sessionId: string;
  readonly personId: string;
  /** Since when nothing is in hand; milliseconds since the epoch. */
  readonly idleSince: number;
  /** The campaigns that they are called for now, and as what. */
  readonly campaigns: ReadonlyMap<string, Part>;
  /** Whether their profile lets them reach its number. */
  reaches(target: Target): boolean;
}

export interface Calling {
  readonly targetId: string;
  readonly sessionId: string;
}

/** Whether a target may be called now, by this person as far as its plan goes. @param now milliseconds since the epoch */
export function isDueFor({ state, owner, at, tries, left }: Omit<Target, 'id' | 'campaignId' | 'madeAt'>, personId: string, now: number): boolean {
  const leftAt = left.get(personId);
  if (leftAt !== undefined && now - leftAt < TRY_AGAIN_MS) return false;
  switch (state) {
    case 'planned':
      return (owner === null || owner === personId) && (at === null || at <= now);
    case 'pool':
      return true;
    case 'unreached':
      return tries < MOST_TRIES && (at === null || at + TRY_AGAIN_MS <= now);
  }
}

type Turn = Omit<Target, 'left'>;

/** One planned for this very person goes first, then planned ones, then the pool, then those not reached so far. */
const rankOf = ({ state, owner }: Turn): number => (state === 'planned' ? (owner === null ? 1 : 0) : state === 'pool' ? 2 : 3);

/** Of the same rank: the earliest planned, the longest in the pool, the least tried. */
export const byTurn = (a: Turn, b: Turn): number =>
  rankOf(a) - rankOf(b) || (a.state === 'unreached' ? a.tries - b.tries : 0) || timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1);
const timeOf = ({ state, at, madeAt }: Turn): number => (state === 'pool' ? madeAt : (at ?? 0));

/**
 * At most one target for each person, and each target for one. Whoever has been idle for longest chooses first; back-ups
 * after all who have subscribed, from what these have left.
 *
 * @param now milliseconds since the epoch
 */
export function chooseTargets(targets: readonly Target[], callers: readonly FreeCaller[], now: number): readonly Calling[] {
  const left = new Set(targets.toSorted(byTurn));
  const busy = new Set<FreeCaller>();
  const inTurn = callers.toSorted(byIdleness);
  return (['subscriber', 'backUp'] as const).flatMap((part) =>
    inTurn.flatMap((caller) => {
      const next = busy.has(caller) ? null : firstFor(left, caller, part, now);
      if (!next) return [];
      left.delete(next);
      busy.add(caller);
      return [{ targetId: next.id, sessionId: caller.sessionId }];
    }),
  );
}

const byIdleness = (a: FreeCaller, b: FreeCaller): number => a.idleSince - b.idleSince || (a.personId < b.personId ? -1 : 1);

function firstFor(targets: ReadonlySet<Target>, { personId, campaigns, reaches }: FreeCaller, part: Part, now: number): Target | null {
  for (const target of targets) if (campaigns.get(target.campaignId) === part && isDueFor(target, personId, now) && reaches(target)) return target;
  return null;
}
