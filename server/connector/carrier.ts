/** Which connector an outgoing interaction goes to. */
import type { Channel } from '../../lib/catalogue/index.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import { carries, type Connector } from './connectors.ts';
import { isThere } from './hearing.ts';

/** Times in milliseconds since the epoch. */
export interface Candidate extends Pick<Connector, 'id' | 'channels'> {
  readonly madeAt: number;
  readonly heardAt: number | null;
}

/**
 * Of those that carry the channel: one that is there; of those, one that says it carries it before one that never said
 * what it carries; of those, the one made first. Null where none carries it.
 */
export function chooseCarrier(candidates: readonly Candidate[], channel: Channel, now: number): Candidate | null {
  const rank = ({ heardAt, channels, madeAt }: Candidate) => [isThere(heardAt, now) ? 0 : 1, channels === null ? 1 : 0, madeAt];
  const before = (a: Candidate, b: Candidate) => {
    const others = rank(b);
    const difference = rank(a).map((of, at) => of - others[at]!).find((of) => of !== 0);
    return difference ?? (a.id < b.id ? -1 : 1);
  };
  return candidates.filter((candidate) => carries(candidate, channel)).toSorted(before)[0] ?? null;
}

async function candidatesOf(db: Db | Trx, accountId: string): Promise<readonly Candidate[]> {
  const rows = await db.selectFrom('connector').select(['id', 'channels', 'made_at', 'heard_at']).where('account_id', '=', accountId).where('hash', 'is not', null).execute();
  return rows.map(({ id, channels, made_at, heard_at }) => ({ id, channels, madeAt: made_at.getTime(), heardAt: heard_at?.getTime() ?? null }));
}

/** @returns its id; null where none carries the channel */
export async function findCarrier(db: Db | Trx, accountId: string, channel: Channel, now: number): Promise<string | null> {
  return chooseCarrier(await candidatesOf(db, accountId), channel, now)?.id ?? null;
}

/** The same, where it is there to be asked: what it would hear of too late is not begun. */
export async function findCarrierThere(db: Db | Trx, accountId: string, channel: Channel, now: number): Promise<string | null> {
  const there = (await candidatesOf(db, accountId)).filter(({ heardAt }) => isThere(heardAt, now));
  return chooseCarrier(there, channel, now)?.id ?? null;
}

/** @returns its id @throws {ProblemError} connector.none: the account has no connector; connector.channel: none carries it */
export async function carrierOf(trx: Trx, accountId: string, channel: Channel, now: number): Promise<string> {
  const candidates = await candidatesOf(trx, accountId);
  if (candidates.length === 0) throw new ProblemError('connector.none');
  const carrier = chooseCarrier(candidates, channel, now);
  if (!carrier) throw new ProblemError('connector.channel', { channel });
  return carrier.id;
}

/** @throws {ProblemError} connector.payments: nobody would take it */
export async function requirePaymentTaker(trx: Trx, accountId: string): Promise<void> {
  const taker = await trx.selectFrom('connector').select('id').where('account_id', '=', accountId).where('payments', '=', true).where('hash', 'is not', null).executeTakeFirst();
  if (!taker) throw new ProblemError('connector.payments', { detail: 'No connected system takes payments.' });
}
