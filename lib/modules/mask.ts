/** Personal data made unreadable, so that a row can still be told from the next and a number from a name. */
import type { Column } from './types.ts';

export type Personal = NonNullable<Column['personal']>;
export const PERSONAL: readonly Personal[] = ['name', 'phone', 'email'];
/** Which kinds are masked for somebody. */
export type Masks = ReadonlySet<Personal>;

export const DOT = '•';
/** The same number for all of them: the length of what is hidden says something too. */
const HIDDEN = DOT.repeat(4);

/**
 * Of a name the first letter of each word, of a number its last two digits, of an address its first letter and its last
 * part: "C•••• B••••", "••••12", "c••••@••••.org". What is no text has nothing to hide.
 */
export function masked(kind: Personal, value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value;
  switch (kind) {
    case 'name':
      return value.trim().split(/\s+/).map((word) => firstOf(word) + HIDDEN).join(' ');
    case 'phone':
      return HIDDEN + lastDigits(value);
    case 'email': {
      const [, last] = /@[^@]*\.([^.@]+)$/.exec(value) ?? [];
      return last === undefined ? HIDDEN : `${firstOf(value)}${HIDDEN}@${HIDDEN}.${last}`;
    }
  }
}

const firstOf = (text: string): string => [...text][0] ?? '';

/** Of a short number fewer, so that it is never all of it. */
function lastDigits(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length >= 6 ? digits.slice(-2) : '';
}

export const isMasked = ({ personal }: Pick<Column, 'personal'>, masks: Masks): boolean => personal !== undefined && masks.has(personal);
