/** The validation of a profile document, made from the catalogue. */
import * as v from 'valibot';
import { consoleFields } from '../catalogue/console.ts';
import {
  DOCUMENT_SCHEMA,
  type Field,
  type ProfileDocument,
  sections,
  type Tab,
  tabs,
} from '../catalogue/index.ts';

/** Most rows a tab may hold, and most people a score list: keeps a document within what a frame carries. */
export const MOST_ROWS = 5000;
/** Most issues named of one document: a person mends the first of them, and a log is not flooded. */
export const MOST_ISSUES = 200;
const COUNTRY = /^[A-Z]{2}$/;

/** The schema of one field's value. */
export function valueSchema(field: Field): v.GenericSchema {
  switch (field.type) {
    case 'boolean':
      return v.boolean();
    case 'integer': {
      const range = v.pipe(v.number(), v.integer(), v.minValue(field.min), v.maxValue(field.max));
      return field.default === null ? v.nullable(range) : range;
    }
    case 'text':
      return v.pipe(v.string(), v.minLength(field.minLength), v.maxLength(field.maxLength));
    case 'choice':
      return v.picklist(field.choices);
    case 'countries':
      return v.union([v.literal('all'), v.pipe(v.array(v.pipe(v.string(), v.regex(COUNTRY))), v.maxLength(300))]);
    case 'reference':
      return v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(100)));
    case 'scores': {
      const score = v.pipe(v.number(), v.integer(), v.minValue(field.min), v.maxValue(field.max));
      return v.pipe(v.record(v.pipe(v.string(), v.maxLength(100)), score), v.maxEntries(MOST_ROWS));
    }
    case 'elements':
      return v.union([v.literal('all'), v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(100))), v.maxLength(MOST_ROWS))]);
    case 'criteria':
      // What stands in them is for lib/evaluation to say.
      return v.unknown();
  }
}

/** Valibot takes a list for an object without keys; in a document it is a mistake. */
const noList = v.check<unknown, string>((value) => !Array.isArray(value), 'must be an object, not a list');
const objectOf = (entries: v.ObjectEntries) => v.pipe(v.unknown(), noList, v.looseObject(entries));

const entriesOf = (fields: readonly Field[]) =>
  Object.fromEntries(fields.map((field) => [field.id, v.optional(valueSchema(field))]));

function tabSchema(tab: Tab): v.GenericSchema {
  const row = v.looseObject({
    id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
    ...entriesOf(tab.attributes),
  });
  const unique = v.check<{ id: string }[], string>(
    (rows) => new Set(rows.map(({ id }) => id)).size === rows.length,
    'the same row twice',
  );
  return v.looseObject({
    rows: v.pipe(v.array(row), v.maxLength(MOST_ROWS), unique),
    ...(tab.switched ? { enabled: v.optional(v.boolean()) } : {}),
    ...(tab.choosesDefault ? { default: v.optional(v.nullable(v.string())) } : {}),
  }) as unknown as v.GenericSchema;
}

/**
 * Loose everywhere: what this catalogue does not know is kept, and grants nothing because nothing asks for it. Keys that
 * name parts of every object (`__proto__`, `constructor`, `prototype`) are dropped.
 */
export const documentSchema = v.looseObject({
  schema: v.pipe(v.number(), v.integer(), v.minValue(1)),
  settings: objectOf(entriesOf([...sections.flatMap((s): readonly Field[] => s.fields), ...consoleFields])),
  configuration: objectOf(
    Object.fromEntries(
      tabs.filter((t) => t.kept === 'document').map((t) => [t.id, v.optional(tabSchema(t as Tab))]),
    ),
  ),
}) as unknown as v.GenericSchema<ProfileDocument>;

/** One thing wrong with a document: where, as a path of keys, and what. */
export interface DocumentIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export type ParsedDocument =
  | { readonly ok: true; readonly document: ProfileDocument }
  | { readonly ok: false; readonly issues: readonly DocumentIssue[] };

/**
 * Reads an unknown value as a profile document, what it does not know included. Never throws. Whether the document may
 * also be published is for `checkDocument`.
 */
export function parseDocument(input: unknown): ParsedDocument {
  const result = v.safeParse(documentSchema, input);
  if (result.success) return { ok: true, document: result.output };
  const issues = result.issues.slice(0, MOST_ISSUES).map((issue) => ({
    path: (issue.path ?? []).map((item) => item.key as string | number),
    message: issue.message,
  }));
  return { ok: false, issues };
}

/** A document that grants nothing. */
export const emptyDocument = (name: string): ProfileDocument => ({
  schema: DOCUMENT_SCHEMA,
  settings: { 'general.name': name },
  configuration: {},
});
