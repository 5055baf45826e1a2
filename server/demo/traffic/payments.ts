/** The demo's customers pay what they are asked for, after a moment: the contract's part for payments, and nothing else of the hub. */
import type { Clock } from '../../../lib/models/clock.ts';
import type { PaymentCalls } from './calls.ts';

/** So long they take. */
export const PAYS_AFTER_MS = 4000;
const LOOKS_EVERY_MS = 1000;
/** After a look that failed; the hub may be away. */
const LATER_MS = 10_000;

interface Dependencies {
  readonly calls: PaymentCalls;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** @returns how to end it */
export function startPaying({ calls, clock, log }: Dependencies): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  let callOff = () => {};
  let stopped = false;
  /** When each was seen first, by this machine's clock: the hub's may be another. */
  let seen = new Map<string, number>();
  const look = async () => {
    const now = clock.now();
    const asked = await calls.payments();
    seen = new Map(asked.map(({ id }) => [id, seen.get(id) ?? now]));
    for (const { id, amount, currency, invoice } of asked) {
      if (now - seen.get(id)! < PAYS_AFTER_MS) continue;
      await calls.endPayment(id, 'confirmed');
      log(`Paid: invoice ${invoice.number}, ${amount} of the smallest unit of ${currency}`);
    }
  };
  const round = async () => {
    const next = await look().then(
      () => LOOKS_EVERY_MS,
      () => LATER_MS,
    );
    if (!stopped) again(next);
  };
  const again = (after: number) => {
    callOff = clock.after(after, () => void (looking = round()));
  };
  again(LOOKS_EVERY_MS);
  return async () => {
    stopped = true;
    callOff();
    await looking;
  };
}
