/** What a banner page says to the background about its frame. */
import type { BannerMessage } from './messages.ts';

const TRIES = 3;

/**
 * Says it again where the background ended in the middle of it: that wakes the next one. It may then be done twice, which
 * is the same as once, but for a step of the keyboard.
 *
 * @returns null where nobody is there any more: the extension was updated, or taken away
 */
export function createTell(send: (message: BannerMessage) => Promise<unknown>) {
  return async <T>(message: BannerMessage): Promise<T | null> => {
    for (let left = TRIES; left > 0; left -= 1) {
      try {
        return (await send(message)) as T;
      } catch {
        if (message.type === 'move') break;
      }
    }
    return null;
  };
}
