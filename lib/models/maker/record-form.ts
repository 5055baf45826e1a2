/** The form of one record, saved by hand: what was read, what is on screen, and both sides where somebody saved first. */
import { batch, computed, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { Answer } from '../../session/client-state.ts';
import { changedFields, changeOf, chosenOf, type Fields, isSame, mergeRecord, type Ordered, type RecordMerge, type Side } from './record-merge.ts';

/** What the hub has, and the ETag that a save must name. */
export interface Held<T extends Fields> {
  readonly id: string;
  readonly value: T;
  readonly etag: string;
}

/** What is wrong with a field: a message key with what stands in it. */
export interface FieldError {
  readonly key: string;
  readonly with?: readonly (string | number)[];
}
export type FieldErrors = Readonly<Record<string, FieldError>>;

export interface RecordEdges<T extends Fields> {
  /** Null for a record that is yet to be made. */
  readonly read: (() => Promise<Answer<Held<T>>>) | null;
  /** What a new record begins with. */
  readonly initial: T;
  readonly create: (value: T) => Promise<Answer<Held<T>>>;
  /** Only the fields that changed. */
  readonly update: (change: Partial<T>, ifMatch: string) => Promise<Answer<Held<T>>>;
  readonly check: (value: T) => FieldErrors;
  /** Fields whose lists have an order that says something. */
  readonly ordered?: Ordered;
}

export interface RecordConflict<T extends Fields> {
  readonly theirs: Held<T>;
  readonly merge: RecordMerge<T>;
}

export function createRecordForm<T extends Fields>(edges: RecordEdges<T>) {
  const held = signal<Held<T> | null>(null);
  const value = signal<T>(edges.initial);
  const load = signal<'loading' | 'ready' | 'failed'>(edges.read ? 'loading' : 'ready');
  const problem = signal<Problem | null>(null);
  const saving = signal(false);
  const conflict = signal<RecordConflict<T> | null>(null);
  /** Mistakes are shown once a field was left or a save was tried, not while its first letter is typed. */
  const shown = signal<ReadonlySet<string> | 'all'>(new Set());

  const { ordered = new Set() } = edges;
  const isNew = edges.read === null;
  const base = computed(() => held.value?.value ?? edges.initial);
  const changed = computed<readonly string[]>(() => changedFields(base.value, value.value, ordered));
  const errors = computed(() => edges.check(value.value));
  const shownErrors = computed<FieldErrors>(() => {
    const which = shown.value;
    if (which === 'all') return errors.value;
    return Object.fromEntries(Object.entries(errors.value).filter(([field]) => which.has(field)));
  });

  const hold = (next: Held<T>) =>
    batch(() => {
      held.value = next;
      value.value = next.value;
      problem.value = null;
      conflict.value = null;
      load.value = 'ready';
      shown.value = new Set();
    });

  const read = async () => {
    if (!edges.read) return;
    const answer = await edges.read();
    if (answer.ok) hold(answer.value);
    else batch(() => ((problem.value = answer.problem), (load.value = held.peek() ? 'ready' : 'failed')));
  };

  /** Somebody saved first: reads theirs and merges; asks only about what both changed. */
  const meet = async () => {
    const theirs = await edges.read!();
    if (!theirs.ok) return void (problem.value = theirs.problem);
    conflict.value = { theirs: theirs.value, merge: mergeRecord(base.peek(), value.peek(), theirs.value.value, ordered) };
  };

  const write = async (): Promise<Held<T> | null> => {
    const sent = value.peek();
    const answer = isNew && !held.peek() ? await edges.create(sent) : await edges.update(changeOf(base.peek(), sent, ordered), held.peek()!.etag);
    if (answer.ok) {
      // What was typed while it was on its way stays on screen, unsaved.
      const typed = changeOf(sent, value.peek(), ordered);
      hold(answer.value);
      value.value = { ...answer.value.value, ...typed };
      return answer.value;
    }
    if (answer.problem.code !== 'record.conflict') problem.value = answer.problem;
    else await meet();
    return null;
  };

  const save = async (): Promise<Held<T> | null> => {
    if (saving.peek()) return null;
    shown.value = 'all';
    if (Object.keys(errors.peek()).length > 0) return null;
    batch(() => ((saving.value = true), (problem.value = null)));
    const saved = await write();
    saving.value = false;
    return saved;
  };

  return {
    isNew,
    held,
    value,
    load,
    problem,
    saving,
    conflict,
    changed,
    errors: shownErrors,
    /** Whether anything is on screen that the hub has not. */
    dirty: computed(() => changed.value.length > 0),
    read,
    set<F extends keyof T & string>(field: F, next: T[F]) {
      value.value = { ...value.peek(), [field]: next };
    },
    leave(field: string) {
      const which = shown.peek();
      if (which !== 'all' && !isSame(base.peek()[field], value.peek()[field], ordered.has(field))) shown.value = new Set([...which, field]);
    },
    undo(field: string) {
      value.value = { ...value.peek(), [field]: base.peek()[field] };
    },
    undoAll() {
      batch(() => ((value.value = base.peek()), (problem.value = null), (shown.value = new Set())));
    },
    dismiss: () => void (problem.value = null),
    save,
    /** Ends a conflict: saves the merge as it was chosen over theirs; where nothing of mine is left, takes theirs. */
    async resolve(chosen: ReadonlyMap<string, Side>) {
      const both = conflict.peek();
      if (!both) return null;
      const next = chosenOf(both.merge, chosen);
      hold(both.theirs);
      value.value = next;
      return changedFields(both.theirs.value, next, ordered).length > 0 ? save() : both.theirs;
    },
    /** Back to the form, with nothing saved: the next save meets theirs again. */
    cancelConflict: () => void (conflict.value = null),
    takeTheirs() {
      const both = conflict.peek();
      if (both) hold(both.theirs);
    },
  };
}
export type RecordForm<T extends Fields> = ReturnType<typeof createRecordForm<T>>;
