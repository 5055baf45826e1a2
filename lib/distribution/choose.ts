/**
 * Who is asked next. Pure: what waits and who is free in, pairs out. The hub asks it, then makes each pair in a transaction
 * of its own that looks once more whether both are still as they were.
 */
import type { Channel } from '../catalogue/index.ts';

/** Whoever missed or refused one is not asked again for so long, in milliseconds: a caller is not left to a person who is away. */
export const ASK_AGAIN_MS = 30_000;

export interface Waiting {
  readonly id: string;
  readonly channel: Channel;
  /** Null for a direct one. */
  readonly queueId: string | null;
  /** Of a direct one: whom it was sent to. */
  readonly forPerson: string | null;
  readonly priority: number;
  /** Milliseconds since the epoch. */
  readonly offeredAt: number;
  /** When each person was asked last. */
  readonly asked: ReadonlyMap<string, number>;
}

export interface Candidate<W extends Waiting = Waiting> {
  readonly sessionId: string;
  readonly personId: string;
  /** Since when nothing is in hand; milliseconds since the epoch. */
  readonly idleSince: number;
  /** The profile's score and the person's for this one, 0 to 200 together; null where they do not take it now. */
  scoreFor(waiting: W): number | null;
}

export interface Pair {
  readonly interactionId: string;
  readonly sessionId: string;
}

/**
 * At most one offer for each person and each interaction. The most urgent and longest waiting choose first; of those who
 * may take it the highest score is asked, of equal ones the longest idle.
 *
 * @param now milliseconds since the epoch
 */
export function choose<W extends Waiting>(waiting: readonly W[], candidates: readonly Candidate<W>[], now: number): readonly Pair[] {
  const free = new Set(candidates);
  const pairs: Pair[] = [];
  for (const each of waiting.toSorted(bySeniority)) {
    const best = bestOf(each, free, now);
    if (!best) continue;
    free.delete(best);
    pairs.push({ interactionId: each.id, sessionId: best.sessionId });
  }
  return pairs;
}

const bySeniority = (a: Waiting, b: Waiting): number =>
  b.priority - a.priority || a.offeredAt - b.offeredAt || (a.id < b.id ? -1 : 1);

function bestOf<W extends Waiting>(waiting: W, free: ReadonlySet<Candidate<W>>, now: number): Candidate<W> | null {
  let best: Candidate<W> | null = null;
  let highest = -1;
  for (const candidate of free) {
    if (!mayAsk(waiting, candidate, now)) continue;
    const score = candidate.scoreFor(waiting);
    if (score === null || score < highest) continue;
    if (best && score === highest && !isLongerIdle(candidate, best)) continue;
    best = candidate;
    highest = score;
  }
  return best;
}

/** A direct one is its person's alone, and is asked once: what becomes of it then is the connector's to say. */
function mayAsk({ forPerson, asked }: Waiting, { personId }: Pick<Candidate, 'personId'>, now: number): boolean {
  const at = asked.get(personId);
  if (forPerson !== null) return forPerson === personId && at === undefined;
  return at === undefined || now - at >= ASK_AGAIN_MS;
}

type Idle = Pick<Candidate, 'idleSince' | 'personId'>;
const isLongerIdle = (a: Idle, b: Idle): boolean =>
  a.idleSince < b.idleSince || (a.idleSince === b.idleSince && a.personId < b.personId);
