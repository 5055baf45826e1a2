/**
 * The texts of the message catalogue. Which catalogue is the page's to say, once, before it draws: the browser's in
 * the extension, a plain object in a fixture.
 */
export type GetMessage = (name: string, substitutions: string[]) => string;

let getMessage: GetMessage = (name) => name;
export const useMessages = (source: GetMessage): void => {
  getMessage = source;
};

/** The text for a key such as `banner.signIn`, with `$1`… replaced in order. The key itself where there is no text. */
export function t(key: string, ...substitutions: readonly (string | number)[]): string {
  return getMessage(key.replaceAll('.', '_'), substitutions.map(String)) || key;
}

/**
 * The form of a text that a number asks for, the number being `$1`: `banner.count.one`, `.other` and what else
 * the reader's language has (`two`, `few`, `many`).
 */
export function tn(key: string, count: number, ...substitutions: readonly (string | number)[]): string {
  const form = `${key}.${new Intl.PluralRules(locale()).select(count)}`;
  const text = t(form, count, ...substitutions);
  return text === form ? t(`${key}.other`, count, ...substitutions) : text;
}

export const locale = (): string => document.documentElement.lang || navigator.language;

/** Names in a row as the language joins them, at most so many and then how many more. */
export function names(all: readonly string[], most = 4): string {
  const shown = all.length > most ? [...all.slice(0, most - 1), tn('common.more', all.length - most + 1)] : all;
  return new Intl.ListFormat(locale(), { style: 'short', type: 'unit' }).format(shown);
}

/** Hours and minutes, as the reader writes them. @param at milliseconds since the epoch */
export const clockTime = (at: number): string =>
  new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit' }).format(at);

/** `mm:ss`, with hours once there are any. @param milliseconds a span, not negative */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The same as an ISO 8601 duration, for `<time>`. */
export const isoSpan = (milliseconds: number): string => `PT${Math.max(0, Math.floor(milliseconds / 1000))}S`;
