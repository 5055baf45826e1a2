/** One tab of a profile's Configuration as its page shows and changes it. */
import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { ResourceRecord } from '../../api/routes.ts';
import { moduleOfKind } from '../../catalogue/console.ts';
import { type Field, type ResourceKind, type Tab, type TabId, tabs } from '../../catalogue/index.ts';
import type { ConsoleRights } from '../../decide/console.ts';
import { rowPath, widenedBy } from '../../decide/grants.ts';
import {
  addRows,
  type Change,
  contentOf,
  moveRow,
  removeRows,
  setAttribute,
  setDefault,
  setEnabled,
  stepRow,
  undoDefault,
  undoEnabled,
  undoOrder,
  undoRow,
} from './configuration-content.ts';
import { type Blocked, blockedBy, changeCount, matches, type RowResource, type RowView, rowViews, tabOf } from './configuration-rows.ts';
import type { Editor, TabContent } from './editor-types.ts';

export interface ResourcesRead {
  readonly data: ReadonlySignal<{ readonly resources: readonly ResourceRecord[] } | null>;
  readonly problem: ReadonlySignal<Problem | null>;
  readonly loading: ReadonlySignal<boolean>;
}

export interface ConfigurationEdges {
  /** Those of a kind that one may see; asked for the archived ones only where a row names none of the others. */
  readonly resources: (kind: ResourceKind, archived: boolean) => ResourcesRead;
  readonly rights: ReadonlySignal<ConsoleRights>;
  readonly compare: (a: string, b: string) => number;
}

export interface TabLine {
  readonly tab: Tab;
  /** Null while it is not known. */
  readonly count: number | null;
  readonly changes: number;
  /** Of a tab with a switch of its own. */
  readonly off: boolean;
}

/** All tabs, for the list of them: who is assigned is counted by the hub. */
export function tabLines(editor: Pick<Editor, 'document' | 'changes' | 'summary'>): readonly TabLine[] {
  const changes = new Map<string, number>(editor.changes.value.tabs.map((change) => [change.tab, changeCount(change)]));
  return (tabs as readonly Tab[]).map((tab) => {
    const content = contentOf(editor.document.value, tab.id as TabId);
    const assigned = tab.kept === 'assignments';
    return {
      tab,
      count: assigned ? (editor.summary.value?.people ?? null) : content.rows.length,
      changes: changes.get(tab.id) ?? 0,
      off: tab.switched && content.enabled !== true,
    };
  });
}

/** How many rows a change for all of the selected is for, and how many it leaves as they are because it cannot be. */
export interface Bulk {
  readonly ids: readonly string[];
  readonly skipped: number;
}

type EdgeEditor = Pick<Editor, 'document' | 'published' | 'changes' | 'changeTab' | 'undoTab'>;

export const ConfigurationModel = createModel((editor: EdgeEditor, tabId: TabId, edges: ConfigurationEdges) => {
  const tab = tabOf(tabId);
  const search = signal('');
  const onlyChanged = signal(false);
  const selected = signal<ReadonlySet<string>>(new Set());

  const content = computed(() => contentOf(editor.document.value, tabId));
  const published = computed(() => contentOf(editor.published.value?.document, tabId));
  const change = computed(() => editor.changes.value.tabs.find((each) => each.tab === tabId) ?? null);
  const names = createNames(editor, tab, content, published, edges);

  const rows = computed(() =>
    rowViews({
      tab,
      document: editor.document.value,
      content: content.value,
      published: published.value,
      change: change.value,
      resourceOf: names.resourceOf.value,
      compare: edges.compare,
    }),
  );
  const shown = computed(() => {
    const wanted = search.value;
    return rows.value.filter((row) => (!onlyChanged.value || row.mark !== null) && matches(row, wanted));
  });
  /** Of those selected, what can be selected: rows of the draft, shown or not. */
  const chosen = computed(() => rows.value.filter(({ id, mark }) => mark !== 'removed' && selected.value.has(id)));

  const apply = (change: Change) => editor.changeTab(tabId, change);
  const keepOnly = (ids: readonly string[]) => (selected.value = new Set(ids));
  /** Why an attribute cannot be this, by default something else than it is: what it says nothing without, or one's own rights. */
  const blocked = (field: Field, row: RowView, next: unknown = field.type === 'boolean' ? true : undefined): Blocked | null => {
    const added = widenedBy(field, row.values[field.id], next);
    const lacks = added !== null && !edges.rights.value.mayGrant(rowPath(tabId, row.id, field.id), added);
    return blockedBy(tab, content.value, field, row) ?? (lacks ? { code: 'grant' } : null);
  };
  const forAll = (field: Field, next: unknown): Bulk => {
    const ids = chosen.peek().filter((row) => blocked(field, row, next) === null).map(({ id }) => id);
    return { ids, skipped: chosen.peek().length - ids.length };
  };
  return {
    content,
    change,
    rows,
    shown,
    search,
    onlyChanged,
    selected,
    chosen,
    blocked,
    /** Whether the whole tab may be switched on by this person. */
    mayEnable: computed(() => content.value.enabled === true || edges.rights.value.mayGrant(tabId, true)),
    listed: names.listed,
    listProblem: names.problem,

    /** They are selected then: what they shall say is said for all of them at once. */
    add: (ids: readonly string[]) => {
      apply(addRows(ids));
      if (tab.attributes.length > 0) keepOnly(ids);
    },
    remove: (ids: readonly string[]) => {
      apply(removeRows(ids));
      keepOnly([...selected.peek()].filter((id) => !ids.includes(id)));
    },
    set: (id: string, attribute: string, value: unknown) => apply(setAttribute(tabId, [id], attribute, value)),
    setForChosen: (field: Field, value: unknown): Bulk => {
      const bulk = forAll(field, value);
      if (bulk.ids.length > 0) apply(setAttribute(tabId, bulk.ids, field.id, value));
      return bulk;
    },
    move: (id: string, to: number) => apply(moveRow(id, to)),
    step: (id: string, by: number) => apply(stepRow(id, by)),
    setDefault: (id: string | null) => apply(setDefault(id)),
    setEnabled: (enabled: boolean) => apply(setEnabled(enabled)),
    undo: (id: string) => apply(undoRow(published.peek(), id)),
    undoOrder: () => apply(undoOrder(published.peek())),
    undoEnabled: () => apply(undoEnabled(published.peek())),
    undoDefault: () => apply(undoDefault(published.peek())),
    undoAll: () => editor.undoTab(tabId),
    /** As it was a moment ago, before one change for many rows. */
    restore: (before: TabContent) => apply(() => before),
    select: (ids: Iterable<string>) => keepOnly([...ids]),
    toggle: (id: string) => {
      const next = new Set(selected.peek());
      if (!next.delete(id)) next.add(id);
      selected.value = next;
    },
  };
});
export type Configuration = InstanceType<typeof ConfigurationModel>;

/** What is known of what the rows point to: the lists of their kind, and what the published profile carries. */
function createNames(
  editor: Pick<Editor, 'published'>,
  tab: Tab,
  content: ReadonlySignal<{ readonly rows: readonly { readonly id: string }[] }>,
  published: ReadonlySignal<{ readonly rows: readonly { readonly id: string }[] }>,
  { resources, rights }: ConfigurationEdges,
) {
  const module = moduleOfKind.get(tab.resource)!.id;
  const mayRead = computed(() => rights.value.may(`${module}.read`).allowed);
  const seesAll = computed(() => mayRead.value && rights.value.elements(module) === 'all');
  const list = computed(() => (mayRead.value ? resources(tab.resource, false) : null));
  const here = computed(() => byId(list.value?.data.value?.resources.filter(({ archived }) => !archived) ?? []));
  const lacking = computed(
    () => list.value?.data.value != null && [...content.value.rows, ...published.value.rows].some(({ id }) => !here.value.has(id)),
  );
  const archive = computed(() => (lacking.value ? resources(tab.resource, true) : null));
  const archived = computed(() => byId(archive.value?.data.value?.resources.filter(({ archived }) => archived) ?? []));
  const known = computed(() => {
    const of = (read: ResourcesRead | null) => read === null || (read.data.value !== null && !read.loading.value);
    return of(list.value) && of(archive.value);
  });
  const carried = computed(() => editor.published.value?.resources ?? {});

  const resourceOf = computed(() => {
    const [now, old, isKnown, all] = [here.value, archived.value, known.value, seesAll.value];
    const withProfile = carried.value;
    return (id: string): RowResource => {
      const found = now.get(id);
      if (found) return { presence: 'here', summary: found };
      const away = old.get(id);
      if (away) return { presence: 'archived', summary: away };
      const named = Object.hasOwn(withProfile, id) ? withProfile[id]! : null;
      const summary = named?.kind === tab.resource ? named : null;
      if (!isKnown) return { presence: 'unknown', summary };
      return { presence: all ? 'gone' : 'hidden', summary };
    };
  });
  return {
    resourceOf,
    listed: computed(() => list.value?.data.value?.resources.filter((each) => !each.archived) ?? null),
    problem: computed(() => list.value?.problem.value ?? null),
  };
}

const byId = (all: readonly ResourceRecord[]): ReadonlyMap<string, ResourceRecord> => new Map(all.map((each) => [each.id, each]));
