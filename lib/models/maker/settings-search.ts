/** Finds fields by what is written at them. */
import { choiceLabel, type Field, type Section, sections } from '../../catalogue/index.ts';
import type { Text } from '../../decide/index.ts';
import { finderInPlain, plain, wordsOf } from '../../search.ts';

/** Every word of the query is found somewhere at the field: in its name, section, group, column, help, choices or id. */
export function fieldsMatching(query: string, haystack: ReadonlyMap<string, string>): ReadonlySet<string> | null {
  if (query.trim() === '') return null;
  const finds = finderInPlain(query);
  return new Set([...haystack].flatMap(([id, text]) => (finds(text) ? [id] : [])));
}

/** @param help of a field, where it has any */
export const haystackOf = (text: Text, help: (id: string) => string | null): ReadonlyMap<string, string> =>
  new Map((sections as readonly Section[]).flatMap((section) => section.fields.map((field) => [field.id, plain(textsOf(section, field, text, help))] as const)));

function textsOf(section: Section, field: Field, text: Text, help: (id: string) => string | null): string {
  const choices = field.type === 'choice' ? field.choices.map((choice) => text(choiceLabel(choice))) : [];
  return [
    text(field.label),
    text(section.label),
    field.group ? text(field.group) : '',
    field.column ? text(`channel.${field.column}`) : '',
    help(field.id) ?? '',
    ...choices,
    field.id,
  ].join(' ');
}

/** A text in parts, of which some are words of the query. Letters are compared without case and accents, one by one. */
export function marked(text: string, query: string): readonly { readonly part: string; readonly found: boolean }[] {
  const words = wordsOf(query);
  if (words.length === 0) return [{ part: text, found: false }];
  const letters = [...text];
  // Where each letter of the plain text comes from.
  const from = letters.flatMap((letter, at) => [...plain(letter)].map(() => at));
  const plainText = letters.map(plain).join('');
  const found = new Set<number>();
  for (const word of words) {
    for (let at = plainText.indexOf(word); at >= 0; at = plainText.indexOf(word, at + 1)) {
      for (let letter = at; letter < at + word.length; letter += 1) found.add(from[letter]!);
    }
  }
  const parts: { part: string; found: boolean }[] = [];
  letters.forEach((letter, at) => {
    const last = parts.at(-1);
    if (last && last.found === found.has(at)) last.part += letter;
    else parts.push({ part: letter, found: found.has(at) });
  });
  return parts;
}
