/** What both changed, as it is chosen between. */
import { computed, type ReadonlySignal, signal } from '@preact/signals-core';
import { tabById } from '../../catalogue/index.ts';
import type { Merge, MergeConflict, MergeSide } from '../../profile/merge.ts';
import { settingField } from '../../profile/value.ts';
import type { Editor } from './editor-types.ts';

/** What a conflict is of. */
export type ConflictPlace =
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'tab'; readonly tab: string }
  | { readonly kind: 'row'; readonly tab: string; readonly row: string };

export function placeOf(id: string): ConflictPlace {
  if (settingField(id)) return { kind: 'field', field: id };
  const slash = id.indexOf('/');
  if (slash > 0 && tabById.has(id.slice(0, slash))) return { kind: 'row', tab: id.slice(0, slash), row: id.slice(slash + 1) };
  return tabById.has(id) ? { kind: 'tab', tab: id } : { kind: 'field', field: id };
}

export interface Choosing {
  readonly merge: ReadonlySignal<Merge | null>;
  /** Theirs where nothing was chosen. */
  sideOf(conflict: MergeConflict): MergeSide;
  choose(id: string, side: MergeSide): void;
  chooseAll(side: MergeSide): void;
  apply(): Promise<boolean>;
}

export function createChoosing(editor: Pick<Editor, 'conflict' | 'resolve'>): Choosing {
  const chosen = signal<ReadonlyMap<string, MergeSide>>(new Map());
  return {
    merge: computed(() => editor.conflict.value),
    sideOf: ({ id }) => chosen.value.get(id) ?? 'theirs',
    choose: (id, side) => (chosen.value = new Map(chosen.peek()).set(id, side)),
    chooseAll: (side) => (chosen.value = new Map(editor.conflict.peek()?.conflicts.map(({ id }) => [id, side]))),
    apply: () => editor.resolve('merged', chosen.peek()),
  };
}
