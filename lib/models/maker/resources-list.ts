/** The list of resources of a kind: what of each is searched, which of its attributes stand in columns. */
import type { ResourceRecord } from '../../api/routes.ts';
import type { Field, ResourceKind } from '../../catalogue/index.ts';
import { finderInPlain, searchable, type Searchable } from '../../search.ts';
import { attributesOf } from './resources-form.ts';

export const ARCHIVED_STATES = ['active', 'archived', 'all'] as const;
export type ArchivedState = (typeof ARCHIVED_STATES)[number];

/** Texts are searched, also those too long for a column; what is chosen from a few has its column and its sorting. */
export function searchableResources(kind: ResourceKind, resources: readonly ResourceRecord[]): readonly Searchable<ResourceRecord>[] {
  const texts = attributesOf(kind).filter(({ type }) => type === 'text').map(({ id }) => id);
  return searchable(resources, ({ name, attributes }) => [name, ...texts.map((id) => String(attributes[id] ?? ''))]);
}

export function filterResources(resources: readonly Searchable<ResourceRecord>[], search: string, state: ArchivedState): ResourceRecord[] {
  const finds = finderInPlain(search);
  return resources.filter(({ item, text }) => (state === 'all' || item.archived === (state === 'archived')) && finds(text)).map(({ item }) => item);
}

export interface ColumnFields {
  /** Each in a column of its own. */
  readonly single: readonly Field[];
  /** Switches, together in one. */
  readonly switches: readonly Field[];
}

/** Drawn with the name, not beside it. */
const WITH_THE_NAME = new Set(['note', 'icon', 'colour']);
/** Longer ones say nothing in the width of a column. */
const LONGEST = 200;

export function columnFields(kind: ResourceKind): ColumnFields {
  const fields = attributesOf(kind).filter(({ id }) => !WITH_THE_NAME.has(id));
  return {
    single: fields.filter((field) => field.type === 'choice' || field.type === 'integer' || (field.type === 'text' && !field.multiline && field.maxLength <= LONGEST)),
    switches: fields.filter(({ type }) => type === 'boolean'),
  };
}

/** A name for the copy of one that no other has: “Billing (2)”. */
export function copyName(name: string, taken: readonly string[]): string {
  const others = new Set(taken.map((each) => each.toLowerCase()));
  const stem = name.replace(/ \(\d+\)$/, '');
  for (let count = 2; ; count += 1) {
    const ending = ` (${count})`;
    const copy = `${stem.slice(0, 120 - ending.length)}${ending}`;
    if (!others.has(copy.toLowerCase())) return copy;
  }
}

/** Lines that say something, of an attribute that has one thing a line. */
export const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);
