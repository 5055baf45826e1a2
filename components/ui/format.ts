/** Times and numbers as the reader writes them. */
import type { Currency } from '../../lib/modules/money.ts';
import { once } from './text.ts';

/** Day and time. @param at milliseconds since the epoch, on this machine's clock or the hub's as it stands */
export const formatTime = (at: number): string =>
  once('time', (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })).format(at);

/** The day alone, short. */
export const formatDate = (at: number): string => once('date', (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' })).format(at);

/** The day with its weekday, as a heading. */
export const formatDay = (at: number): string =>
  once('day', (language) => new Intl.DateTimeFormat(language, { dateStyle: 'full' })).format(at);

const UNITS = [
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
] as const;

/** How long ago, or in how long: by the minute, the hour or the day; a week away by its date. */
export function formatAgo(at: number, now: number): string {
  const span = at - now;
  const size = Math.abs(span);
  if (size >= 7 * 86_400_000) return formatDate(at);
  const relative = once('ago', (language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  const [unit, length] = UNITS.findLast(([, each]) => size >= each) ?? ['second', 1000];
  return unit === 'second' ? relative.format(0, 'second') : relative.format(Math.trunc(span / length), unit);
}

/** Shorter the nearer it is: the time of today, day and time of this year, the date of another. */
export function formatMoment(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)];
  if (then.toDateString() === today.toDateString()) return once('clock', (language) => new Intl.DateTimeFormat(language, { timeStyle: 'short' })).format(at);
  if (then.getFullYear() !== today.getFullYear()) return formatDate(at);
  const parts = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return once('moment', (language) => new Intl.DateTimeFormat(language, parts)).format(at);
}

/** @param amount of the currency's smallest unit. Browsers do not all know the same decimals: those it is counted in are shown. */
export const formatMoney = (amount: number, { code, decimals }: Currency): string =>
  once(`money ${code} ${decimals}`, (language) => new Intl.NumberFormat(language, { style: 'currency', currency: code, minimumFractionDigits: decimals, maximumFractionDigits: decimals })).format(
    amount / 10 ** decimals,
  );

export const formatNumber = (value: number): string => once('number', (language) => new Intl.NumberFormat(language)).format(value);

/** Compares names as the reader sorts them: accents and case after letters, numbers by their value. */
export const compareNames = (a: string, b: string): number =>
  once('sort', (language) => new Intl.Collator(language, { numeric: true })).compare(a, b);

/** As the reader's language calls it; the code itself where it is none that anybody knows, or not in the form of one. */
const nameOf = (type: 'region' | 'language', code: string): string => {
  try {
    return once(type, (language) => new Intl.DisplayNames(language, { type })).of(code) ?? code;
  } catch {
    return code;
  }
};
/** @param code ISO 3166-1 alpha-2 */
export const countryName = (code: string): string => nameOf('region', code);
/** @param code BCP 47 */
export const languageName = (code: string): string => nameOf('language', code);
