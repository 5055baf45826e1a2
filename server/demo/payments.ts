import { sql } from 'kysely';
import type { Clock } from '../../lib/models/clock.ts';
import type { HubContext } from '../parts.ts';
import { endPayment } from '../modules/pay.ts';

/** So long the demo's customers take to pay. */
export const PAYS_AFTER_MS = 4000;
const LOOKS_EVERY_MS = 1000;

/**
 * Stands for the payment provider of the demo centre: confirms what it is asked for after a moment, as a real one would
 * through the hub. For no other account.
 *
 * @returns how to end it
 */
export function startDemoPayments({ db, log }: Pick<HubContext, 'db' | 'log'>, clock: Clock): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  let callOff = () => {};
  let stopped = false;
  const look = async () => {
    const before = new Date(clock.now() - PAYS_AFTER_MS);
    const { rows } = await sql<{ id: string }>`
      select p.id from payment_request p join demo_centre d on d.account_id = p.account_id
      where p.state = 'pending' and p.asked_at <= ${before}`.execute(db);
    for (const { id } of rows) await db.transaction().execute((trx) => endPayment(trx, id, 'confirmed', clock.now()));
  };
  const again = () => {
    callOff = clock.after(LOOKS_EVERY_MS, () => {
      looking = look()
        .catch((error: unknown) => log.warn({ err: error }, 'the demo’s payments wait'))
        .finally(() => !stopped && again());
    });
  };
  again();
  return async () => {
    stopped = true;
    callOff();
    await looking;
  };
}
