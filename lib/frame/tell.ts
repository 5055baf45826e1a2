/** What a banner page says to the background about its frame. */
import { type Clock, systemClock } from '../models/clock.ts';
import { insist } from './insist.ts';
import type { BannerMessage } from './messages.ts';

type Type = BannerMessage['type'];

/** What a message settles: said again after a later one of the same, it would undo that. */
const ABOUT: Readonly<Partial<Record<Type, string>>> = { size: 'size', calls: 'calls', dock: 'place', collapse: 'place', drag: 'place', drop: 'place', move: 'place' };

/**
 * How often a message is said at the most, where that is not this often. Without its ticket redeemed the page is blank, and what was
 * said of the frame's size and of calls is not said anew: these until they are heard. A step of the keyboard may not be done twice.
 */
const TIMES: Readonly<Partial<Record<Type, number>>> = { redeem: Number.POSITIVE_INFINITY, size: Number.POSITIVE_INFINITY, calls: Number.POSITIVE_INFINITY, move: 1 };
const OFTEN = 8;

/**
 * Says it again where no answer came, unless a later one is about the same. It may then be done twice, which is the same as once.
 *
 * @returns null where it was refused, overtaken, or nobody is there any more: the extension was updated, or taken away
 */
export function createTell(send: (message: BannerMessage) => Promise<unknown>, { after }: Pick<Clock, 'after'> = systemClock) {
  const newest = new Map<string, BannerMessage>();
  return async <T>(message: BannerMessage): Promise<T | null> => {
    const { type } = message;
    const about = ABOUT[type];
    if (about) newest.set(about, message);
    const goesOn = (said: number) => said < (TIMES[type] ?? OFTEN) && (!about || newest.get(about) === message);
    return ((await insist(() => send(message), goesOn, after)) ?? null) as T | null;
  };
}
