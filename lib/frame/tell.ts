/** What a banner page says to the background about its frame. */
import { type Clock, systemClock } from '../models/clock.ts';
import { insist } from './insist.ts';
import type { BannerMessage } from './messages.ts';

const TRIES = 4;

/**
 * Says it again where no answer came. It may then be done twice, which is the same as once, but for a step of the keyboard.
 *
 * @returns null where nobody is there any more: the extension was updated, or taken away
 */
export const createTell =
  (send: (message: BannerMessage) => Promise<unknown>, { after }: Pick<Clock, 'after'> = systemClock) =>
  async <T>(message: BannerMessage): Promise<T | null> =>
    ((await insist(() => send(message), (said) => said < (message.type === 'move' ? 1 : TRIES), after)) ?? null) as T | null;
