/** When a connector was last heard of, by any hub: whoever chooses one prefers one that is there. */
import { STALL_MS } from '../../lib/api/live.ts';
import type { Db } from '../db/connect.ts';

/** Asking every second need not write every second. */
const OFTEN_ENOUGH_MS = 5000;

/** Whether one that was last heard of then is taken to be there; both in milliseconds since the epoch. */
export const isThere = (heardAt: number | null, now: number): boolean => heardAt !== null && now - heardAt < STALL_MS;

/**
 * It has said something.
 *
 * @param now milliseconds since the epoch
 * @param notWithin milliseconds: one heard of so lately need not be written down again
 */
export async function heard(db: Db, connectorId: string, now: number, notWithin = OFTEN_ENOUGH_MS): Promise<void> {
  await db
    .updateTable('connector')
    .set({ heard_at: new Date(now) })
    .where('id', '=', connectorId)
    .where((eb) => eb.or([eb('heard_at', 'is', null), eb('heard_at', '<', new Date(now - notWithin))]))
    .execute();
}

/** Its last WebSocket here has closed. It may have been heard elsewhere since it spoke here: then it is there. */
export async function left(db: Db, connectorId: string, lastHere: number): Promise<void> {
  await db.updateTable('connector').set({ heard_at: null }).where('id', '=', connectorId).where('heard_at', '<=', new Date(lastHere)).execute();
}
