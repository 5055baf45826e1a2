/** The receipts of the published version, read anew as the watch says that they moved. */
import { computed, createModel, effect, signal } from '@preact/signals-core';
import type { Queries } from '../../console/queries.ts';
import type { Clock } from '../clock.ts';
import type { Editor } from './editor-types.ts';
import { type Counts, countsOf, type ReceiptRow, type ReceiptState, sortedRows } from './publish-receipts.ts';

/** Receipts come in bursts: the list is read anew at most this often, in milliseconds. */
export const READS_EVERY_MS = 1200;

export interface ReceiptsEdges {
  readonly editor: Pick<Editor, 'profileId' | 'watch'>;
  readonly queries: Pick<Queries, 'read'>;
  readonly clock: Clock;
  /** The language that names are sorted by. */
  readonly locale?: string;
}

export const ReceiptsModel = createModel(({ editor, queries, clock, locale }: ReceiptsEdges) => {
  const read = queries.read('listReceipts', { params: { id: editor.profileId } });
  const rows = computed(() => sortedRows((read.data.value?.receipts ?? []) as readonly ReceiptRow[], locale));
  // Whoever signs in or out moves them too, and says nothing.
  const moved = computed(() => {
    const watch = editor.watch.value;
    return watch && watch.receiptsAt > 0 ? `${watch.receiptsAt} ${JSON.stringify(watch.receipts.counts)}` : null;
  });
  let readAt = clock.now();
  let first = true;
  effect(() => {
    // What was heard before one began to look is in what is read on beginning to.
    if (moved.value === null || first) {
      first = moved.value === null && first;
      return;
    }
    return clock.after(Math.max(0, readAt + READS_EVERY_MS - clock.now()), () => {
      readAt = clock.now();
      void read.refresh();
    });
  });
  return {
    read,
    rows,
    /** Null until the receipts are read: then nothing is known of anybody, which is not that nobody has one. */
    counts: computed((): Counts | null => (read.data.value ? countsOf(rows.value) : null)),
    version: computed(() => read.data.value?.version ?? null),
    /** What is shown: one state, or all; names like this. */
    only: signal<ReceiptState | null>(null),
    search: signal(''),
  };
});
export type ReceiptsOf = InstanceType<typeof ReceiptsModel>;
