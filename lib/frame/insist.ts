/** How the background is asked: it may end at any moment, in the middle of an answer too, and what asks it next wakes it. */
import type { Clock } from '../models/clock.ts';

/** Longer than a background takes to wake on a busy machine. */
const FIRST_PATIENCE_MS = 2500;
const LAST_PATIENCE_MS = 40_000;

/**
 * Asks again where the answer was lost, of which Chromium does not always say anything. An answer may also be slow to come,
 * so each is waited for twice as long as the one before, up to 40 s; one that comes too late is none.
 *
 * @param goesOn whether it is to be asked once more, after so many times; the first time it is asked in any case
 * @returns undefined where it was given up
 */
export async function insist<T>(ask: () => Promise<T>, goesOn: (asked: number) => boolean, after: Clock['after']): Promise<T | undefined> {
  for (let asked = 1, patience = FIRST_PATIENCE_MS; ; asked += 1, patience = Math.min(2 * patience, LAST_PATIENCE_MS)) {
    try {
      return await new Promise<T>((resolve, reject) => {
        const callOff = after(patience, () => reject(new Error('no answer')));
        void ask().then(resolve, reject).finally(callOff);
      });
    } catch {
      if (!goesOn(asked)) return undefined;
      // Where nobody is there at all it fails at once, each time.
      await new Promise<void>((resolve) => after(patience / 50, resolve));
    }
  }
}
