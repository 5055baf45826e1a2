/** Who can do a thing: everything that can be asked about, and the answer as one looks through it. */
import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core';
import type * as v from 'valibot';
import type { Problem } from '../../api/problem.ts';
import type { RouteAnswer } from '../../api/routes.ts';
import type { whoCan } from '../../api/shapes-maker.ts';
import { consoleModules } from '../../catalogue/console.ts';
import { type Control, controls } from '../../catalogue/index.ts';
import type { ConsoleHub } from '../../console/hub.ts';
import type { Queries } from '../../console/queries.ts';
import { finder } from '../../search.ts';

export interface Askable {
  /** A control, or a right of the Maker. */
  readonly id: string;
  readonly icon: string;
  /** Message keys: its name, and what it belongs to. */
  readonly label: string;
  readonly group: string;
  /** Of the Maker: the name of its module goes before its own. */
  readonly module: string | null;
}

/** Everything but the core controls, which nobody is without. */
export const askables: readonly Askable[] = [
  ...(controls as readonly Control[])
    .filter(({ core }) => !core)
    .map(({ id, icon, label, place, module }) => ({ id, icon, label, group: groupOf(place, module), module: null })),
  ...consoleModules.flatMap(({ id, icon, label, verbs }) =>
    verbs.map((verb) => ({ id: `${id}.${verb}`, icon, label: `console.verb.${verb}`, group: 'console.title', module: label })),
  ),
];
/** What a right is called, the core controls too. */
export function rightName(id: string, text: (key: string) => string): string {
  const found = askableById.get(id);
  if (found) return found.module ? `${text(found.module)} → ${text(found.label)}` : text(found.label);
  const core = (controls as readonly Control[]).find((control) => control.id === id);
  return core ? text(core.label) : id;
}
export const askableById: ReadonlyMap<string, Askable> = new Map(askables.map((each) => [each.id, each]));

function groupOf(place: Control['place'], module: string | undefined): string {
  return module ? `control.${module}` : `makerWhoCan.place.${place}`;
}

export type WhoCanAnswer = v.InferOutput<typeof whoCan>;
export type CanProfile = WhoCanAnswer['profiles'][number];
export type CanPerson = WhoCanAnswer['people'][number];
export type Shown = 'all' | 'can' | 'cannot';

/** Of a person: by the profile at login, only by another one of theirs, or not at all. */
export const personCan = ({ allowed, through }: CanPerson): 'atLogin' | 'other' | 'no' => (allowed ? 'atLogin' : through.length > 0 ? 'other' : 'no');

export interface WhoCanEdges {
  readonly queries: Queries;
  readonly hub: ConsoleHub;
  readonly right: ReadonlySignal<string | null>;
  /** A message in the reader's language. */
  readonly text: (key: string) => string;
}

export const WhoCanModel = createModel(({ queries, hub, right, text }: WhoCanEdges) => {
  /** What the list of rights is searched for. */
  const typed = signal('');
  const typedName = signal('');
  const shown = signal<Shown>('all');
  const about = signal<'people' | 'profiles'>('people');
  const sort = signal({ column: 'can', descending: false });
  const loadingMatrix = signal(false);

  const nameOf = ({ id }: Askable) => rightName(id, text);
  const groups = computed(() => {
    const finds = finder(typed.value);
    const found = askables.filter((each) => finds(nameOf(each), text(each.group), each.id));
    return [...Map.groupBy(found, ({ group }) => group)].map(([group, members]) => ({ group, members }));
  });

  const read = computed(() => (right.value === null ? null : queries.read('whoCan', { query: { right: right.value } })));
  const answer = computed(() => read.value?.data.value ?? null);
  const passes = (can: boolean) => shown.value === 'all' || (shown.value === 'can') === can;
  const people = computed(() => {
    const finds = finder(typedName.value);
    return (answer.value?.people ?? []).filter((person) => passes(personCan(person) !== 'no') && finds(person.name));
  });
  const profiles = computed(() => {
    const finds = finder(typedName.value);
    return (answer.value?.profiles ?? []).filter((profile) => passes(profile.allowed) && finds(profile.name));
  });
  const counts = computed(() => ({
    people: answer.value?.people.length ?? 0,
    peopleCan: answer.value?.people.filter((person) => personCan(person) !== 'no').length ?? 0,
    profiles: answer.value?.profiles.length ?? 0,
    profilesCan: answer.value?.profiles.filter(({ allowed }) => allowed).length ?? 0,
  }));

  return {
    typed,
    typedName,
    shown,
    about,
    sort,
    groups,
    read,
    answer,
    people,
    profiles,
    counts,
    loadingMatrix,
    nameOf,
    async matrix(): Promise<RouteAnswer<'whoCanMatrix'> | Problem> {
      loadingMatrix.value = true;
      const reply = await hub.ask('whoCanMatrix');
      loadingMatrix.value = false;
      return reply.ok ? reply.value.value : reply.problem;
    },
  };
});
export type WhoCan = InstanceType<typeof WhoCanModel>;

/** One row a profile or person, one column a right. @param words the heads of the first columns, and what `1` and `0` say */
export function matrixRows(
  { rights, profiles, people }: RouteAnswer<'whoCanMatrix'>,
  words: { readonly head: readonly [string, string, string]; readonly profile: string; readonly person: string; readonly right: (id: string) => string; readonly yes: string; readonly no: string },
): readonly (readonly (string | null)[])[] {
  const cells = (text: string) => [...text].map((cell) => (cell === '1' ? words.yes : words.no));
  return [
    [...words.head, ...rights.map(words.right)],
    ...profiles.map((each) => [words.profile, each.name, null, ...cells(each.cells)]),
    ...people.map((each) => [words.person, each.name, each.profile, ...cells(each.cells)]),
  ];
}
