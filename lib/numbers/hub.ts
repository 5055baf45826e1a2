/**
 * Numbers as the hub reads them, by the table that knows every range: what it says of a number is what counts. The table
 * is too heavy for a banner, which asks.
 */
import parse, { isSupportedCountry } from 'libphonenumber-js/max';
import { createNumbers, type ReadNumber } from './numbers.ts';

export { checkNumber, type NumberProblem, type NumberRights } from './check.ts';
export type { ReadNumber } from './numbers.ts';

/** `premium` is always known here. */
export type HubNumber = ReadNumber & { readonly premium: boolean };

export const { readNumber, formatNumber, maskNumber } = createNumbers<HubNumber>(
  { parse, isCountry: isSupportedCountry },
  (number) => number.getType() === 'PREMIUM_RATE',
);
