/** How the background is asked: it may end at any moment, in the middle of an answer too, and what asks it next wakes it. */
import type { Clock } from '../models/clock.ts';

/** Longer than a background takes to wake on a busy machine. */
const FIRST_PATIENCE_MS = 2500;
const LAST_PATIENCE_MS = 40_000;

/**
 * Asks again where the answer was lost. Browsers say so in three ways: by an error, by nothing at all, and, where another page of
 * the extension heard the question too, by an answer that is none: `undefined`, which the background never answers.
 *
 * An answer may also be slow to come, so each is waited for twice as long as the one before, up to 40 s; one that comes too
 * late is none.
 *
 * @param goesOn whether it is to be asked once more, after so many times; the first time it is asked in any case
 * @returns undefined where it was given up
 */
export async function insist<T>(ask: () => Promise<T | undefined>, goesOn: (asked: number) => boolean, after: Clock['after']): Promise<T | undefined> {
  for (let asked = 1, patience = FIRST_PATIENCE_MS; ; asked += 1, patience = Math.min(2 * patience, LAST_PATIENCE_MS)) {
    const answer = await new Promise<T | undefined>((resolve, reject) => {
      const callOff = after(patience, () => resolve(undefined));
      void ask().then(resolve, reject).finally(callOff);
    }).catch(() => undefined);
    if (answer !== undefined || !goesOn(asked)) return answer;
    // Where nobody is there at all it fails at once, each time.
    await new Promise<void>((resolve) => after(patience / 50, resolve));
  }
}
