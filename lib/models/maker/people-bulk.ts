/** One change for many people, person by person: each succeeds or fails by itself, and who failed can be tried again. */
import { batch, computed, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { PersonRecord } from '../../api/routes.ts';
import type { Licence } from '../../catalogue/index.ts';
import type { Answer } from '../../session/client-state.ts';
import type { PersonChange } from './people-form.ts';
import type { Held } from './record-form.ts';

export type BulkChange =
  | { readonly kind: 'assign'; readonly profileId: string; readonly name: string }
  | { readonly kind: 'remove'; readonly profileId: string; readonly name: string }
  | { readonly kind: 'licence'; readonly licence: Licence }
  | { readonly kind: 'disable' }
  | { readonly kind: 'enable' };

/** Distribution score of a profile that is assigned without a word about it. */
export const USUAL_SCORE = 50;

/** What the change is for this person; null where they have it already. A first profile is the one at login. */
export function changeFor(change: BulkChange, person: PersonRecord): PersonChange | null {
  switch (change.kind) {
    case 'assign': {
      if (person.profiles.some(({ id }) => id === change.profileId)) return null;
      const atLogin = !person.profiles.some((each) => each.atLogin);
      return { profiles: [...person.profiles, { id: change.profileId, atLogin, score: USUAL_SCORE }] };
    }
    case 'remove':
      return withoutProfile(person, change.profileId);
    case 'licence':
      return person.licence === change.licence ? null : { licence: change.licence };
    default: {
      const disabled = change.kind === 'disable';
      return person.disabled === disabled ? null : { disabled };
    }
  }
}

/** Where the one at login goes, the first that is left takes its place. */
function withoutProfile({ profiles }: PersonRecord, profileId: string): PersonChange | null {
  const left = profiles.filter(({ id }) => id !== profileId);
  if (left.length === profiles.length) return null;
  const hasLogin = left.some(({ atLogin }) => atLogin);
  return { profiles: hasLogin ? left : left.map((each, at) => ({ ...each, atLogin: at === 0 })) };
}

export interface BulkEdges {
  readonly read: (personId: string) => Promise<Answer<Held<PersonRecord>>>;
  readonly update: (personId: string, change: PersonChange, ifMatch: string) => Promise<Answer<unknown>>;
}

export interface BulkFailure {
  readonly id: string;
  readonly name: string;
  readonly problem: Problem;
}

type Person = Readonly<{ id: string; name: string }>;
type Outcome = 'changed' | 'unchanged' | Problem;

/** Enough to keep the hub busy, too few to keep others waiting. */
const AT_ONCE = 4;
/** Somebody else's save between reading and writing is met by reading again. */
const TRIES = 3;

export function createBulkRun(people: readonly Person[], change: BulkChange, edges: BulkEdges) {
  const changed = signal(0);
  const unchanged = signal(0);
  const failures = signal<readonly BulkFailure[]>([]);
  const running = signal(false);
  const stopped = signal(false);
  const total = signal(people.length);
  const done = computed(() => changed.value + unchanged.value + failures.value.length);

  const take = (person: Person, outcome: Outcome) => {
    if (outcome === 'changed') changed.value += 1;
    else if (outcome === 'unchanged') unchanged.value += 1;
    else failures.value = [...failures.value, { ...person, problem: outcome }];
  };

  const run = async (which: readonly Person[]) => {
    batch(() => ((running.value = true), (stopped.value = false)));
    const waiting = [...which];
    const work = async () => {
      for (let next = waiting.shift(); next && !stopped.peek(); next = waiting.shift()) {
        take(next, await changeOne(next.id, change, edges));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    running.value = false;
  };

  return {
    total,
    done,
    changed,
    unchanged,
    failures,
    running,
    stopped,
    start: () => run(people),
    /** Lets what is on its way end, and begins nothing more. */
    stop: () => void (stopped.value = true),
    async again() {
      const which = failures.peek();
      failures.value = [];
      await run(which);
    },
  };
}
export type BulkRun = ReturnType<typeof createBulkRun>;

async function changeOne(personId: string, change: BulkChange, edges: BulkEdges): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    const held = await edges.read(personId);
    if (!held.ok) return held.problem;
    const own = changeFor(change, held.value.value);
    if (!own) return 'unchanged';
    const answer = await edges.update(personId, own, held.value.etag);
    if (answer.ok) return 'changed';
    if (answer.problem.code !== 'record.conflict' || tries === TRIES) return answer.problem;
  }
}
