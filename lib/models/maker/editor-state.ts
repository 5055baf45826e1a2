/** The state of an editor, and all that follows from it. */
import { computed, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { Draft, ProfileSummary, ProfileWatch } from '../../api/routes.ts';
import type { ProfileView } from '../../api/snapshot.ts';
import type { ProfileDocument } from '../../catalogue/index.ts';
import { canonical } from '../../profile/canonical.ts';
import { diff } from '../../profile/diff.ts';
import { mergeDrafts } from '../../profile/merge.ts';
import { emptyDocument } from '../../profile/schema.ts';
import type { EditorNews, SaveState } from './editor-types.ts';

const meaning = (document: ProfileDocument): string => JSON.stringify(canonical(document));

export function createEditorState() {
  const load = signal<'loading' | 'ready' | 'failed'>('loading');
  const loadProblem = signal<Problem | null>(null);
  const saveProblem = signal<Problem | null>(null);
  const summary = signal<ProfileSummary | null>(null);
  const published = signal<ProfileView | null>(null);
  const saved = signal<Draft | null>(null);
  const document = signal<ProfileDocument>(emptyDocument(''));
  /** Another's draft, newer than the one begun from, that meets what was changed here. */
  const theirs = signal<Draft | null>(null);
  const editing = signal(false);
  const watch = signal<ProfileWatch | null>(null);
  const news = signal<EditorNews | null>(null);

  /** What undoing goes back to. A profile never published is compared with one of its name that grants nothing. */
  const base = computed(() => published.value?.document ?? emptyDocument(summary.value?.name ?? ''));
  const savedMeaning = computed(() => (saved.value ? meaning(saved.value.document) : null));
  const dirty = computed(
    () => saved.value !== null && document.value !== saved.value.document && meaning(document.value) !== savedMeaning.value,
  );
  const conflict = computed(() => {
    if (!theirs.value || !saved.value) return null;
    const merge = mergeDrafts(saved.value.document, document.value, theirs.value.document);
    return merge.conflicts.length > 0 ? merge : null;
  });
  const save = computed((): SaveState => {
    if (conflict.value) return 'conflict';
    if (saveProblem.value) return 'failed';
    return dirty.value ? 'saving' : 'saved';
  });
  const changes = computed(() => diff(base.value, document.value));
  const problem = computed(() => saveProblem.value ?? loadProblem.value);
  return {
    load, loadProblem, saveProblem, problem, summary, published, saved, document, theirs, editing, watch, news,
    base, dirty, conflict, save, changes,
  };
}
export type EditorState = ReturnType<typeof createEditorState>;
