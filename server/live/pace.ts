/** How a newcomer is met: taken, told when to come back (`later`), or not even answered as a socket (`refuse`). */
export type Admission = 'take' | 'later' | 'refuse';

/**
 * Admits `perSecond` arrivals a second, with a burst of as many. As many again are told to come back, which costs a
 * handshake and lets the hub choose when; the rest is refused, which costs next to nothing.
 */
export function createPace(perSecond: number, now: () => number): () => Admission {
  const take = createBucket(perSecond, now);
  const later = createBucket(perSecond, now);
  return () => {
    if (take()) return 'take';
    return later() ? 'later' : 'refuse';
  };
}

function createBucket(perSecond: number, now: () => number): () => boolean {
  let tokens = perSecond;
  let at = now();
  return () => {
    const time = now();
    tokens = Math.min(perSecond, tokens + ((time - at) / 1000) * perSecond);
    at = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
