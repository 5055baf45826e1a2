import type { Random } from './random.ts';

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before another try, after so many in a row that failed: doubling, with full jitter. */
export const waitAfter = (failures: number, random: Random): number => Math.round(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures));
