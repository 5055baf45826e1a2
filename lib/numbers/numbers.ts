/** Telephone numbers, read by the table of the library that is given: the hub's has every range (`hub.ts`). */
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core';

export interface ReadNumber {
  readonly e164: string;
  /**
   * ISO 3166-1 alpha-2; null of a number of no country: satellite and international networks, Kosovo (which has no code of
   * the standard), or a code that several countries share where the range does not say which.
   */
  readonly country: string | null;
  /** Whether the numbering plan has its range. Of one that it has not, nobody can say what a call costs. */
  readonly known: boolean;
  /** Null where the table at hand does not say: the hub's always does. Shared-cost numbers are not premium-rate. */
  readonly premium: boolean | null;
}

export interface Numbers<N extends ReadNumber> {
  /**
   * A number as somebody typed it, or as a `tel:` link has it; an extension is dropped. Emergency numbers and short codes
   * are none: they mean something only to the line that one dials them from, so what is typed without `+` must be in the
   * numbering plan.
   *
   * @param home the country that a number without a country code is of
   * @returns null for what is no number
   */
  readNumber(typed: string, home: string): N | null;
  /** As people write it: the national way at home, else the international one. What is no number stays as it is. */
  formatNumber(e164: string, home: string): string;
  /** Country code and the last two digits: `+33 ••••••• 12`. Of what is no number, nothing but that it was there. */
  maskNumber(e164: string): string;
}

type Parse = (text: string, options: { defaultCountry?: CountryCode; extract: false }) => PhoneNumber | undefined;

interface Table {
  readonly parse: Parse;
  readonly isCountry: (code: string) => code is CountryCode;
}

/** Ranges kept for films and books, which no plan lists as in use and which cost nothing: ARCEP 2018-0881, Ofcom's drama numbers. */
const KEPT_FOR_FICTION = ['+3363998', '+447700900'];
/** What the library calls countries and the standard does not. */
const NOT_OF_THE_STANDARD: Readonly<Record<string, string | null>> = { AC: 'SH', TA: 'SH', XK: null };
const HIDDEN = '•';

export function createNumbers<N extends ReadNumber>({ parse, isCountry }: Table, premiumOf: (number: PhoneNumber) => N['premium']): Numbers<N> {
  const parsed = (text: string, home?: string) => parse(text, { ...(home && isCountry(home) ? { defaultCountry: home } : {}), extract: false });
  return {
    readNumber(typed, home) {
      const text = bare(typed);
      const number = parsed(text, home);
      // One of an unknown range may lose a leading zero each time it is read: what would be dialled must be what was checked.
      if (!number?.isPossible() || parsed(number.number)?.number !== number.number) return null;
      const known = number.isValid() || isFiction(number.number);
      if (!known && !hasCountryCode(text)) return null;
      return { e164: number.number, country: countryOf(number), known, premium: premiumOf(number) } as N;
    },
    formatNumber(e164, home) {
      const number = parsed(e164);
      if (!number) return e164;
      return number.country === home ? number.formatNational() : number.formatInternational();
    },
    maskNumber(e164) {
      const number = parsed(e164);
      const national = number?.nationalNumber ?? '';
      // Of a short one the last two would be most of it.
      if (!number || national.length < 5) return HIDDEN.repeat(3);
      return `+${number.countryCallingCode} ${HIDDEN.repeat(national.length - 2)} ${national.slice(-2)}`;
    },
  };
}

/** Without what a link has around it (RFC 3966): the scheme, `;ext=` and other parameters; and `+33` for `(+33)`. */
const bare = (typed: string): string => typed.trim().replace(/^tel:/i, '').replace(/;.*$/s, '').replace(/^\((\+\d+)\)/, '$1 ');

const hasCountryCode = (text: string): boolean => /^\D*[+＋]/.test(text);

const isFiction = (e164: string): boolean => KEPT_FOR_FICTION.some((range) => e164.startsWith(range));

function countryOf(number: PhoneNumber): string | null {
  // By its example: the drama numbers of a shared code are of its main country.
  if (isFiction(number.number)) return number.number.startsWith('+44') ? 'GB' : 'FR';
  const code = number.country ?? null;
  return code !== null && code in NOT_OF_THE_STANDARD ? (NOT_OF_THE_STANDARD[code] as string | null) : code;
}
