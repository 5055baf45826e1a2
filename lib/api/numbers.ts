/** The numbers that both ends count and date by: none that a counter never reaches, or that is no date. */
import * as v from 'valibot';

/** The last moment that a `Date` can be (ECMA-262, 21.4.1.1). */
const LAST_MOMENT = 8.64e15;

/** Milliseconds since the epoch, on the hub's clock. */
export const instant = v.pipe(v.number(), v.minValue(0), v.maxValue(LAST_MOMENT));

/**
 * Grows with every change of the document it stands in; comparable only within one epoch. One past what can be counted
 * would be newer than all that come after it.
 */
export const seq = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
