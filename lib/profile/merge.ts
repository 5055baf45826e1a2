/** Three drafts made one: what both began from, mine and theirs, field by field. */
import { type Field, type ProfileDocument, rowsOf, type Tab, tabById, type TabId } from '../catalogue/index.ts';
import { rowValues } from './canonical.ts';
import { isSameValue, settingField } from './value.ts';

export type MergeSide = 'mine' | 'theirs';

/** One thing changed on both sides, differently. A row of a tab is a thing of its own. */
export interface MergeConflict {
  /** `recording.delete` for a field, `queues` for what a tab itself says, `queues/<row>` for a row. */
  readonly id: string;
  /**
   * What it was, and what it becomes with either side chosen: where the sides changed different parts of a row or tab,
   * both of those are in both. Null for a row that is not there; `order` of a tab holds the ids of its rows.
   */
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Merge {
  /** What only one side changed, and of what both did what was chosen: theirs where nothing was. */
  readonly document: ProfileDocument;
  /** All of them, chosen or not. */
  readonly conflicts: readonly MergeConflict[];
  /**
   * Ids that only I, only they changed: what to show besides. A row or tab of which each side changed another part is in
   * both.
   */
  readonly onlyMine: readonly string[];
  readonly onlyTheirs: readonly string[];
}

type Bag = Readonly<Record<string, unknown>>;
type Row = Bag & { readonly id: string };
interface Three<T> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}
/** Who changed a thing: `both` alike, or each differently. */
type By = 'nobody' | 'mine' | 'theirs' | 'both' | 'conflict';

/** Collects what is to be told of a merge, and knows what was chosen. */
interface Ledger {
  /** @returns the side to take where they meet */
  note(id: string, by: readonly By[], sides: Three<unknown>): MergeSide;
}

/**
 * Merges two drafts that began from the same one. Nothing that either side changed is lost but the side of a conflict
 * that is not chosen; what this catalogue does not know is merged alike. Whether the outcome can be published is for the
 * linter: a default may name a row that the other side took away.
 *
 * @param chosen by the ids of conflicts
 */
export function mergeDrafts(
  base: ProfileDocument,
  mine: ProfileDocument,
  theirs: ProfileDocument,
  chosen: ReadonlyMap<string, MergeSide> = new Map(),
): Merge {
  const told = { conflicts: [] as MergeConflict[], onlyMine: [] as string[], onlyTheirs: [] as string[] };
  const ledger: Ledger = {
    note(id, by, sides) {
      if (by.includes('conflict')) told.conflicts.push({ id, ...sides });
      else {
        if (by.includes('mine')) told.onlyMine.push(id);
        if (by.includes('theirs')) told.onlyTheirs.push(id);
      }
      return chosen.get(id) ?? 'theirs';
    },
  };
  const documents = { base, mine, theirs };
  const document = {
    ...mergeThings(each(documents, aside), () => undefined, ledger),
    schema: Math.max(mine.schema, theirs.schema),
    settings: mergeThings(each(documents, (one) => one.settings as Bag), settingField, ledger),
    configuration: mergeTabs(documents, ledger),
  } as unknown as ProfileDocument;
  return { document, ...told };
}

const each = <T, R>({ base, mine, theirs }: Three<T>, of: (one: T) => R): Three<R> => ({ base: of(base), mine: of(mine), theirs: of(theirs) });

/** What a document says besides what every document does. */
function aside(document: ProfileDocument): Bag {
  const { schema: _schema, settings: _settings, configuration: _configuration, ...rest } = document as ProfileDocument & Bag;
  return rest;
}

const valueIn = (bag: Bag, key: string): unknown => (Object.hasOwn(bag, key) ? bag[key] : undefined);
const keysOf = ({ base, mine, theirs }: Three<Bag>): readonly string[] => [
  ...new Set([...Object.keys(theirs), ...Object.keys(mine), ...Object.keys(base)]),
];

function whoChanged(field: Field | undefined, { base, mine, theirs }: Three<unknown>): By {
  const asBase = { mine: isSameValue(field, base, mine), theirs: isSameValue(field, base, theirs) };
  if (isSameValue(field, mine, theirs)) return asBase.mine ? 'nobody' : 'both';
  if (asBase.mine) return 'theirs';
  return asBase.theirs ? 'mine' : 'conflict';
}

const pick = <T>(by: By, side: MergeSide, { mine, theirs }: Three<T>): T =>
  by === 'mine' || (by === 'conflict' && side === 'mine') ? mine : theirs;

/** Values that are each a thing of its own, under an id that is their key. */
function mergeThings(bags: Three<Bag>, field: (id: string) => Field | undefined, ledger: Ledger): Bag {
  const entries = keysOf(bags).map((id) => {
    const values = each(bags, (bag) => valueIn(bag, id));
    const by = whoChanged(field(id), values);
    return [id, pick(by, ledger.note(id, [by], values), values)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Values that are parts of one thing. */
function mergeParts(bags: Three<Bag>, field: (id: string) => Field | undefined) {
  const parts = keysOf(bags).map((key) => {
    const values = each(bags, (bag) => valueIn(bag, key));
    return { key, values, by: whoChanged(field(key), values) };
  });
  const take = (side: MergeSide): Bag =>
    Object.fromEntries(parts.map(({ key, values, by }) => [key, pick(by, side, values)] as const).filter(([, value]) => value !== undefined));
  return { by: parts.map(({ by }) => by), take };
}

function mergeTabs(documents: Three<ProfileDocument>, ledger: Ledger): Bag {
  const configurations = each(documents, (document) => document.configuration as Bag);
  const ids = keysOf(configurations);
  const isDeclared = (id: string) => tabById.get(id)?.kept === 'document';
  const undeclared = each(configurations, (tabs) => Object.fromEntries(Object.entries(tabs).filter(([id]) => !isDeclared(id))));
  return {
    ...mergeThings(undeclared, () => undefined, ledger),
    ...Object.fromEntries(ids.filter(isDeclared).map((id) => [id, mergeTab(documents, tabById.get(id)!, ledger)])),
  };
}

function mergeTab(documents: Three<ProfileDocument>, tab: Tab, ledger: Ledger): Bag {
  const rows = each(documents, (document) => byId(rowsOf(document, tab.id as TabId)));
  const ids = each(rows, (map) => [...map.keys()]);
  const orders = mergeOrder(ids);
  const head = mergeParts(each(documents, (document) => headOf(document, tab.id)), () => undefined);
  const order: By = tab.ordered ? orders.by : 'nobody';
  const shown = (side: MergeSide) => ({ ...head.take(side), ...(order === 'conflict' ? { order: orders.take(side) } : {}) });
  const base = { ...headOf(documents.base, tab.id), ...(order === 'conflict' ? { order: ids.base } : {}) };
  const side = ledger.note(tab.id, [...head.by, order], { base, mine: shown('mine'), theirs: shown('theirs') });
  const merged = orders.take(side).flatMap((id) => mergeRow(tab, id, each(rows, (map) => map.get(id)), ledger) ?? []);
  return { rows: merged, ...head.take(side) };
}

const byId = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [row.id, row]));

/** What a tab says besides its rows, without what is its default. */
function headOf(document: ProfileDocument, tab: string): Bag {
  const { rows: _, enabled, default: chosen, ...rest } = (valueIn(document.configuration as Bag, tab) ?? {}) as Bag;
  return { ...(enabled === true ? { enabled } : {}), ...(chosen != null ? { default: chosen } : {}), ...rest };
}

/** Null where it is not there in the end. */
function mergeRow(tab: Tab, id: string, { base, mine, theirs }: Three<Row | undefined>, ledger: Ledger): Row | null {
  const thing = `${tab.id}/${id}`;
  const kept = mine ?? theirs;
  if (!kept) return null;
  if (mine && theirs) {
    // To the letter the same on both sides, as most are.
    if (JSON.stringify(mine) === JSON.stringify(theirs)) return theirs;
    const attributes = mergeParts({ base: base ?? {}, mine, theirs }, (key) => tab.attributes.find((field) => field.id === key));
    const side = ledger.note(thing, attributes.by, { base: base ?? null, mine: attributes.take('mine'), theirs: attributes.take('theirs') });
    return { ...attributes.take(side), id };
  }
  // One side has it: it came, or the other took it away, from under a change or not.
  const [has, lacks]: [MergeSide, MergeSide] = mine ? ['mine', 'theirs'] : ['theirs', 'mine'];
  const by: By = !base ? has : isSameRow(tab, base, kept) ? lacks : 'conflict';
  const side = ledger.note(thing, [by], { base: base ?? null, mine: mine ?? null, theirs: theirs ?? null });
  return (by === 'conflict' ? side : by) === has ? kept : null;
}

const isSameRow = (tab: Tab, a: Row, b: Row): boolean => JSON.stringify(rowValues(tab, a)) === JSON.stringify(rowValues(tab, b));

/** All rows there are on either side, in the order of the side that changed it; what only the other has beside what it stood after. */
function mergeOrder({ base, mine, theirs }: Three<readonly string[]>) {
  const changed = { mine: !isSameOrder(base, mine), theirs: !isSameOrder(base, theirs) };
  const by: By = isSameOrder(mine, theirs)
    ? changed.mine && changed.theirs ? 'both' : 'nobody'
    : changed.mine && changed.theirs ? 'conflict' : changed.mine ? 'mine' : 'theirs';
  const take = (side: MergeSide) => (pick(by, side, { base: false, mine: true, theirs: false }) ? weave(mine, theirs) : weave(theirs, mine));
  return { by, take };
}

function isSameOrder(a: readonly string[], b: readonly string[]): boolean {
  const [inA, inB] = [new Set(a), new Set(b)];
  return a.filter((id) => inB.has(id)).join('\n') === b.filter((id) => inA.has(id)).join('\n');
}

/** The first list, with what only the second has put after what it stands after there. */
function weave(first: readonly string[], second: readonly string[]): readonly string[] {
  const has = new Set(first);
  const following = new Map<string | null, string[]>();
  let after: string | null = null;
  for (const id of second) {
    if (has.has(id)) after = id;
    else if (following.has(after)) following.get(after)!.push(id);
    else following.set(after, [id]);
  }
  return [...(following.get(null) ?? []), ...first.flatMap((id) => [id, ...(following.get(id) ?? [])])];
}
