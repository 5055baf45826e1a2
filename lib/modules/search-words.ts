import { fold } from '../search.ts';
import type { Values } from './check.ts';
import type { ColumnType, Panel } from './types.ts';

const SEARCHED: ReadonlySet<ColumnType> = new Set(['text', 'longText', 'phone', 'email']);
/** Of a long text the first ones: more would make an index of it all. */
const MOST_WORDS = 1500;
const MOST_LETTERS = 60;

/** Letters and digits that stand together, folded. */
const split = (text: string): readonly string[] =>
  fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((word) => [...word].slice(0, MOST_LETTERS).join(''));

const digitsOf = (text: string): string => text.replace(/\D/g, '');
/** A number, however it is written, begins with its country, or with the town behind one of one to three digits. */
const STARTS = [0, 1, 2, 3];

/**
 * The words that a row is found by, each by its beginning.
 *
 * @param open only what is not personal data: for those from whom that is hidden, who could guess it by searching
 */
export function searchWords({ columns }: Pick<Panel, 'columns'>, values: Values, { open = false } = {}): readonly string[] {
  const words = new Set<string>();
  for (const { id, type, personal } of columns) {
    const value = values[id];
    if (!SEARCHED.has(type) || typeof value !== 'string' || (open && personal)) continue;
    for (const word of split(value)) words.add(word);
    const digits = type === 'phone' ? digitsOf(value) : '';
    if (digits.length > 5) for (const start of STARTS) words.add(digits.slice(start));
  }
  return [...words].slice(0, MOST_WORDS);
}

/** What is typed, as beginnings of words of which a row has to have all. A telephone number is one, without its zeros. */
export function soughtWords(typed: string): readonly string[] {
  if (/^[+\d\s().-]+$/.test(typed) && digitsOf(typed).length > 4) return [digitsOf(typed).replace(/^0{1,2}/, '')];
  return split(typed);
}
