/** Time as it passes, and which can be turned on: what is due by then is called, as after a machine has slept. */
import type { Clock } from '../../lib/models/clock.ts';

export interface TurnedClock extends Clock {
  /** Milliseconds; never back, as no machine that sleeps does. */
  turn(by: number): void;
}

const LONGEST_WAIT_MS = 2 ** 31 - 1;

export function createTurnedClock(): TurnedClock {
  let ahead = 0;
  const waiting = new Set<{ readonly at: number; timer?: NodeJS.Timeout; readonly callback: () => void }>();
  type Wait = typeof waiting extends Set<infer W> ? W : never;
  const now = () => Date.now() + ahead;
  const set = (wait: Wait) => {
    clearTimeout(wait.timer);
    wait.timer = setTimeout(
      () => {
        waiting.delete(wait);
        wait.callback();
      },
      Math.min(Math.max(0, wait.at - now()), LONGEST_WAIT_MS),
    );
  };
  return {
    now,
    after(milliseconds, callback) {
      const wait: Wait = { at: now() + Math.max(0, milliseconds), callback };
      waiting.add(wait);
      set(wait);
      return () => {
        waiting.delete(wait);
        clearTimeout(wait.timer);
      };
    },
    turn(by) {
      ahead += by;
      for (const wait of waiting) set(wait);
    },
  };
}
