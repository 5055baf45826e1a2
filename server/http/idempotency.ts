import { createHash } from 'node:crypto';
import type { Trx } from '../db/connect.ts';
import type { Reply } from './handler.ts';
import { ProblemError } from './problem-error.ts';

/** What was answered: kept with the change itself, so that either both are there or neither. */
export type KeptReply = Pick<Reply, 'answer' | 'etag' | 'ofSession'>;

/** Tells a request from another one under the same key. */
export function fingerprint(method: string, path: string, body: Uint8Array): string {
  return createHash('sha256').update(`${method} ${path}\n`).update(body).digest('base64url');
}

/**
 * Claims the key in the transaction of the change. A concurrent request with the same key waits here until the first
 * one's transaction ends; so both run once.
 *
 * @param foreseen what will most likely be answered, where that can be said: kept with the claim, it need not be written again
 * @returns what was answered before, or null where this request is the first
 * @throws {ProblemError} request.replayed: the key was used for another request
 */
export async function claimKey(trx: Trx, personId: string, key: string, request: string, foreseen: Kept | null = null): Promise<KeptReply | null> {
  const claimed = await trx
    .insertInto('idempotency')
    .values({ person_id: personId, key, request, status: foreseen?.status ?? null, body: foreseen && bodyOf(foreseen.reply), at: new Date() })
    .onConflict((conflict) => conflict.columns(['person_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (claimed) return null;
  const kept = await trx
    .selectFrom('idempotency')
    .select(['request', 'status', 'body'])
    .where('person_id', '=', personId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (kept?.request !== request || kept.status === null || kept.body === null) {
    throw new ProblemError('request.replayed', { detail: 'This Idempotency-Key was used for another request.' });
  }
  return JSON.parse(kept.body) as KeptReply;
}

export interface Kept {
  readonly status: number;
  readonly reply: KeptReply;
}

const bodyOf = ({ answer, etag, ofSession }: KeptReply): string => JSON.stringify(ofSession === undefined ? { answer, etag } : { ofSession });

/** Unless that is what was kept with the claim. */
export async function keepReply(trx: Trx, personId: string, key: string, { status, reply }: Kept, foreseen: Kept | null = null): Promise<void> {
  const body = bodyOf(reply);
  if (foreseen?.status === status && bodyOf(foreseen.reply) === body) return;
  await trx
    .updateTable('idempotency')
    .set({ status, body })
    .where('person_id', '=', personId)
    .where('key', '=', key)
    .execute();
}

/** Keys are remembered for a day: longer than any client goes on trying. */
export const KEY_KEPT_MS = 24 * 60 * 60_000;
