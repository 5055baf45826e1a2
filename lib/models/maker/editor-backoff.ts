/** How long to wait after a failure. */
const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * Milliseconds until the next try, growing to half a minute, with half of it left to chance so that pages which failed
 * together do not come back together.
 *
 * @param failures tries that failed, from 1
 * @param random between 0 and 1
 */
export const waitAfter = (failures: number, random: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (0.5 + random / 2);
