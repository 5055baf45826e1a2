/** How a newcomer is met: taken, told over a link of its own when to come back (`later`), or not even answered as a socket (`refuse`). */
export type Admission =
  | { readonly do: 'take' }
  | { readonly do: 'later' | 'refuse'; readonly afterMs: number };

/** A place in the line is not sooner than this: a client that comes back at once gains nothing. */
const SOONEST_MS = 500;
/** Nobody is promised a place later than this. */
const LONGEST_MS = 60_000;
/** To tell somebody when to come back costs a handshake, a small part of what taking them does. */
const TOLD_FOR_ONE = 4;

/**
 * Admits `perSecond` arrivals a second, with a burst of as many. Whoever comes too early is given a moment of their own, in
 * a line with a place every 1/`perSecond` seconds: so after a restart all are back as soon as the hub can take them, and
 * nobody twice. While places are promised, newcomers stand at the end of the line. It is not known who comes back for a
 * place: whoever comes once it is due takes it.
 *
 * Four times as many a second can be told; the rest is refused, which costs next to nothing.
 */
export function createPace(perSecond: number, elapsed: () => number): () => Admission {
  const mayTake = createBucket(perSecond, elapsed);
  const mayTell = createBucket(perSecond * TOLD_FOR_ONE, elapsed);
  const line = createLine();
  let last = 0;
  return () => {
    const time = elapsed();
    if (line.isEmpty() || line.first() <= time) {
      if (mayTake()) {
        line.leave();
        return { do: 'take' };
      }
    }
    const place = Math.max(last + 1000 / perSecond, time + SOONEST_MS);
    if (place - time > LONGEST_MS || !mayTell()) return { do: 'refuse', afterMs: Math.min(LONGEST_MS, place - time) };
    last = place;
    line.join(place);
    return { do: 'later', afterMs: place - time };
  };
}

/** Moments in ascending order. An array of thousands that is shifted would be moved each time. */
function createLine() {
  let places: number[] = [];
  let first = 0;
  return {
    isEmpty: () => first === places.length,
    first: () => places[first] ?? Infinity,
    join: (place: number) => void places.push(place),
    leave() {
      if (first === places.length) return;
      first += 1;
      if (first < 1024 && first < places.length) return;
      places = places.slice(first);
      first = 0;
    },
  };
}

function createBucket(perSecond: number, elapsed: () => number): () => boolean {
  let tokens = perSecond;
  let at = elapsed();
  return () => {
    const time = elapsed();
    tokens = Math.min(perSecond, tokens + ((time - at) / 1000) * perSecond);
    at = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
