/** Who may take a profile. No part of the draft: each change is made at the hub at once, person by person. */
import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { PersonSummary, RouteAnswer } from '../../api/routes.ts';
import type { ConsoleHub } from '../../console/hub.ts';
import type { Queries, Read } from '../../console/queries.ts';
import { finder } from '../../search.ts';
import type { Clock } from '../clock.ts';

export type Assignment = RouteAnswer<'listAssignments'>['assignments'][number];
type Person = PersonSummary;

/** A person of the profile, with what else is known of them where one may see people. */
export interface Assignee extends Assignment {
  readonly person: Person | null;
  /** This profile is the only one they have; null where one may not see. */
  readonly only: boolean | null;
}

export interface Failure {
  readonly personId: string;
  readonly name: string;
  readonly problem: Problem;
}

/** What is being done for many people, one after another. */
export interface Work {
  readonly what: 'assign' | 'unassign';
  readonly done: number;
  readonly total: number;
  readonly failed: readonly Failure[];
}

export interface AssigneesEdges {
  readonly hub: Pick<ConsoleHub, 'ask'>;
  readonly assignments: Pick<Read<RouteAnswer<'listAssignments'>>, 'data' | 'problem' | 'loading' | 'refresh'>;
  /** Null where one may not see people. */
  readonly people: ReadonlySignal<Pick<Read<RouteAnswer<'listPeople'>>, 'data'> | null>;
  readonly stale: Queries['stale'];
  readonly clock: Clock;
}

/** Asked at once: enough to be quick, few enough for the hub to serve others meanwhile. */
const AT_ONCE = 6;
/** A score is sent this long after the last step of it. */
const SCORE_PAUSE_MS = 600;
const STALE = ['listAssignments', 'listPeople', 'listProfiles', 'readProfile'] as const;

type Wish = Pick<Assignment, 'personId' | 'name'> & { readonly body: { readonly atLogin?: boolean; readonly score?: number } };

export const AssigneesModel = createModel((profileId: string, edges: AssigneesEdges) => {
  const search = signal('');
  const selected = signal<ReadonlySet<string>>(new Set());
  const work = signal<Work | null>(null);
  /** What was set and is not confirmed yet. */
  const scores = signal<ReadonlyMap<string, number>>(new Map());
  const asking = signal<ReadonlySet<string>>(new Set());
  const problem = signal<Failure | null>(null);
  const waiting = new Map<string, () => void>();

  const people = computed(() => new Map(edges.people.value?.data.value?.people.map((person) => [person.id, person])));
  const rows = computed(() => (edges.assignments.data.value?.assignments ?? []).map((each) => assignee(each, people.value, scores.value)));
  const shown = computed(() => rows.value.filter((row) => isFound(row, search.value)));
  const chosen = computed(() => rows.value.filter(({ personId }) => selected.value.has(personId)));
  /** Who may be added: everyone one may see, those already in marked. */
  const candidates = computed(() => {
    const here = new Set(rows.value.map(({ personId }) => personId));
    return [...people.value.values()].filter(({ disabled }) => !disabled).map((person) => ({ person, here: here.has(person.id) }));
  });

  const ask = async (what: Work['what'], { personId, body }: Wish) => {
    const params = { id: profileId, personId };
    return what === 'assign' ? edges.hub.ask('assign', { params, body }) : edges.hub.ask('unassign', { params });
  };
  const forMany = async (what: Work['what'], wishes: readonly Wish[]): Promise<readonly string[]> => {
    const done: string[] = [];
    const failed: Failure[] = [];
    work.value = { what, done: 0, total: wishes.length, failed };
    await eachOf(wishes, AT_ONCE, async (wish) => {
      const answer = await ask(what, wish);
      if (answer.ok) done.push(wish.personId);
      else failed.push({ personId: wish.personId, name: wish.name, problem: answer.problem });
      work.value = { what, done: done.length + failed.length, total: wishes.length, failed: [...failed] };
    });
    await edges.stale(STALE);
    if (failed.length === 0) work.value = null;
    return done;
  };

  const change = async (row: Assignment, body: Wish['body']): Promise<boolean> => {
    problem.value = null;
    asking.value = new Set([...asking.peek(), row.personId]);
    const answer = await ask('assign', { ...row, body });
    if (!answer.ok) problem.value = { personId: row.personId, name: row.name, problem: answer.problem };
    await edges.stale(STALE);
    asking.value = new Set([...asking.peek()].filter((id) => id !== row.personId));
    return answer.ok;
  };
  const sendScore = async (row: Assignment) => {
    waiting.delete(row.personId);
    const score = scores.peek().get(row.personId);
    if (score === undefined) return;
    await change(row, { score });
    // Another one set meanwhile waits for its own turn.
    if (waiting.has(row.personId)) return;
    scores.value = new Map([...scores.peek()].filter(([id]) => id !== row.personId));
  };

  return {
    rows,
    shown,
    search,
    selected,
    chosen,
    candidates,
    work,
    /** Whose change waits for the hub. */
    asking,
    /** What the last change of one person met. */
    problem,
    /** Whether it is known who they are: not while they are read for the first time, nor where they could not be. */
    known: computed(() => edges.assignments.data.value !== null),
    loading: edges.assignments.loading,
    loadProblem: edges.assignments.problem,
    refresh: () => edges.assignments.refresh(),

    add: (ids: readonly string[]) =>
      forMany('assign', ids.map((personId) => ({ personId, name: people.peek().get(personId)?.name ?? personId, body: {} }))),
    /** Resolves to those it was taken from, as they had it: what `restore` takes. */
    async remove(ids: readonly string[]): Promise<readonly Assignment[]> {
      const those = rows.peek().filter(({ personId }) => ids.includes(personId));
      selected.value = new Set([...selected.peek()].filter((id) => !ids.includes(id)));
      const done = new Set(await forMany('unassign', those.map((row) => ({ ...row, body: {} }))));
      return those.filter(({ personId }) => done.has(personId));
    },
    restore: (those: readonly Assignment[]) =>
      forMany('assign', those.map((row) => ({ ...row, body: { atLogin: row.atLogin, score: row.score } }))),
    setAtLogin: (row: Assignment, atLogin: boolean) => change(row, { atLogin }),
    setScore(row: Assignment, score: number): void {
      scores.value = new Map([...scores.peek(), [row.personId, score]]);
      waiting.get(row.personId)?.();
      waiting.set(row.personId, edges.clock.after(SCORE_PAUSE_MS, () => void sendScore(row)));
    },
    /** What failed is no longer said. */
    dismiss(): void {
      work.value = null;
      problem.value = null;
    },
    select: (ids: Iterable<string>) => (selected.value = new Set(ids)),
  };
});
export type Assignees = InstanceType<typeof AssigneesModel>;

function assignee(each: Assignment, people: ReadonlyMap<string, Person>, scores: ReadonlyMap<string, number>): Assignee {
  const person = people.get(each.personId) ?? null;
  return { ...each, score: scores.get(each.personId) ?? each.score, person, only: person && person.profiles.length <= 1 };
}

function isFound({ name, email, person }: Assignee, search: string): boolean {
  return finder(search)(name, email, ...(person?.teams.map((team) => team.name) ?? []));
}

/** Does it for each, so many at a time, in their order. */
async function eachOf<T>(all: readonly T[], atOnce: number, act: (one: T) => Promise<void>): Promise<void> {
  const left = all[Symbol.iterator]();
  const worker = async () => {
    for (const one of { [Symbol.iterator]: () => left }) await act(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
