/** Values as a person reads them, each type of field its own way. */
import { choiceLabel, type Field } from '../catalogue/index.ts';
import type { Text } from '../decide/index.ts';

export interface ValueNames {
  readonly text: Text;
  /** What a resource, a profile or a person is called; null where nobody knows. */
  readonly nameOf: (id: string) => string | null;
  /** The name of a country by its ISO 3166-1 alpha-2 code. */
  readonly country: (code: string) => string;
  readonly number: (value: number) => string;
  /** Names in a row, as the language joins them. */
  readonly list: (names: readonly string[]) => string;
}

/** A value that is one thing: a number with its unit, a text, a choice, a name. */
export function valueWords(field: Field, value: unknown, names: ValueNames): string {
  const { text } = names;
  if (value === null || value === undefined || value === '') return text('makerPublish.words.none');
  switch (field.type) {
    case 'integer':
      return text(`makerPublish.unit.${field.unit}`, [names.number(Number(value))]);
    case 'choice':
      return field.choices.includes(value as never) ? text(choiceLabel(String(value))) : String(value);
    case 'reference':
      return names.nameOf(String(value)) ?? text('makerPublish.words.noName', [String(value)]);
    case 'text':
      return text('makerPublish.words.quoted', [String(value)]);
    case 'boolean':
      return text(value === true ? 'makerPublish.words.yes' : 'makerPublish.words.no');
    default:
      return JSON.stringify(value);
  }
}

/** A list before and after, as names. */
export interface Listed {
  readonly from: readonly string[] | 'all';
  readonly to: readonly string[] | 'all';
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export function listedWords(before: unknown, after: unknown, name: (id: string) => string): Listed {
  const [from, to] = [idsOf(before), idsOf(after)];
  const named = (ids: readonly string[]) => ids.map(name);
  if (from === 'all' || to === 'all') {
    return { from: from === 'all' ? from : named(from), to: to === 'all' ? to : named(to), added: [], removed: [] };
  }
  return {
    from: named(from),
    to: named(to),
    added: named(to.filter((id) => !from.includes(id))),
    removed: named(from.filter((id) => !to.includes(id))),
  };
}

export const elementWords = (before: unknown, after: unknown, { nameOf, text }: ValueNames): Listed =>
  listedWords(before, after, (id) => nameOf(id) ?? text('makerPublish.words.noName', [id]));

const idsOf = (value: unknown): readonly string[] | 'all' =>
  value === 'all' ? 'all' : Array.isArray(value) ? [...new Set(value.map(String))] : [];

/** Scores that are another, person by person. */
export function scoreWords(before: unknown, after: unknown, { nameOf, number, text }: ValueNames) {
  const [old, now] = [scoresOf(before), scoresOf(after)];
  const words = (score: number | undefined) => (score === undefined ? text('makerPublish.words.none') : number(score));
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((id) => old[id] !== now[id])
    .map((id) => ({ id, name: nameOf(id) ?? text('makerPublish.words.noName', [id]), was: words(old[id]), is: words(now[id]) }));
}

const scoresOf = (value: unknown): Readonly<Record<string, number>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, number>) : {};
