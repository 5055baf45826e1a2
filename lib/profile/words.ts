/** A difference as lines to read: what is granted, what is taken away, what only changes, in the order of the catalogue. */
import { consoleFieldById, consoleModuleById, type PermissionType, TYPE_GRANTS } from '../catalogue/console.ts';
import { type Field, fieldById, sectionOf, sections, type Tab, tabById } from '../catalogue/index.ts';
import { LICENCE, rowOfPath } from '../decide/grants.ts';
import { settingPath, type Text } from '../decide/index.ts';
import type { DocumentDiff, SettingChange, TabChange, ValueChange } from './diff.ts';
import { elementWords, type Listed, listedWords, scoreWords, valueWords, type ValueNames } from './words-values.ts';

export type Effect = 'granted' | 'taken' | 'changed';

export interface WordLine {
  /** Unique among the lines of a difference. */
  readonly id: string;
  /** The field (`recording.delete`) or tab (`queues`) where it is changed. */
  readonly setting: string;
  /** The row of the tab, where it is of one. */
  readonly row: string | null;
  readonly effect: Effect;
  /** What it is, within its group: “Voice → Outgoing, direct”, the name of a queue. */
  readonly name: string;
  /** Both null where the effect says it all: a right that comes or goes. */
  readonly was: string | null;
  readonly is: string | null;
}

export interface WordGroup {
  /** A section, a tab, `console` for the rights of the Maker, `unknown`. */
  readonly id: string;
  readonly title: string;
  readonly lines: readonly WordLine[];
}

/** How names are come by; `text` and `country` are the reader's language. */
export interface Words extends ValueNames {
  readonly text: Text;
}

/** Groups without a line are left out. */
export function diffInWords({ settings, tabs, unknownTabs }: DocumentDiff, words: Words): readonly WordGroup[] {
  const { text } = words;
  const lines = new Map<string, WordLine[]>();
  for (const change of settings) {
    const group = groupOf(change.id);
    lines.set(group, [...(lines.get(group) ?? []), ...settingLines(change, words)]);
  }
  const ofSections = sections.map(({ id, label }) => ({ id: id as string, title: text(label), lines: lines.get(id) ?? [] }));
  const ofTabs = tabs.map((change) => ({ id: `tab.${change.tab}`, title: text(tabById.get(change.tab)!.label), lines: tabLines(change, words) }));
  const unknown = [...(lines.get('unknown') ?? []), ...unknownTabs.map((change) => unknownLine(change, change.id, words))];
  return [
    ...ofSections,
    ...ofTabs,
    { id: 'console', title: text('console.title'), lines: lines.get('console') ?? [] },
    { id: 'unknown', title: text('makerPublish.words.unknown'), lines: unknown },
  ].filter((group) => group.lines.length > 0);
}

/** All lines of one effect, whatever their group. */
export const linesOf = (groups: readonly WordGroup[], effect: Effect): readonly WordLine[] =>
  groups.flatMap(({ lines }) => lines.filter((line) => line.effect === effect));

const groupOf = (id: string): string => sectionOf.get(id)?.id ?? (consoleFieldById.has(id) ? 'console' : 'unknown');

function settingLines(change: SettingChange, words: Words): WordLine[] {
  const known = fieldById.get(change.id);
  if (known) return fieldLines(change, known, { id: change.id, setting: change.id, row: null, name: fieldName(known, words) }, words);
  const rights = consoleFieldById.get(change.id);
  if (!rights) return [unknownLine(change, change.id, words)];
  const place = { id: change.id, setting: change.id, row: null, name: consoleName(change.id, rights, words) };
  const filled = { ...change, before: change.before ?? rights.default, after: change.after ?? rights.default };
  return fieldLines(filled, rights, place, words);
}

type Place = Pick<WordLine, 'id' | 'setting' | 'row' | 'name'>;

function fieldLines({ before, after }: ValueChange, field: Field, place: Place, words: Words): WordLine[] {
  if (field.type === 'boolean') return [{ ...place, effect: (after === true) === (field.hides === true) ? 'taken' : 'granted', was: null, is: null }];
  if (field.type === 'countries') return listLines(listedWords(before, after, (code) => words.country(code)), place, 'choice.allCountries', words);
  if (field.type === 'elements') return listLines(elementWords(before, after, words), place, 'makerPublish.words.allElements', words);
  if (field.type === 'scores') {
    return scoreWords(before, after, words).map(({ id, name, was, is }) => ({
      ...place,
      id: `${place.id}/${id}`,
      effect: 'changed',
      name: words.text('setting.path', [place.name, name]),
      was,
      is,
    }));
  }
  const effect = field.type === 'choice' ? choiceEffect(field, String(before), String(after)) : 'changed';
  return [{ ...place, effect, was: valueWords(field, before, words), is: valueWords(field, after, words) }];
}

/** What joined a list is granted and what left it taken away: two lines where both happened. */
function listLines({ from, to, added, removed }: Listed, place: Place, allKey: string, words: Words): WordLine[] {
  const all = words.text(allKey);
  const none = words.text('makerPublish.words.none');
  const whole = (names: readonly string[] | 'all') => (names === 'all' ? all : names.length === 0 ? none : words.list(names));
  if (from === 'all' || to === 'all') {
    return [{ ...place, effect: to === 'all' ? 'granted' : 'taken', was: whole(from), is: whole(to) }];
  }
  const line = (effect: 'granted' | 'taken', names: readonly string[]): WordLine[] =>
    names.length === 0
      ? []
      : [{ ...place, id: `${place.id}/${effect}`, effect, name: words.text('makerPublish.words.of', [place.name, words.list(names)]), was: null, is: null }];
  return [...line('granted', added), ...line('taken', removed)];
}

/** Of the Maker's rights a choice grants or takes; of all others it only changes something. */
function choiceEffect({ id }: Field, before: string, after: string): Effect {
  if (id === 'console.type') {
    const [had, has] = [TYPE_GRANTS[before as PermissionType] ?? [], TYPE_GRANTS[after as PermissionType] ?? []];
    if (had.every((verb) => has.includes(verb))) return 'granted';
    return has.every((verb) => had.includes(verb)) ? 'taken' : 'changed';
  }
  if (!id.startsWith('console.')) return 'changed';
  if (after === 'allow' || after === 'show') return 'granted';
  return after === 'deny' || after === 'hide' ? 'taken' : 'changed';
}

function tabLines(change: TabChange, words: Words): WordLine[] {
  const { text } = words;
  const tab = tabById.get(change.tab)!;
  const rowName = (row: string) => words.nameOf(row) ?? text('makerPublish.words.noName', [row]);
  const ofTab = (part: string, effect: Effect, name: string, was: string | null = null, is: string | null = null): WordLine => ({
    id: `${tab.id}#${part}`,
    setting: tab.id,
    row: null,
    effect,
    name,
    was,
    is,
  });
  const ofRow = (row: string, effect: Effect): WordLine => ({
    id: `${tab.id}/${row}`,
    setting: tab.id,
    row,
    effect,
    name: rowName(row),
    was: null,
    is: null,
  });
  const atLogin = (row: string | null) => (row === null ? text('makerPublish.words.none') : rowName(row));
  return [
    ...(change.switched === 'on' ? [ofTab('switched', 'granted', text('makerPublish.words.switchedOn'))] : []),
    ...(change.switched === 'off' ? [ofTab('switched', 'taken', text('makerPublish.words.switchedOff'))] : []),
    ...change.added.map((row) => ofRow(row, 'granted')),
    ...change.removed.map((row) => ofRow(row, 'taken')),
    ...change.changed.flatMap(({ row, values }) => inOrder(tab, values).flatMap((value) => rowLines(tab, row, rowName(row), value, words))),
    ...(change.default
      ? [ofTab('default', 'changed', text('makerPublish.words.atLogin'), atLogin(change.default.before), atLogin(change.default.after))]
      : []),
    ...(change.reordered ? [ofTab('order', 'changed', text('makerPublish.words.order'))] : []),
    ...change.unknown.map((value) => ({ ...unknownLine(value, tab.id, words), id: `${tab.id}#${value.id}` })),
  ];
}

/** As the tab has its columns; unknown ones last. */
const inOrder = ({ attributes }: Tab, values: readonly ValueChange[]): readonly ValueChange[] => {
  const at = ({ id }: ValueChange) => (attributes.findIndex((attribute) => attribute.id === id) + attributes.length + 1) % (attributes.length + 1);
  return values.toSorted((a, b) => at(a) - at(b));
};

function rowLines(tab: Tab, row: string, rowName: string, value: ValueChange, words: Words): WordLine[] {
  const id = `${tab.id}/${row}/${value.id}`;
  const field = tab.attributes.find((attribute) => attribute.id === value.id);
  if (!field) return [{ ...unknownLine(value, tab.id, words), id, row, name: words.text('setting.path', [rowName, value.id]) }];
  return fieldLines(value, field, { id, setting: tab.id, row, name: words.text('setting.path', [rowName, words.text(field.label)]) }, words);
}

const unknownLine = ({ id, before, after }: ValueChange, setting: string, { text }: Words): WordLine => {
  const raw = (value: unknown) => (value === undefined ? text('makerPublish.words.none') : JSON.stringify(value));
  return { id, setting, row: null, effect: 'changed', name: id, was: raw(before), is: raw(after) };
};

/** Where a field, a tab, an attribute of its rows or a right of the Maker stands, in words; a person's licence and type too. */
export function settingWords(setting: string, text: Text): string {
  if (setting === LICENCE || setting === 'type') return text(`makerPeople.field.${setting}`);
  const at = fieldById.has(setting) ? null : rowOfPath(setting);
  if (at) return at.attribute ? text('setting.path', [text(at.tab.label), text(at.attribute.label)]) : text(at.tab.label);
  const rights = consoleFieldById.get(setting);
  return rights ? text('setting.path', [text('console.title'), consoleName(setting, rights, { text })]) : settingPath(setting, text);
}

const fieldName = ({ label, column }: Field, { text }: Words): string =>
  column ? text('setting.path', [text(`channel.${column}`), text(label)]) : text(label);

/** “Profiles → Publish”; the permission type stands for all modules. */
export function consoleName(id: string, { label }: Field, { text }: Pick<Words, 'text'>): string {
  const module = consoleModuleById.get(id.split('.')[1] ?? '');
  return module ? text('setting.path', [text(module.label), text(label)]) : text(label);
}
