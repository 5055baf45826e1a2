import { type Field, type ProfileDocument, rowsOf, type Tab, tabById, type TabId } from '../catalogue/index.ts';
import { canonicalValue, settingField } from './value.ts';

type Bag = Readonly<Record<string, unknown>>;

/**
 * The one document of all that mean the same: without what is its default, without empty tabs, keys in order, and rows
 * in order where their order means nothing. Two documents are the same exactly if the JSON of these is.
 */
export function canonical(document: ProfileDocument): ProfileDocument {
  const configuration = document.configuration as Readonly<Record<string, Bag>>;
  return {
    schema: document.schema,
    settings: bag(document.settings as Bag, settingField),
    configuration: compact(
      Object.keys(configuration).map((id) => [id, canonicalTab(document, id, configuration[id])]),
    ),
  } as ProfileDocument;
}

export const isSameDocument = (a: ProfileDocument, b: ProfileDocument): boolean =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

function canonicalTab(document: ProfileDocument, id: string, content: Bag | undefined): unknown {
  const tab = tabById.get(id);
  if (tab?.kept !== 'document' || content === undefined) return canonicalValue(undefined, content);
  const rows = rowsOf(document, id as TabId).map((row) => ({ id: row.id, ...rowValues(tab, row) }));
  const ordered = tab.ordered ? rows : rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const { rows: _, enabled, default: chosen, ...unknown } = content as Bag & { rows?: unknown };
  const rest = {
    ...(ordered.length > 0 ? { rows: ordered } : {}),
    ...(enabled === true ? { enabled } : {}),
    ...(chosen != null ? { default: chosen } : {}),
    ...bag(unknown, () => undefined),
  };
  // A tab without rows is still one: the schema wants them.
  return Object.keys(rest).length > 0 ? { rows: ordered, ...rest } : undefined;
}

/** What a row says besides which resource it is, in canonical form. */
export function rowValues(tab: Tab, { id: _, ...row }: Bag & { readonly id: string }): Bag {
  return bag(row, (attribute) => tab.attributes.find((field) => field.id === attribute));
}

const bag = (values: Bag, fieldOf: (id: string) => Field | undefined): Bag =>
  compact(Object.entries(values).map(([id, value]) => [id, canonicalValue(fieldOf(id), value)]));

const compact = (entries: readonly (readonly [string, unknown])[]): Bag =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1)));
