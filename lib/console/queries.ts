/**
 * What the Maker has read of the hub: each read once, however many look at it, painted from the cache and asked for
 * again whenever somebody looks (stale while revalidate). What comes in pages is put together: it grows while it is read
 * for the first time, and is replaced once all of it is there where it was there before. Of one person at one hub:
 * everything goes with the sign-out.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../api/problem.ts';
import type { ConsoleRouteName, Route, RouteAnswer, routes } from '../api/routes.ts';
import { consoleRoutes } from '../api/routes-console.ts';
import type { Clock } from '../models/clock.ts';
import type { Answer } from '../session/client-state.ts';
import type { CachedRead, ConsoleCache } from './cache.ts';
import type { Asked, ConsoleHub, ConsoleInput } from './hub.ts';
import { pageAfter, type Paged, rowsOf, withPage } from './pages.ts';

/** A read that is this fresh is not asked for again because another part of the page looks at it too. */
const FRESH_MS = 1500;
/** So long the cache is waited for. */
const OPEN_WAIT_MS = 500;

/** The routes that change nothing. */
export type ReadName = { [N in ConsoleRouteName]: (typeof routes)[N]['method'] extends 'GET' ? N : never }[ConsoleRouteName];

/** The input as arguments: to be left out where the route takes nothing that must be said. */
type Arguments<N extends ConsoleRouteName> = Record<never, never> extends ConsoleInput<N> ? [input?: ConsoleInput<N>] : [input: ConsoleInput<N>];

export interface Read<T> {
  /** The last answer, kept while a newer one is asked for; null until there is one. */
  readonly data: ReadonlySignal<T | null>;
  /** Whether `data` is all there is: false while there is nothing, and while only some pages of a list are there. */
  readonly whole: ReadonlySignal<boolean>;
  /** Why the last try failed; null once one goes well. */
  readonly problem: ReadonlySignal<Problem | null>;
  /** True while the hub is asked and there is nothing to show yet. */
  readonly loading: ReadonlySignal<boolean>;
  /** Of `data`, where the route has one. */
  readonly etag: ReadonlySignal<string | null>;
  /** Asks the hub now, or once more after the question under way. Never rejects: `problem` says what went wrong. */
  refresh(): Promise<void>;
}

export interface Queries {
  /** The same name and input is the same read. Asked for anew each time somebody begins to look at it. */
  read<N extends ReadName>(name: N, ...input: Arguments<N>): Read<RouteAnswer<N>>;
  /** Changes something at the hub, then reads anew what that made stale. */
  write<N extends ConsoleRouteName>(name: N, input: ConsoleInput<N>, then?: { readonly stale?: readonly ReadName[] }): Promise<Answer<Asked<N>>>;
  /** Reads of these names: asked for anew where somebody looks, else when somebody does next. Resolves when all are there. */
  stale(names: readonly ReadName[]): Promise<void>;
}

export interface QueriesEdges {
  readonly hub: ConsoleHub;
  readonly cache: ConsoleCache;
  readonly clock: Clock;
}

interface Held {
  readonly value: unknown;
  readonly etag: string | null;
  readonly problem: Problem | null;
}
const NOTHING: Held = { value: null, etag: null, problem: null };

export interface OwnedQueries extends Queries {
  /**
   * Whose everything is from now on, or null for nobody: what was another's is forgotten. Resolves when what was kept
   * for this owner can be painted.
   */
  own(owner: string | null): Promise<void>;
  /** The person signed out: nothing is kept. */
  forget(): Promise<void>;
}

export function createQueries({ hub, cache, clock }: QueriesEdges): OwnedQueries {
  const entries = new Map<string, Entry>();
  const kept = new Map<string, CachedRead>();
  let owner: string | null = null;
  /** Grows with each change of owner: an answer of before is nobody's. */
  let era = 0;

  const ask = async (name: ReadName, input: object, { etag, after }: Which) =>
    (hub.ask as (name: string, input: object) => Promise<Answer<Asked<ReadName>>>)(name, {
      ...(after === null ? input : pageAfter(input, after)),
      ...(etag === null ? {} : { ifNoneMatch: etag }),
    });
  const keep = (read: CachedRead) => {
    kept.set(read.key, read);
    if (owner !== null) void cache.write(owner, read);
  };

  const entryOf = (name: ReadName, input: unknown): Entry => {
    const key = keyOf(name, input);
    let entry = entries.get(key);
    if (!entry) {
      entry = createEntry({
        name,
        ask: (which) => ask(name, { ...(input as object) }, which),
        keep: (value, etag) => keep({ key, at: clock.now(), value, etag }),
        owned: () => owner !== null,
        era: () => era,
        now: () => clock.now(),
      });
      const paint = kept.get(key);
      if (paint) entry.paint(paint);
      entries.set(key, entry);
    }
    return entry;
  };

  const stale: Queries['stale'] = async (names) => {
    const those = [...entries.values()].filter(({ name }) => names.includes(name));
    await Promise.all(those.map((entry) => entry.outdate()));
  };

  /** Another page may hold the database up: then the hub's answers are what is painted first. */
  const soon = (opening: Promise<readonly CachedRead[]>) =>
    Promise.race([opening, new Promise<readonly CachedRead[]>((resolve) => void clock.after(OPEN_WAIT_MS, () => resolve([])))]);

  const forgetAll = () => {
    era += 1;
    kept.clear();
    batch(() => {
      for (const entry of entries.values()) entry.forget();
    });
  };

  return {
    read: (name, ...[input]) => entryOf(name, input).read as never,
    async write(name, input, { stale: names = [] } = {}) {
      const answer = await (hub.ask as (name: string, input: object) => Promise<Answer<Asked<ConsoleRouteName>>>)(name, input);
      if (answer.ok) await stale(names);
      return answer as never;
    },
    stale,
    async own(next) {
      if (next === owner) return;
      if (owner !== null) forgetAll();
      era += 1;
      owner = null;
      if (next === null) return;
      const mine = era;
      const rows = await soon(cache.open(next));
      if (mine !== era) return;
      owner = next;
      for (const row of rows) kept.set(row.key, row);
      batch(() => {
        for (const [key, entry] of entries) {
          const paint = kept.get(key);
          if (paint) entry.paint(paint);
          void entry.look();
        }
      });
    },
    async forget() {
      forgetAll();
      owner = null;
      await cache.clear();
    },
  };
}

interface Entry {
  readonly name: ReadName;
  readonly read: Read<unknown>;
  paint(read: CachedRead): void;
  /** Asks where somebody looks and what is there is not fresh. */
  look(): Promise<void>;
  outdate(): Promise<void>;
  forget(): void;
}

/** Of an answer: null where there is none to compare with; null for the first page, and for what has no pages. */
interface Which {
  readonly etag: string | null;
  readonly after: string | null;
}

interface EntryEdges {
  readonly name: ReadName;
  readonly ask: (which: Which) => Promise<Answer<Asked<ReadName>>>;
  readonly keep: (value: unknown, etag: string | null) => void;
  readonly owned: () => boolean;
  readonly era: () => number;
  readonly now: () => number;
}

function createEntry({ name, ask, keep, owned, era, now }: EntryEdges): Entry {
  const { pages: list }: Route = consoleRoutes[name];
  let watched = false;
  let freshUntil = -Infinity;
  let under: Promise<void> | null = null;
  let again: Promise<void> | null = null;
  const held = signal<Held>(NOTHING, {
    watched() {
      watched = true;
      // After the drawing that looks: what is asked shows in the same signal.
      void Promise.resolve().then(look);
    },
    unwatched() {
      watched = false;
    },
  });

  const isWhole = (value: unknown) => value !== null && !(list !== undefined && (value as Paged).next);
  /** Where it was whole before, and while there are fewer rows than are shown, what is shown stays. */
  const grow = (soFar: Paged) => {
    const shown = held.peek().value as Paged | null;
    if (shown === null || (!isWhole(shown) && rowsOf(list!, shown).length < rowsOf(list!, soFar).length)) held.value = { value: soFar, etag: null, problem: null };
  };

  const once = async () => {
    const mine = era();
    const { value: was, etag } = held.peek();
    let answer = await ask({ etag: was === null ? null : etag, after: null });
    let soFar: unknown = null;
    while (mine === era() && answer.ok && !answer.value.notModified) {
      soFar = list === undefined ? answer.value.value : withPage(list, soFar as Paged | null, answer.value.value as unknown as Paged);
      if (list === undefined || isWhole(soFar)) break;
      grow(soFar as Paged);
      answer = await ask({ etag: null, after: (soFar as Paged).next! });
    }
    if (mine !== era()) return;
    if (!answer.ok) {
      held.value = { ...held.peek(), problem: answer.problem };
      return;
    }
    freshUntil = now() + FRESH_MS;
    const next = answer.value.notModified ? { value: was, etag } : { value: soFar, etag: answer.value.etag };
    // The same again draws nothing again.
    const value = sameJson(next.value, was) ? was : next.value;
    held.value = { value, etag: next.etag, problem: null };
    if (!answer.value.notModified) keep(value, next.etag);
  };
  const run = () => {
    const mine: Promise<void> = once().finally(() => {
      if (under === mine) under = null;
    });
    return (under = mine);
  };
  const refresh = (): Promise<void> => {
    if (!owned()) return Promise.resolve();
    if (!under) return run();
    // What is under way may have been answered before what one wants to see was done.
    return (again ??= under.then(() => {
      again = null;
      return owned() ? run() : undefined;
    }));
  };
  const look = async () => {
    if (watched && owned() && !under && now() >= freshUntil) await refresh();
  };

  return {
    name,
    read: {
      data: computed(() => held.value.value),
      whole: computed(() => isWhole(held.value.value)),
      problem: computed(() => held.value.problem),
      loading: computed(() => held.value.value === null && held.value.problem === null),
      etag: computed(() => held.value.etag),
      refresh,
    },
    paint({ value, etag }) {
      if (held.peek().value === null) held.value = { ...held.peek(), value, etag };
    },
    look,
    async outdate() {
      freshUntil = -Infinity;
      if (watched) await refresh();
    },
    forget() {
      freshUntil = -Infinity;
      under = null;
      again = null;
      held.value = NOTHING;
    },
  };
}

/** The order in which an input was written makes no other read of it. */
export const keyOf = (name: string, input: unknown): string => `${name} ${JSON.stringify(sorted(input ?? {}))}`;

const sorted = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
};

const sameJson = (a: unknown, b: unknown): boolean => a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b);
