import type { Db } from '../db/connect.ts';
import type { HubContext } from '../parts.ts';

/** How long after a row is deleted it can be had back. */
export const RESTORE_MS = 10 * 60_000;
const EVERY_MS = 5 * 60_000;

/** What is deleted and cannot be had back any more goes for good, its file with it. */
export async function forgetDeleted(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('record')
    .where('deleted_at', '<', new Date(now - RESTORE_MS))
    .execute();
}

/** Every few minutes, until it is ended. */
export function forgetDeletedRecords({ db, now, log }: Pick<HubContext, 'db' | 'now' | 'log'>): () => Promise<void> {
  const forget = () => forgetDeleted(db, now()).catch((error: unknown) => log.warn({ err: error }, 'deleted records stay'));
  const timer = setInterval(forget, EVERY_MS).unref();
  return async () => clearInterval(timer);
}
