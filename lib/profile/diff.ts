import { consoleFields } from '../catalogue/console.ts';
import { type Field, fields, type ProfileDocument, rowsOf, tabById, type TabId, tabs } from '../catalogue/index.ts';
import { rowValues } from './canonical.ts';
import { isSameValue, settingField, settingOf } from './value.ts';

/** One value that is another: `before` and `after` are the values meant, defaults filled in. */
export interface ValueChange {
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface SettingChange extends ValueChange {
  /** A right now on or off, another value, or a setting that this catalogue does not know. */
  readonly kind: 'granted' | 'taken' | 'changed' | 'unknown';
}

/** What is different in a tab; a list is empty where nothing of its kind is. */
export interface TabChange {
  readonly tab: TabId;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly row: string; readonly values: readonly ValueChange[] }[];
  /** The rows in both stand in another order, where order means something. */
  readonly reordered: boolean;
  readonly switched: 'on' | 'off' | null;
  /** The row at login, where it is another. */
  readonly default: { readonly before: string | null; readonly after: string | null } | null;
  /** What the tab says besides, under keys that this catalogue does not know. */
  readonly unknown: readonly ValueChange[];
}

export interface DocumentDiff {
  /** In the order of the catalogue, the rights of the Maker after the sections, unknown ones last. */
  readonly settings: readonly SettingChange[];
  readonly tabs: readonly TabChange[];
  /** Tabs that this catalogue does not know, whole. */
  readonly unknownTabs: readonly ValueChange[];
}

/** What is different in meaning: absent and its default are the same. */
export function diff(before: ProfileDocument, after: ProfileDocument): DocumentDiff {
  const known = [...fields, ...consoleFields].map(({ id }): string => id);
  const unknown = [...Object.keys(before.settings), ...Object.keys(after.settings)].filter((id) => !settingField(id));
  return {
    settings: [...known, ...new Set(unknown)].flatMap((id) => settingChange(before, after, id) ?? []),
    tabs: inDocument.flatMap(({ id }) => tabChange(before, after, id) ?? []),
    unknownTabs: bagChanges(without(before.configuration, tabIds), without(after.configuration, tabIds)),
  };
}

export const isEmptyDiff = ({ settings, tabs, unknownTabs }: DocumentDiff): boolean =>
  settings.length + tabs.length + unknownTabs.length === 0;

const inDocument = tabs.filter(({ kept }) => kept === 'document');
const tabIds: readonly string[] = inDocument.map(({ id }) => id);

/** Ids of the fields and tabs that differ: what `rightsAfter` asks for. */
export const changedIds = ({ settings, tabs }: DocumentDiff): readonly string[] => [
  ...settings.map(({ id }) => id),
  ...tabs.map(({ tab }) => tab),
];

function settingChange(from: ProfileDocument, to: ProfileDocument, id: string): SettingChange | null {
  const field = settingField(id);
  const [before, after] = [settingOf(from, id), settingOf(to, id)];
  if (isSameValue(field, before, after)) return null;
  return { id, kind: kindOf(field, after), before, after };
}

function kindOf(field: Field | undefined, after: unknown): SettingChange['kind'] {
  if (!field) return 'unknown';
  if (field.type !== 'boolean') return 'changed';
  return after === true ? 'granted' : 'taken';
}

type Row = ReturnType<typeof rowsOf>[number];

function tabChange(from: ProfileDocument, to: ProfileDocument, tab: TabId): TabChange | null {
  // Most tabs are the same to the letter: thousands of rows need not be taken apart to see it.
  if (JSON.stringify(contentOf(from, tab)) === JSON.stringify(contentOf(to, tab))) return null;
  const [before, after] = [byId(rowsOf(from, tab)), byId(rowsOf(to, tab))];
  const [head, next] = [headOf(from, tab), headOf(to, tab)];
  const declared = tabById.get(tab)!;
  const kept = [...after.keys()].filter((id) => before.has(id));
  const change: TabChange = {
    tab,
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed: kept.flatMap((row) => {
      if (JSON.stringify(before.get(row)) === JSON.stringify(after.get(row))) return [];
      const [old, now] = [rowValues(declared, before.get(row)!), rowValues(declared, after.get(row)!)];
      const values = bagChanges(old, now, declared.attributes);
      return values.length > 0 ? [{ row, values }] : [];
    }),
    reordered: declared.ordered && [...before.keys()].filter((id) => after.has(id)).join('\n') !== kept.join('\n'),
    switched: head.enabled === next.enabled ? null : next.enabled ? 'on' : 'off',
    default: head.default === next.default ? null : { before: head.default, after: next.default },
    unknown: bagChanges(head.unknown, next.unknown),
  };
  return isNoChange(change) ? null : change;
}

const isNoChange = ({ added, removed, changed, unknown, reordered, switched, default: chosen }: TabChange): boolean =>
  added.length + removed.length + changed.length + unknown.length === 0 && !reordered && switched === null && chosen === null;

const byId = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [row.id, row]));

type Bag = Readonly<Record<string, unknown>>;

const contentOf = ({ configuration }: ProfileDocument, tab: TabId): Bag | undefined =>
  (configuration as Readonly<Record<string, Bag | undefined>>)[tab];

function headOf(document: ProfileDocument, tab: TabId) {
  const content = contentOf(document, tab) ?? {};
  return {
    enabled: content['enabled'] === true,
    default: (content['default'] ?? null) as string | null,
    unknown: without(content, ['rows', 'enabled', 'default']),
  };
}

const without = (bag: Bag, keys: readonly string[]): Bag =>
  Object.fromEntries(Object.entries(bag).filter(([key]) => !keys.includes(key)));

function bagChanges(before: Bag, after: Bag, known: readonly Field[] = []): ValueChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((id) => {
    const field = known.find((each) => each.id === id);
    if (isSameValue(field, before[id], after[id])) return [];
    return [{ id, before: before[id] ?? field?.default, after: after[id] ?? field?.default }];
  });
}
