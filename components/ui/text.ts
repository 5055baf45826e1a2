/**
 * The texts of the message catalogue. Which catalogue is the page's to say, once, before it draws: the browser's in
 * the extension, a plain object in a fixture.
 */
export type GetMessage = (name: string, substitutions: string[]) => string;

let getMessage: GetMessage = (name) => name;
/**
 * Texts by their keys, with what stands for a substitution still in them: a browser takes some 25 µs to give one out, and
 * the bar has a hundred each time it is drawn.
 */
const texts = new Map<string, string>();
export const useMessages = (source: GetMessage): void => {
  getMessage = source;
  texts.clear();
};

/** Stand for `$1` to `$9`: of Unicode's private use, so that no text has them. */
const SLOTS = Array.from({ length: 9 }, (_, at) => String.fromCharCode(0xe001 + at));
const SLOT = /[\ue001-\ue009]/g;

function textOf(key: string): string {
  const known = texts.get(key) ?? (getMessage(key.replaceAll('.', '_'), SLOTS) || key);
  texts.set(key, known);
  return known;
}

/** The text for a key such as `banner.signIn`, with `$1`… replaced in order. The key itself where there is no text. */
export const t = (key: string, ...substitutions: readonly (string | number)[]): string =>
  textOf(key).replace(SLOT, (slot) => String(substitutions[SLOTS.indexOf(slot)] ?? ''));

/**
 * The form of a text that a number asks for, the number being `$1`: `banner.count.one`, `.other` and what else
 * the reader's language has (`two`, `few`, `many`).
 */
export function tn(key: string, count: number, ...substitutions: readonly (string | number)[]): string {
  const rules = once('plural', (language) => new Intl.PluralRules(language));
  const form = `${key}.${rules.select(count)}`;
  return textOf(form) === form ? t(`${key}.other`, count, ...substitutions) : t(form, count, ...substitutions);
}

export const locale = (): string => document.documentElement.lang || navigator.language;

/** Formatters are slow to make: one of a kind for each language, whoever asks for it. @param kind names it */
export function once<F>(kind: string, make: (language: string) => F): F {
  const language = locale();
  const key = `${kind} ${language}`;
  const held = made.get(key) as F | undefined;
  if (held) return held;
  const format = make(language);
  made.set(key, format);
  return format;
}
const made = new Map<string, unknown>();

/** Names in a row as the language joins them, at most so many and then how many more. */
export function names(all: readonly string[], most = 4): string {
  const shown = all.length > most ? [...all.slice(0, most - 1), tn('common.more', all.length - most + 1)] : all;
  return once('names', (language) => new Intl.ListFormat(language, { style: 'short', type: 'unit' })).format(shown);
}

/** Hours and minutes, as the reader writes them. @param at milliseconds since the epoch */
export const clockTime = (at: number): string =>
  once('clock time', (language) => new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' })).format(at);

/** `mm:ss`, with hours once there are any. @param milliseconds a span, not negative */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The same as an ISO 8601 duration, for `<time>`. */
export const isoSpan = (milliseconds: number): string => `PT${Math.max(0, Math.floor(milliseconds / 1000))}S`;
