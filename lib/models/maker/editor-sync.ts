/** What an editor asks of the hub: one thing at a time, each with what the one before left. */
import { batch } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { Draft, RouteAnswer } from '../../api/routes.ts';
import type { ConsoleHub } from '../../console/hub.ts';
import { diff, isEmptyDiff } from '../../profile/diff.ts';
import { mergeDrafts, type MergeSide } from '../../profile/merge.ts';
import type { KeptProfile } from './editor-cache.ts';
import type { EditorState } from './editor-state.ts';
import type { EditorNews } from './editor-types.ts';

const etagOf = ({ revision }: Pick<Draft, 'revision'>): string => `"${revision}"`;

export function createEditorSync(hub: ConsoleHub, profileId: string, state: EditorState) {
  const params = { id: profileId };
  let last: Promise<unknown> = Promise.resolve();
  /** After all that was asked before. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  /** Puts another document on screen for what came from the hub, and says what that changed. */
  function show(draft: Draft, document: Draft['document'], kind: EditorNews['kind'] | null): void {
    const changes = diff(state.document.peek(), document);
    batch(() => {
      state.saved.value = draft;
      state.theirs.value = null;
      if (isEmptyDiff(changes)) return;
      state.document.value = document;
      if (kind) state.news.value = { kind, who: draft.changedBy, changes };
    });
  }

  /** A draft read from the hub. Where nothing here is unsaved it is taken, else merged as far as the two do not meet. */
  function arrive(draft: Draft, told: boolean): void {
    const saved = state.saved.peek();
    if (!saved || !state.dirty.peek()) return show(draft, draft.document, told ? 'taken' : null);
    if (draft.revision === saved.revision) return;
    const merge = mergeDrafts(saved.document, state.document.peek(), draft.document);
    if (merge.conflicts.length > 0) state.theirs.value = draft;
    else show(draft, merge.document, 'merged');
  }

  async function readDraft(told: boolean): Promise<boolean> {
    const saved = state.saved.peek();
    const answer = await hub.ask('readDraft', { params, ifNoneMatch: saved ? etagOf(saved) : null });
    if (!answer.ok) return fail(answer.problem);
    if (!answer.value.notModified) arrive(answer.value.value, told);
    return true;
  }

  async function readProfile(): Promise<boolean> {
    const answer = await hub.ask('readProfile', { params });
    if (!answer.ok) return fail(answer.problem);
    showProfile(answer.value.value);
    return true;
  }

  function showProfile({ summary, published }: RouteAnswer<'readProfile'>): void {
    batch(() => {
      state.summary.value = summary;
      const held = state.published.peek();
      // Resources may have another name now, under the same version.
      if (JSON.stringify(held) !== JSON.stringify(published)) state.published.value = published;
    });
  }

  function fail(problem: Problem): false {
    batch(() => {
      state.loadProblem.value = problem;
      const gone = problem.code === 'notFound' || problem.code === 'forbidden';
      if (gone || state.saved.peek() === null) state.load.value = 'failed';
    });
    return false;
  }

  async function read(told: boolean): Promise<boolean> {
    const [profile, draft] = await Promise.all([readProfile(), readDraft(told)]);
    if (!profile || !draft) return false;
    batch(() => {
      state.loadProblem.value = null;
      state.load.value = 'ready';
    });
    return true;
  }

  /** Until the hub has what is on screen, which may change meanwhile. False where it cannot. */
  async function save(): Promise<boolean> {
    const waiting = state.theirs.peek();
    if (waiting) arrive(waiting, true);
    while (state.dirty.peek()) {
      if (state.conflict.peek()) return false;
      const saved = state.saved.peek()!;
      const document = state.document.peek();
      const answer = await hub.ask('saveDraft', { params, ifMatch: etagOf(saved), body: { document } });
      if (answer.ok) tookOver(answer.value.value, document);
      else if (answer.problem.code !== 'draft.conflict') return refused(answer.problem);
      else if (!(await readDraft(true))) return refused(answer.problem);
    }
    state.saveProblem.value = null;
    return !state.conflict.peek();
  }

  /** The hub has what was sent, in the hub's own form; what was typed since stays. */
  function tookOver(draft: Draft, sent: Draft['document']): void {
    batch(() => {
      const untouched = state.document.peek() === sent;
      state.saved.value = { ...draft, document: sent };
      if (untouched) state.document.value = sent;
      state.saveProblem.value = null;
      const summary = state.summary.peek();
      if (summary && !summary.hasDraft) state.summary.value = { ...summary, hasDraft: true };
    });
  }

  function refused(problem: Problem): false {
    state.saveProblem.value = problem;
    return false;
  }

  async function resolve(keep: 'merged' | 'theirs', chosen?: ReadonlyMap<string, MergeSide>): Promise<boolean> {
    const [saved, theirs] = [state.saved.peek(), state.theirs.peek()];
    if (!saved || !theirs) return save();
    const { document } = keep === 'theirs' ? theirs : mergeDrafts(saved.document, state.document.peek(), theirs.document, chosen);
    show(theirs, document, null);
    return save();
  }

  async function drop(): Promise<boolean> {
    const saved = state.saved.peek();
    if (!saved) return false;
    const answer = await hub.ask('dropDraft', { params, ifMatch: etagOf(saved) });
    if (!answer.ok && answer.problem.code !== 'draft.conflict') return refused(answer.problem);
    batch(() => {
      // What was typed is dropped with it: only then is what the hub has now taken as it is.
      if (answer.ok) state.document.value = saved.document;
      state.theirs.value = null;
      state.saveProblem.value = answer.ok ? null : answer.problem;
    });
    return (await read(false)) && answer.ok;
  }

  const paint = (kept: KeptProfile): void =>
    batch(() => {
      state.summary.value = kept.summary;
      state.published.value = kept.published;
      state.saved.value = kept.draft;
      state.document.value = kept.unsaved ?? kept.draft.document;
      state.load.value = 'ready';
    });

  return {
    paint,
    read: (told: boolean) => inTurn(() => read(told)),
    save: () => inTurn(save),
    resolve: (keep: 'merged' | 'theirs', chosen?: ReadonlyMap<string, MergeSide>) => inTurn(() => resolve(keep, chosen)),
    drop: () => inTurn(drop),
  };
}
