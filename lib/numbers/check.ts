import type { ProblemCode } from '../api/problem.ts';
import type { ReadNumber } from './numbers.ts';

export type NumberProblem = Extract<ProblemCode, `number.${string}`>;

/** `flow.<channel>.out.countries` and `.out.premium` of the profile. */
export interface NumberRights {
  readonly countries: 'all' | readonly string[];
  readonly premium: boolean;
}

/**
 * Whether a profile lets one reach a number (catalogue.md 1.3, and 1.4 for a transfer outside): its country must be
 * listed, and a premium-rate number needs its own right. A number of no country needs all countries. One of a range that
 * the numbering plan does not have may cost anything, so it is taken for no number unless premium-rate ones are allowed.
 *
 * @returns what is wrong first; null where nothing is
 */
export function checkNumber(number: ReadNumber | null, { countries, premium }: NumberRights): NumberProblem | null {
  if (!number || (!number.known && !premium)) return 'number.invalid';
  if (countries !== 'all' && (number.country === null || !countries.includes(number.country))) return 'number.country';
  return number.premium === true && !premium ? 'number.premium' : null;
}
