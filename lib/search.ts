/** Finding by a few letters, without minding accents and case. */

/** Letters as a search compares them, one by one: “Élodie” → “elodie”. */
export const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}+/gu, '').toLocaleLowerCase();

/** Text as a search compares it: plain, without doubled spaces. "Élodie  B" → "elodie b". */
export const fold = (text: string): string => plain(text).replaceAll(/\s+/g, ' ').trim();

/** The words of what is typed, each of which is looked for. */
export const wordsOf = (typed: string): readonly string[] => fold(typed).split(' ').filter(Boolean);

/** Returns how to tell whether every word of what is typed is in some of the texts. Nothing typed finds everything. */
export function finder(typed: string): (...texts: readonly (string | null | undefined)[]) => boolean {
  const finds = finderInPlain(typed);
  return (...texts) => finds(plain(texts.filter(Boolean).join(' ')));
}

/** The same in a text that is plain already: among thousands what is looked in is readied once, not at every letter typed. */
export function finderInPlain(typed: string): (text: string) => boolean {
  const words = wordsOf(typed);
  return (text) => words.every((word) => text.includes(word));
}

export interface Searchable<T> {
  readonly item: T;
  /** For `finderInPlain`. */
  readonly text: string;
}

/** @param textsOf everything of an item that may be searched for */
export const searchable = <T>(items: readonly T[], textsOf: (item: T) => readonly string[]): readonly Searchable<T>[] =>
  items.map((item) => ({ item, text: plain(textsOf(item).join('\n')) }));
