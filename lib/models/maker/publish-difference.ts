/** Two versions of a profile and what is different between them. */
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { ProfileDocument, Resources } from '../../catalogue/index.ts';
import type { Queries } from '../../console/queries.ts';
import { type DocumentDiff, diff } from '../../profile/diff.ts';
import { createResources, type ResourcesRead } from './publish-resources.ts';

export interface Difference {
  /** The earlier and the later document; null until both are there. */
  readonly documents: ReadonlySignal<readonly [ProfileDocument, ProfileDocument] | null>;
  readonly diff: ReadonlySignal<DocumentDiff | null>;
  readonly resources: ResourcesRead;
  readonly problem: ReadonlySignal<Problem | null>;
  retry(): void;
}

export interface DifferenceEdges {
  readonly queries: Pick<Queries, 'read'>;
  readonly profileId: string;
  readonly from: number;
  readonly to: number;
  readonly known: ReadonlySignal<Resources>;
}

export function createDifference({ queries, profileId, from, to, known }: DifferenceEdges): Difference {
  const reads = [from, to].map((version) => queries.read('readVersion', { params: { id: profileId, version: String(version) } }));
  const documents = computed((): readonly [ProfileDocument, ProfileDocument] | null => {
    const [before, after] = reads.map(({ data }) => data.value?.document as ProfileDocument | undefined);
    return before && after ? [before, after] : null;
  });
  return {
    documents,
    diff: computed(() => documents.value && diff(...documents.value)),
    resources: createResources({ queries, known, documents: computed(() => documents.value ?? []) }),
    problem: computed(() => (documents.value ? null : (reads.map(({ problem }) => problem.value).find((problem) => problem !== null) ?? null))),
    retry: () => void Promise.all(reads.map((read) => read.refresh())),
  };
}
