/** What the rows and lists of documents point to, by id: what is published brings its own, the rest is read by kind. */
import { computed, type ReadonlySignal } from '@preact/signals-core';
import { consoleFields, moduleOfKind } from '../../catalogue/console.ts';
import { type ProfileDocument, type ResourceKind, type Resources, type ResourceSummary, rowsOf, type TabId, tabs } from '../../catalogue/index.ts';
import type { Queries } from '../../console/queries.ts';

export interface ResourcesEdges {
  readonly queries: Pick<Queries, 'read'>;
  /** What is known without asking. */
  readonly known: ReadonlySignal<Resources>;
  readonly documents: ReadonlySignal<readonly ProfileDocument[]>;
}

export interface ResourcesRead {
  readonly resources: ReadonlySignal<Resources>;
  /** False while the hub is still asked for some. */
  readonly ready: ReadonlySignal<boolean>;
  /** Null for what is gone; dots for what is still read, or could not be. */
  nameOf(id: string): string | null;
}

export function createResources({ queries, known, documents }: ResourcesEdges): ResourcesRead {
  const kinds = computed(() => missingKinds(documents.value, known.value).join(' '));
  const reads = computed(() =>
    kinds.value
      .split(' ')
      .filter((kind) => kind !== '')
      .map((kind) => queries.read('listResources', { params: { kind } })),
  );
  const resources = computed((): Resources => {
    const read = reads.value.flatMap(({ data }) => data.value?.resources ?? []);
    const unread = new Set(kinds.value.split(' ').filter((_, at) => reads.value[at]?.data.value === null));
    const unknown = unread.size === 0 ? [] : documents.value.flatMap(named).flatMap(({ kind, ids }) => (unread.has(kind) ? ids.map((id) => ({ id, kind, name: '…', attributes: {} })) : []));
    const summaries = (all: readonly ResourceSummary[]) => Object.fromEntries(all.map(({ id, kind, name, attributes }) => [id, { id, kind, name, attributes }]));
    return { ...summaries(unknown), ...known.value, ...summaries(read) };
  });
  return {
    resources,
    ready: computed(() => reads.value.every(({ data, problem }) => data.value !== null || problem.value !== null)),
    nameOf: (id) => resources.value[id]?.name ?? null,
  };
}

/** Kinds of which a document names something that is not known, each once. */
export function missingKinds(documents: readonly ProfileDocument[], known: Resources): readonly ResourceKind[] {
  const missing = new Set<ResourceKind>();
  for (const document of documents) {
    for (const { kind, ids } of named(document)) if (ids.some((id) => !Object.hasOwn(known, id))) missing.add(kind);
  }
  return [...missing];
}

interface Named {
  readonly kind: ResourceKind;
  readonly ids: readonly string[];
}

function named(document: ProfileDocument): readonly Named[] {
  const ofTabs = tabs
    .filter(({ kept }) => kept === 'document')
    .flatMap(({ id, resource, attributes }): Named[] => {
      const rows = rowsOf(document, id as TabId);
      const scored = attributes.filter(({ type }) => type === 'scores').flatMap((field) => rows.flatMap((row) => Object.keys((row as Record<string, object>)[field.id] ?? {})));
      return [
        { kind: resource, ids: rows.map((row) => row.id) },
        { kind: 'person', ids: scored },
      ];
    });
  const settings = document.settings as Readonly<Record<string, unknown>>;
  const ofLists = consoleFields.flatMap((field): Named[] => {
    const list = field.type === 'elements' ? settings[field.id] : undefined;
    if (field.type !== 'elements' || !Array.isArray(list)) return [];
    const kinds = [...moduleOfKind].flatMap(([kind, module]) => (module.id === field.module && kind !== 'profile' ? [kind as ResourceKind] : []));
    return kinds.map((kind) => ({ kind, ids: list as string[] }));
  });
  return [...ofTabs, ...ofLists];
}
