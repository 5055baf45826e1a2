/** The rows of a tab as a page draws them: with what they point to, what was changed, and what may not be changed and why. */
import { CHANNELS, type Channel, fieldById, type Field, type ProfileDocument, type ResourceSummary, type Tab, tabById, type TabId } from '../../catalogue/index.ts';
import type { TabChange } from '../../profile/diff.ts';
import { settingOf } from '../../profile/value.ts';
import { finder } from '../../search.ts';
import type { ContentRow } from './configuration-content.ts';
import type { TabContent } from './editor-types.ts';

/** What is known of what a row points to; `hidden`: one may not see it, so nobody can tell whether it is there. */
export type Presence = 'here' | 'archived' | 'gone' | 'hidden' | 'unknown';
export type Mark = 'added' | 'removed' | 'changed' | null;

export interface RowResource {
  readonly presence: Presence;
  /** Null where not even its name is known. */
  readonly summary: Pick<ResourceSummary, 'id' | 'name' | 'attributes'> | null;
}

export interface RowView extends RowResource {
  readonly id: string;
  /** As it stands, or as it was published where it was removed since. */
  readonly values: ContentRow;
  readonly mark: Mark;
  /** Of a changed row: what an attribute was. */
  readonly was: ReadonlyMap<string, unknown>;
  /** Its index among the rows of the draft; null where it was removed. */
  readonly place: number | null;
  readonly atLogin: boolean;
  /** Ids of the settings that name this row, such as the activity after too many missed interactions. */
  readonly namedBy: readonly string[];
}

export const valueOf = (field: Field, row: ContentRow): unknown => row[field.id] ?? field.default;

export interface RowsInput {
  readonly tab: Tab;
  readonly document: ProfileDocument;
  readonly content: TabContent;
  readonly published: TabContent;
  readonly change: TabChange | null;
  readonly resourceOf: (id: string) => RowResource;
  /** Names in the order of the reader's language. */
  readonly compare: (a: string, b: string) => number;
}

/** Rows whose order means nothing stand by name, those that are not there any more last; a removed one stays in its place. */
export function rowViews(input: RowsInput): readonly RowView[] {
  const { tab, content, published } = input;
  const view = viewer(input);
  const place = new Map(content.rows.map(({ id }, index) => [id, index]));
  const rows = content.rows.map((row) => view(row, place.get(row.id)!));
  const removed = published.rows.filter(({ id }) => !place.has(id)).map((row) => view(row, null));
  if (tab.ordered) return withRemoved(rows, removed, published);
  const nameless = ({ summary }: RowView) => (summary === null ? 1 : 0);
  return [...rows, ...removed].toSorted(
    (a, b) => nameless(a) - nameless(b) || input.compare(a.summary?.name ?? a.id, b.summary?.name ?? b.id),
  );
}

function viewer({ tab, document, content, published, change, resourceOf }: RowsInput) {
  const before = new Set(published.rows.map(({ id }) => id));
  const changed = new Map(change?.changed.map(({ row, values }) => [row, new Map(values.map((value) => [value.id, value.before]))]));
  const naming = referencesTo(tab.id, document);
  return (values: ContentRow, place: number | null): RowView => {
    const was: ReadonlyMap<string, unknown> = changed.get(values.id) ?? new Map();
    const mark = place === null ? 'removed' : !before.has(values.id) ? 'added' : was.size > 0 ? 'changed' : null;
    return {
      id: values.id,
      values,
      mark,
      was,
      place,
      atLogin: tab.choosesDefault && content.default === values.id,
      namedBy: naming.get(values.id) ?? [],
      ...resourceOf(values.id),
    };
  };
}

/** By row, the settings of the document that name it. */
function referencesTo(tab: string, document: ProfileDocument): ReadonlyMap<string, readonly string[]> {
  const naming = new Map<string, string[]>();
  for (const field of fieldById.values()) {
    const row = field.type === 'reference' && field.tab === tab ? settingOf(document, field.id) : null;
    if (typeof row === 'string') naming.set(row, [...(naming.get(row) ?? []), field.id]);
  }
  return naming;
}

function withRemoved(rows: readonly RowView[], removed: readonly RowView[], published: TabContent): readonly RowView[] {
  const all = [...rows];
  for (const row of removed) {
    const order = published.rows.map(({ id }) => id);
    const before = order.slice(0, order.indexOf(row.id)).toReversed();
    const at = before.map((id) => all.findIndex((each) => each.id === id)).find((index) => index !== -1) ?? -1;
    all.splice(at + 1, 0, row);
  }
  return all;
}

/** A message key under `makerConfiguration.blocked`, with the channel it speaks of. */
export interface Blocked {
  readonly code: 'grant' | 'tabOff' | 'channelOff' | 'queueWithout' | 'notExternal' | 'removed' | 'notHere';
  readonly channel?: Channel;
}

/** Why an attribute of a row says nothing and cannot be set; null where it can. */
export function blockedBy(tab: Tab, content: TabContent, field: Field, row: RowView): Blocked | null {
  if (row.mark === 'removed') return { code: 'removed' };
  if (row.presence === 'gone' || row.presence === 'archived') return { code: 'notHere' };
  if (tab.switched && content.enabled !== true) return { code: 'tabOff' };
  return tab.id === 'queues' ? queueBlocked(field, row) : tab.id === 'crms' ? crmBlocked(field, row) : null;
}

function queueBlocked(field: Field, { values, summary }: RowView): Blocked | null {
  const scored = scoredChannel(field.id);
  if (scored) return values[scored] === true ? null : { code: 'channelOff', channel: scored };
  const switched = CHANNELS.find((channel) => channel === field.id);
  // What is on already may always be switched off.
  if (!switched || values[switched] === true || !summary) return null;
  return summary.attributes[switched] === true ? null : { code: 'queueWithout', channel: switched };
}

/** What signs one in to a CRM is for one that is elsewhere. */
function crmBlocked(field: Field, { values, summary }: RowView): Blocked | null {
  if (field.id !== 'sso' || values['sso'] === true || !summary) return null;
  return summary.attributes['external'] === true ? null : { code: 'notExternal' };
}

/** The channel that an attribute of a queue is the score of: `scoreVoice` of `voice`. */
export const scoredChannel = (attribute: string): Channel | null =>
  CHANNELS.find((channel) => attribute === `score${channel[0]!.toUpperCase()}${channel.slice(1)}`) ?? null;

/** The attribute of the tab that is the score of this one, where it has one: drawn in one column. */
export const scoreOf = (tab: Tab, attribute: string): Field | null =>
  tab.attributes.find(({ id }) => scoredChannel(id) === attribute) ?? null;

/** Whether a tab's search finds the row, by its name and by what its resource says. */
export function matches(row: RowView, search: string): boolean {
  const texts = Object.values(row.summary?.attributes ?? {}).filter((value) => typeof value === 'string');
  return finder(search)(row.summary?.name ?? row.id, ...texts);
}

export const tabOf = (id: TabId): Tab => tabById.get(id)!;

/** How many things a tab has changed: rows, and what the tab itself says. */
export const changeCount = (change: TabChange): number =>
  change.added.length + change.removed.length + change.changed.length + change.unknown.length +
  (change.reordered ? 1 : 0) + (change.switched === null ? 0 : 1) + (change.default === null ? 0 : 1);
