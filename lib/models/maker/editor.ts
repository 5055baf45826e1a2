/** The editor of one profile: what is on screen is saved by itself, and meets what others save field by field. */
import { batch, effect } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { ProfileWatch } from '../../api/routes.ts';
import type { ProfileDocument, TabId } from '../../catalogue/index.ts';
import type { ConsoleHub } from '../../console/hub.ts';
import { settingOf } from '../../profile/value.ts';
import type { Clock } from '../clock.ts';
import { waitAfter } from './editor-backoff.ts';
import type { EditorCache } from './editor-cache.ts';
import { tabContent, withField, withTab } from './editor-document.ts';
import { createEditorState, type EditorState } from './editor-state.ts';
import { createEditorSync } from './editor-sync.ts';
import type { Editor, TabContent } from './editor-types.ts';
import { watchProfile } from './editor-watch.ts';

/** After the last change. */
export const SAVE_AFTER_MS = 600;
/** What is typed in one go is kept in one go. */
const KEEP_AFTER_MS = 120;

/** Not for trying again: it is refused until something changes. */
const LASTING = new Set(['grant.refused', 'document.invalid', 'profile.nameTaken', 'forbidden', 'notFound', 'request.tooLarge', 'request.invalid', 'profile.archived']);

export interface EditorEdges {
  readonly hub: ConsoleHub;
  readonly profileId: string;
  readonly clock: Clock;
  readonly cache?: EditorCache;
  readonly random?: () => number;
}

export function createEditor({ hub, profileId, clock, cache, random = Math.random }: EditorEdges): Editor {
  const state = createEditorState();
  const sync = createEditorSync(hub, profileId, state);
  const timers = { save: createTimer(clock), load: createTimer(clock), keep: createTimer(clock) };
  const closing = createClosing();
  let failures = 0;

  async function saveNow(): Promise<boolean> {
    timers.save.off();
    const done = await sync.save();
    const problem = state.saveProblem.peek();
    failures = done ? 0 : failures + 1;
    if (problem && !LASTING.has(problem.code) && !closing.closed()) timers.save.in(waitAfter(failures, random()), () => void saveNow());
    return done;
  }
  const change = (next: (document: ProfileDocument) => ProfileDocument): void => {
    const document = next(state.document.peek());
    if (document === state.document.peek()) return;
    batch(() => {
      state.document.value = document;
      // What is refused may be mended by this very change.
      if (LASTING.has(state.saveProblem.peek()?.code ?? '')) state.saveProblem.value = null;
    });
    timers.save.in(SAVE_AFTER_MS, () => void saveNow());
  };

  let tries = 0;
  let loading = false;
  async function load(told: boolean): Promise<void> {
    timers.load.off();
    loading = true;
    const done = await sync.read(told);
    loading = false;
    tries = done ? 0 : tries + 1;
    const problem = state.loadProblem.peek();
    if (closing.closed()) return;
    if (!done && problem && !LASTING.has(problem.code)) timers.load.in(waitAfter(tries, random()), () => void load(told));
    // What was kept from before is saved now, or said to be not.
    if (state.dirty.peek() && !state.conflict.peek()) timers.save.in(SAVE_AFTER_MS, () => void saveNow());
  }

  const heard = (watch: ProfileWatch): void => {
    batch(() => {
      if (JSON.stringify(state.watch.peek()) !== JSON.stringify(watch)) state.watch.value = watch;
      if (JSON.stringify(state.summary.peek()) !== JSON.stringify(watch.summary)) state.summary.value = watch.summary;
    });
    const saved = state.saved.peek();
    const newer = saved !== null && watch.revision > Math.max(saved.revision, state.theirs.peek()?.revision ?? 0);
    const otherVersion = (state.published.peek()?.version ?? null) !== watch.summary.version;
    if (saved && !loading && (newer || otherVersion)) void load(true);
    const unsaved = state.saveProblem.peek();
    // The hub is there again.
    if (unsaved && !LASTING.has(unsaved.code)) void saveNow();
  };
  const watching = watchProfile({ hub, profileId, clock, random, editing: () => state.editing.peek(), heard, failed: goneWith(state) });

  closing.onClose(effect(() => void (state.editing.value, state.load.peek() === 'ready' && watching.say())));
  if (cache) closing.onClose(keepIn(cache, profileId, state, timers.keep));
  void begin();
  async function begin(): Promise<void> {
    const kept = await cache?.read(profileId).catch(() => null);
    if (kept && state.saved.peek() === null) sync.paint(kept);
    await load(false);
  }

  return {
    ...readable(state),
    profileId,
    setField: (id, value) => change((document) => withField(document, id, value)),
    undoField: (id) => change((document) => withField(document, id, settingOf(state.base.peek(), id))),
    changeTab: (tab, next) => change((document) => withTab(document, tab, next(tabContent(document, tab)))),
    undoTab: (tab) => change((document) => withTab(document, tab, baseTab(state, tab))),
    undoAll: () => change(() => state.base.peek()),
    flush: () => saveNow(),
    async resolve(keep, chosen) {
      const done = await sync.resolve(keep, chosen);
      return done || saveNow();
    },
    async drop() {
      timers.save.off();
      return sync.drop();
    },
    reload: () => load(false),
    close() {
      if (closing.closed()) return;
      for (const timer of Object.values(timers)) timer.off();
      closing.close();
      if (state.dirty.peek() && !state.conflict.peek()) void sync.save();
      watching.stop();
    },
  };
}

/** What the pages see of the state. */
const readable = ({ load, problem, summary, published, saved, base, document, changes, save, conflict, news, editing, watch }: EditorState) => ({
  load, problem, summary, published, saved, base, document, changes, save, conflict, news, editing, watch,
});

/** The tab as it is undone to; undefined where the base says nothing of it. */
function baseTab(state: EditorState, tab: TabId): TabContent | undefined {
  const base = state.base.peek();
  return Object.hasOwn(base.configuration, tab) ? tabContent(base, tab) : undefined;
}

/** While one looks the profile was deleted, or one may not see it any more. */
const goneWith = (state: EditorState) => (problem: Problem) => {
  if (problem.code !== 'notFound' && problem.code !== 'forbidden') return;
  batch(() => {
    state.loadProblem.value = problem;
    state.load.value = 'failed';
  });
};

/** Keeps what is on screen a moment after it changed. Returns how to stop, which keeps it once more. */
function keepIn(cache: EditorCache, profileId: string, state: EditorState, timer: Timer): () => void {
  const keep = () => {
    const [summary, draft] = [state.summary.peek(), state.saved.peek()];
    if (!summary || !draft) return;
    const unsaved = state.dirty.peek() ? state.document.peek() : null;
    void cache.write(profileId, { summary, published: state.published.peek(), draft, unsaved }).catch(() => undefined);
  };
  const stop = effect(() => {
    if (state.load.value === 'failed' && state.loadProblem.value?.code === 'notFound') void cache.write(profileId, null).catch(() => undefined);
    else if (state.load.value === 'ready' && state.summary.value && state.saved.value && state.document.value) timer.in(KEEP_AFTER_MS, keep);
  });
  return () => {
    stop();
    if (state.load.peek() === 'ready') keep();
  };
}

interface Timer {
  in(milliseconds: number, callback: () => void): void;
  off(): void;
}

/** One thing to do later, of which the last asked for counts. */
function createTimer(clock: Clock): Timer {
  let callOff: (() => void) | null = null;
  const off = () => {
    callOff?.();
    callOff = null;
  };
  return {
    in(milliseconds, callback) {
      off();
      callOff = clock.after(milliseconds, callback);
    },
    off,
  };
}

function createClosing() {
  const ends: (() => void)[] = [];
  let closed = false;
  return {
    closed: () => closed,
    onClose: (end: () => void) => void ends.push(end),
    close() {
      closed = true;
      for (const end of ends) end();
    },
  };
}
