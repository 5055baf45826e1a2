/** What is done with rows: each deed pending until the hub has confirmed it and what changed was read again. */
import { batch, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { ModuleRow } from '../../api/routes-modules.ts';
import type { ModuleHub } from '../../modules/module-hub.ts';
import type { Panel, Verb } from '../../modules/types.ts';
import type { Client } from '../../session/client-state.ts';
import type { Clock } from '../clock.ts';
import type { Values } from './form.ts';
import { isNamed } from './people.ts';
import type { RowList } from './row-list.ts';

/** How long a word on what was done stands, and how long one that offers to take it back. */
export const SAID_MS = 5000;
export const UNDO_MS = 15_000;

/** With which verb, and which rows: the name of one, how many of several; neither for the module itself. */
export interface About {
  readonly verb: Verb;
  readonly name: string;
  readonly count: number;
}
/** What is said at the foot of the panel. */
export type Said = About &
  (
    | { readonly kind: 'done' | 'undone' }
    /** Can be taken back. */
    | { readonly kind: 'undoable'; readonly ids: readonly string[] }
    | { readonly kind: 'problem'; readonly problem: Problem }
    /** Somebody changed it meanwhile: it is shown as it is now, and nothing was done. */
    | { readonly kind: 'conflict' }
    /** Not done: something covers the button, so it may not have been meant. */
    | { readonly kind: 'covered' }
  );

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

export interface Deeds {
  /** What is on its way, by the row's id; under the empty id that of the module itself. */
  readonly pending: ReadonlySignal<ReadonlyMap<string, Verb>>;
  readonly said: ReadonlySignal<Said | null>;
  /** Sends it and, once it is answered, reads what it was about. Says how it went, unless a form says what went wrong. */
  send(verb: Verb, rows: readonly ModuleRow[], values: Values, form?: boolean): Promise<Outcome>;
  /** Rows of which something is read before more can be done: they are on their way meanwhile. */
  during<T>(verb: Verb, ids: readonly string[], work: () => Promise<T>): Promise<T>;
  /** Takes back the deletion that was said last. */
  undo(): Promise<void>;
  about(verb: Verb, rows: readonly ModuleRow[]): About;
  say(said: Said | null): void;
  /** While somebody reads what is said, it stays. */
  pause(): void;
  resume(): void;
}

export interface DeedEdges {
  readonly panel: Panel;
  readonly client: Pick<Client, 'call'>;
  readonly hub: ModuleHub;
  readonly clock: Clock;
  readonly list: RowList;
  /** A row was read again; null where it is gone. */
  readonly onRow: (id: string, row: ModuleRow | null) => void;
}

/** What stands in the first column: a name, or a person. */
export function nameOfRow({ columns }: Panel, { values }: ModuleRow): string {
  const value = values[columns[0]?.id ?? ''];
  if (isNamed(value)) return value.name;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** One word at a time: what was done goes by itself, what went wrong stays until it is read. */
function createWord(clock: Clock) {
  const said = signal<Said | null>(null);
  let callOff = () => {};
  let paused = false;
  const stand = () => {
    callOff();
    const kind = said.peek()?.kind;
    const time = kind === 'undoable' ? UNDO_MS : kind === 'done' || kind === 'undone' ? SAID_MS : null;
    if (!paused && time !== null) callOff = clock.after(time, () => (said.value = null));
  };
  return {
    said,
    say(next: Said | null) {
      said.value = next;
      stand();
    },
    pause(on: boolean) {
      paused = on;
      stand();
    },
  };
}

/** More are read again with the list than one by one. */
const FEW = 5;

/** What a command says of its rows. What is added to a row is in nobody's way: it names no revision. */
const naming = ({ does }: Verb, rows: readonly ModuleRow[]): Readonly<Record<string, unknown>> => {
  const named = rows.map(({ id, revision }) => (does === 'write' ? { id } : { id, revision }));
  return named.length > 1 ? { rows: named } : (named[0] ?? {});
};

export function createDeeds({ panel, client, hub, clock, list, onRow }: DeedEdges): Deeds {
  const pending = signal<ReadonlyMap<string, Verb>>(new Map());
  const { said, say, pause } = createWord(clock);

  const about: Deeds['about'] = (verb, rows) => ({ verb, name: rows.length === 1 ? nameOfRow(panel, rows[0]!) : '', count: rows.length });
  const mark = (ids: readonly string[], verb: Verb | null) => {
    const next = new Map(pending.peek());
    for (const id of ids) verb === null ? next.delete(id) : next.set(id, verb);
    pending.value = next;
  };
  /** What cannot be read stays as it was. */
  const reread = async (id: string): Promise<void> => {
    const answer = await hub.row(panel.module, id);
    if (answer.ok) onRow(id, answer.value);
    else if (answer.problem.code === 'notFound') onRow(id, null);
  };
  const readAfter = async (verb: Verb, rows: readonly ModuleRow[], done: boolean): Promise<void> => {
    if (done && verb.does === 'delete') return batch(() => rows.forEach(({ id }) => onRow(id, null)));
    if (rows.length > 0 && rows.length <= FEW) await Promise.all(rows.map(({ id }) => reread(id)));
    else if (done || rows.length > 0) await list.again();
  };
  const tell = (verb: Verb, rows: readonly ModuleRow[], problem: Problem | null) => {
    const which = about(verb, rows);
    if (problem) return say(problem.code === 'record.conflict' ? { kind: 'conflict', ...which } : { kind: 'problem', ...which, problem });
    say(verb.destroys === 'undo' ? { kind: 'undoable', ...which, ids: rows.map(({ id }) => id) } : { kind: 'done', ...which });
  };

  return {
    pending, said, say, about,
    async send(verb, rows, values, form = false) {
      const ids = rows.length === 0 ? [''] : rows.map(({ id }) => id);
      mark(ids, verb);
      const answer = await client.call('command', verb.control, { ...naming(verb, rows), values });
      await readAfter(verb, rows, answer.ok);
      batch(() => {
        mark(ids, null);
        if (answer.ok || !form) tell(verb, rows, answer.ok ? null : answer.problem);
      });
      return answer.ok ? { ok: true } : { ok: false, problem: answer.problem };
    },
    async during(verb, ids, work) {
      mark(ids, verb);
      const done = await work();
      mark(ids, null);
      return done;
    },
    async undo() {
      const now = said.peek();
      if (now?.kind !== 'undoable') return;
      const { ids, verb, name, count } = now;
      say(null);
      mark(ids, verb);
      const answer = await client.call('command', verb.control, { rows: ids.map((id) => ({ id })), restore: true });
      if (answer.ok) await list.again();
      batch(() => {
        mark(ids, null);
        say(answer.ok ? { kind: 'undone', verb, name, count } : { kind: 'problem', verb, name, count, problem: answer.problem });
      });
    },
    pause: () => pause(true),
    resume: () => pause(false),
  };
}
