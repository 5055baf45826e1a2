/** The rows of a module as one looks through them: searched, filtered, in an order, page after page. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import { type ModuleRow, PAGE_ROWS } from '../../api/routes-modules.ts';
import type { ListQuery, ModuleHub } from '../../modules/module-hub.ts';
import type { Panel } from '../../modules/types.ts';
import type { Clock } from '../clock.ts';

export interface ListOrder {
  /** A column's id. */
  readonly by: string;
  readonly descending: boolean;
}
export interface Asked {
  readonly search: string;
  /** The value that each filtering column is narrowed to. */
  readonly filters: Readonly<Record<string, string>>;
  readonly order: ListOrder;
}

/** So long what is typed must stand before it is asked for. */
export const PAUSE_MS = 300;

export interface RowList {
  /** As it is typed. */
  readonly search: ReadonlySignal<string>;
  /** What is asked for: what was typed, once it has stood. */
  readonly asked: ReadonlySignal<Asked>;
  /** Null until a page was read. What was read is kept while it is read again, and where that fails. */
  readonly rows: ReadonlySignal<readonly ModuleRow[] | null>;
  readonly total: ReadonlySignal<number>;
  /** Of all that is found, not of what was read of it. */
  readonly means: ReadonlySignal<Readonly<Record<string, number | null>>>;
  readonly hasMore: ReadonlySignal<boolean>;
  readonly loading: ReadonlySignal<'first' | 'more' | null>;
  /** Why the rows that are asked for could not be read; why the next page could not. */
  readonly problem: ReadonlySignal<Problem | null>;
  readonly moreProblem: ReadonlySignal<Problem | null>;
  /** This machine's clock when the rows were read last; null before. */
  readonly readAt: ReadonlySignal<number | null>;
  /** Whether a search or a filter leaves something out. */
  readonly narrowed: ReadonlySignal<boolean>;
  type(search: string): void;
  /** What was typed is all of it: asks at once. */
  settle(): void;
  filter(column: string, value: string | null): void;
  sort(order: ListOrder): void;
  clear(): void;
  /** Reads as many pages again as are held. */
  again(): Promise<void>;
  /** Reads the next page. */
  more(): Promise<void>;
  /** Takes a row in place of the one held. */
  put(row: ModuleRow): void;
  drop(id: string): void;
  stop(): void;
}

export interface RowListEdges {
  readonly panel: Panel;
  readonly hub: ModuleHub;
  readonly clock: Clock;
}

export const queryOf = ({ search, filters, order }: Asked, after: string | null): ListQuery => ({
  order: `${order.descending ? '-' : ''}${order.by}`,
  ...(search.trim() === '' ? {} : { search: search.trim() }),
  ...(Object.keys(filters).length === 0 ? {} : { filter: Object.entries(filters).map(([column, value]) => `${column}:${value}`).join(',') }),
  ...(after === null ? {} : { after }),
});

export function createRowList({ panel, hub, clock }: RowListEdges): RowList {
  const search = signal('');
  const asked = signal<Asked>({ search: '', filters: {}, order: panel.order });
  const rows = signal<readonly ModuleRow[] | null>(null);
  const next = signal<string | null>(null);
  const total = signal(0);
  const means = signal<Readonly<Record<string, number | null>>>({});
  const loading = signal<'first' | 'more' | null>(null);
  const problem = signal<Problem | null>(null);
  const moreProblem = signal<Problem | null>(null);
  const readAt = signal<number | null>(null);
  /** Counts what was asked for: an answer to an earlier question is too late. */
  let turn = 0;
  let callOff = () => {};

  const failed = (met: Problem) =>
    batch(() => {
      loading.value = null;
      problem.value = met;
      // What one may no longer see is not kept on the screen.
      if (met.code === 'control.refused') rows.value = null;
    });
  const read = async (least: number): Promise<void> => {
    turn += 1;
    const mine = turn;
    const question = asked.peek();
    const found: ModuleRow[] = [];
    loading.value = 'first';
    for (let after: string | null = null; ; ) {
      const answer = await hub.list(panel.module, queryOf(question, after));
      if (mine !== turn) return;
      if (!answer.ok) return failed(answer.problem);
      found.push(...answer.value.rows);
      after = answer.value.next;
      if (after !== null && found.length < least) continue;
      return batch(() => {
        rows.value = found;
        next.value = after;
        total.value = answer.value.total;
        means.value = answer.value.means ?? {};
        readAt.value = clock.now();
        loading.value = null;
        problem.value = null;
        moreProblem.value = null;
      });
    }
  };
  const ask = (change: Partial<Asked>) => {
    callOff();
    asked.value = { ...asked.peek(), search: search.peek(), ...change };
    return read(PAGE_ROWS);
  };
  const more = async () => {
    const after = next.peek();
    if (after === null || loading.peek() !== null) return;
    const mine = turn;
    loading.value = 'more';
    moreProblem.value = null;
    const answer = await hub.list(panel.module, queryOf(asked.peek(), after));
    if (mine !== turn) return;
    batch(() => {
      loading.value = null;
      if (!answer.ok) return void (moreProblem.value = answer.problem);
      const held = rows.peek() ?? [];
      const ids = new Set(held.map(({ id }) => id));
      rows.value = [...held, ...answer.value.rows.filter(({ id }) => !ids.has(id))];
      next.value = answer.value.next;
      total.value = answer.value.total;
    });
  };

  return {
    search, asked, rows, total, means, loading, problem, moreProblem, readAt, more,
    hasMore: computed(() => next.value !== null),
    narrowed: computed(() => asked.value.search.trim() !== '' || Object.keys(asked.value.filters).length > 0),
    type(text) {
      search.value = text;
      callOff();
      callOff = clock.after(PAUSE_MS, () => void ask({}));
    },
    settle() {
      if (search.peek() !== asked.peek().search) void ask({});
    },
    filter(column, value) {
      const { [column]: _gone, ...others } = asked.peek().filters;
      void ask({ filters: value === null ? others : { ...others, [column]: value } });
    },
    sort: (order) => void ask({ order }),
    clear() {
      search.value = '';
      void ask({ search: '', filters: {} });
    },
    again: () => read(Math.max(PAGE_ROWS, rows.peek()?.length ?? 0)),
    put(row) {
      rows.value = rows.peek()?.map((held) => (held.id === row.id ? row : held)) ?? null;
    },
    drop(id) {
      const held = rows.peek();
      if (!held?.some((row) => row.id === id)) return;
      batch(() => {
        rows.value = held.filter((row) => row.id !== id);
        total.value -= 1;
      });
    },
    stop() {
      turn += 1;
      callOff();
    },
  };
}
