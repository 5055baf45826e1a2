/** What may be done to one tab of a profile, as functions from its content to its content. */
import { type ProfileDocument, tabById, type TabId } from '../../catalogue/index.ts';
import { canonicalValue } from '../../profile/value.ts';
import type { TabContent } from './editor-types.ts';

export type ContentRow = TabContent['rows'][number];
export type Change = (content: TabContent) => TabContent;

const EMPTY: TabContent = { rows: [] };

/** A tab as the document has it: without rows where it says nothing. */
export function contentOf(document: ProfileDocument | null | undefined, tab: TabId): TabContent {
  return (document?.configuration as Readonly<Record<string, TabContent | undefined>> | undefined)?.[tab] ?? EMPTY;
}

/** New rows say nothing but which resource they are, so they grant what the tab alone grants. Those already in stay. */
export const addRows = (ids: readonly string[]): Change => (content) => {
  const here = new Set(content.rows.map(({ id }) => id));
  const added = [...new Set(ids)].filter((id) => !here.has(id));
  return added.length === 0 ? content : { ...content, rows: [...content.rows, ...added.map((id) => ({ id }))] };
};

/** A default that is no longer a row would keep the profile from being published: it goes with its row. */
export const removeRows = (ids: Iterable<string>): Change => (content) => {
  const gone = new Set(ids);
  return withoutLostDefault({ ...content, rows: content.rows.filter(({ id }) => !gone.has(id)) });
};

function withoutLostDefault(content: TabContent): TabContent {
  const chosen = content.default ?? null;
  return chosen === null || content.rows.some(({ id }) => id === chosen) ? content : { ...content, default: null };
}

/** The value's default removes it from the row. */
export const setAttribute = (tab: TabId, ids: Iterable<string>, attribute: string, value: unknown): Change => (content) => {
  const meant = new Set(ids);
  const field = tabById.get(tab)?.attributes.find(({ id }) => id === attribute);
  return { ...content, rows: content.rows.map((row) => (meant.has(row.id) ? withValue(row, attribute, canonicalValue(field, value)) : row)) };
};

function withValue(row: ContentRow, attribute: string, value: unknown): ContentRow {
  const { [attribute]: _, ...rest } = row;
  return (value === undefined ? rest : { ...rest, [attribute]: value }) as ContentRow;
}

/** @param to the index the row has afterwards; beyond either end means that end */
export const moveRow = (id: string, to: number): Change => (content) => {
  const moved = content.rows.find((row) => row.id === id);
  if (!moved) return content;
  const rest = content.rows.filter((row) => row !== moved);
  const at = Math.max(0, Math.min(rest.length, to));
  return { ...content, rows: [...rest.slice(0, at), moved, ...rest.slice(at)] };
};

/** @param by -1 for one up, 1 for one down */
export const stepRow = (id: string, by: number): Change => (content) =>
  moveRow(id, content.rows.findIndex((row) => row.id === id) + by)(content);

export const setDefault = (id: string | null): Change => (content) => ({ ...content, default: id });
export const setEnabled = (enabled: boolean): Change => (content) => ({ ...content, enabled });

/** One row back to what is published: a new one goes, a removed one comes back to its place, a changed one is as it was. */
export const undoRow = (published: TabContent, id: string): Change => (content) => {
  const was = published.rows.find((row) => row.id === id);
  if (!was) return removeRows([id])(content);
  if (content.rows.some((row) => row.id === id)) {
    return { ...content, rows: content.rows.map((row) => (row.id === id ? was : row)) };
  }
  const back = { ...content, rows: insertInPlace(content.rows, published.rows, was) };
  const losesDefault = (content.default ?? null) === null && published.default === id;
  return losesDefault ? { ...back, default: id } : back;
};

/** After the nearest row that stood before it and is still there, else at the start. */
function insertInPlace(rows: readonly ContentRow[], order: readonly ContentRow[], row: ContentRow): readonly ContentRow[] {
  const before = order.slice(0, order.findIndex(({ id }) => id === row.id)).toReversed();
  const at = before.map(({ id }) => rows.findIndex((each) => each.id === id)).find((index) => index !== -1) ?? -1;
  return [...rows.slice(0, at + 1), row, ...rows.slice(at + 1)];
}

/** The rows that are published stand in their published order again, in the places they hold among the new ones. */
export const undoOrder = (published: TabContent): Change => (content) => {
  const place = new Map(published.rows.map(({ id }, index) => [id, index]));
  const kept = content.rows.filter(({ id }) => place.has(id)).toSorted((a, b) => place.get(a.id)! - place.get(b.id)!);
  return { ...content, rows: content.rows.map((row) => (place.has(row.id) ? kept.shift()! : row)) };
};

export const undoEnabled = (published: TabContent): Change => setEnabled(published.enabled === true);

/** Stays unset where what was the default is no row any more. */
export const undoDefault = (published: TabContent): Change => (content) =>
  withoutLostDefault({ ...content, default: published.default ?? null });
