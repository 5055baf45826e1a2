/** What a banner page says to the background about its frame. */
import { type Clock, systemClock } from '../models/clock.ts';
import type { BannerMessage } from './messages.ts';

const TRIES = 4;
/** Longer than a background takes to wake on a busy machine: one that is asked twice does it twice, and no harm. */
const ANSWER_MS = 2500;

/**
 * Says it again where the background ended in the middle of it, or as it woke, of which Chromium says nothing: that wakes the
 * next one. It may then be done twice, which is the same as once, but for a step of the keyboard.
 *
 * @returns null where nobody is there any more: the extension was updated, or taken away
 */
export function createTell(send: (message: BannerMessage) => Promise<unknown>, clock: Pick<Clock, 'after'> = systemClock) {
  const inTime = (message: BannerMessage) =>
    new Promise<unknown>((resolve, reject) => {
      const callOff = clock.after(ANSWER_MS, () => reject(new Error('no answer')));
      void send(message).then(resolve, reject).finally(callOff);
    });
  return async <T>(message: BannerMessage): Promise<T | null> => {
    for (let left = message.type === 'move' ? 1 : TRIES; left > 0; left -= 1) {
      try {
        return (await inTime(message)) as T;
      } catch {
        // Said again, or given up.
      }
    }
    return null;
  };
}
