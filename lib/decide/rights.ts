import { type Channel, CHANNELS, type Control, controls, type Term } from '../catalogue/index.ts';
import { type Facts, factsAfter, factsOf, holds, isGrantedInFull } from './facts.ts';
import { readersOf } from './readers.ts';
import { families, rowIdsOf } from './rows.ts';
import type { ActiveProfile, NoProfile, Person } from './types.ts';

/** Terms that hold as long as neither the profile nor the person changes. */
const PERMANENT: ReadonlySet<Term['kind']> = new Set([
  'licence',
  'personType',
  'account',
  'notDenied',
  'granted',
  'switchedOn',
  'row',
]);
export const isPermanent = (term: Term): boolean => PERMANENT.has(term.kind);

/** Each control as its rights are worked out: indexes of its permanent terms, and whether any is for one channel only. */
const compiled = (controls as readonly Control[]).map(({ terms }) => ({
  terms,
  permanent: terms.flatMap((term, index) => (isPermanent(term) ? [index] : [])),
  byChannel: terms.some((term) => term.during && isPermanent(term)),
}));

/** Some rights differ with the channel of the interaction at hand: there is one column for none, and one a channel. */
const COLUMNS: readonly (Channel | null)[] = [null, ...CHANNELS];

/** Where the rights of a control stand, with an interaction of this channel at hand: in the first column where all are alike. */
export const slotOf = (at: number, channel: Channel | null): number =>
  channel !== null && compiled[at]!.byChannel ? COLUMNS.indexOf(channel) * controls.length + at : at;

/**
 * What a profile gives a person, before anything of the moment: for each control the index of its first false
 * permanent term that hides it and of the first that locks it, or -1. Made once for a version; `decide` reads it.
 */
export interface Rights {
  readonly noProfile: NoProfile | null;
  /** By `slotOf`. */
  readonly hiding: Int16Array;
  readonly locking: Int16Array;
  /** Interactions at once, by channel. */
  readonly maximum: Readonly<Record<Channel, number>>;
  /** Whether a field is granted, all told: by profile or person, with everything that it depends on. */
  readonly granted: (field: string) => boolean;
  /** For each control made once a row (`top.custom`), the ids of the profile's rows that it is made for, in order. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
  /** Tells these from all others. */
  readonly mark: object;
  /** Of `rightsAfter`: the mark of those before, and the places of the controls that may be otherwise now. */
  readonly since: { readonly mark: object; readonly controls: ReadonlySet<number> } | null;
}

export function rightsOf(profile: ActiveProfile | NoProfile, person: Person): Rights {
  const rights = startOn(profile, person);
  for (let at = 0; at < controls.length; at++) evaluate(rights, at);
  return rights;
}

/**
 * The rights after some fields or tabs of a profile changed and nothing else did, from those before: only the controls
 * that read one of them are looked at again. `changed` holds ids of fields and tabs, a tab also when a resource that
 * its rows point to changed; ids that no control reads cost nothing. Equal to `rightsOf` of the new profile.
 */
export function rightsAfter(
  previous: Rights,
  profile: ActiveProfile | NoProfile,
  person: Person,
  changed: Iterable<string>,
): Rights {
  if (previous.noProfile !== null || typeof profile === 'string') return rightsOf(profile, person);
  const again = new Set<number>();
  let rows = previous.rows;
  for (const id of changed) {
    for (const at of readersOf.get(id) ?? []) again.add(at);
    if (families.some(({ forEach }) => forEach?.tab === id)) rows = rowsOfFamilies(profile);
  }
  const { mark, hiding, locking, facts } = previous as Evaluated;
  const since = { mark, controls: again };
  const rights = frame(factsAfter(facts, profile), { noProfile: null, hiding: hiding.slice(), locking: locking.slice(), rows, since });
  for (const at of again) evaluate(rights, at);
  return rights;
}

interface Evaluated extends Rights {
  readonly facts: Facts;
}

function startOn(profile: ActiveProfile | NoProfile, person: Person): Evaluated {
  const active = typeof profile === 'string' ? null : profile;
  const empty = () => new Int16Array(controls.length * COLUMNS.length);
  return frame(factsOf(active, person), {
    noProfile: typeof profile === 'string' ? profile : null,
    hiding: empty(),
    locking: empty(),
    rows: rowsOfFamilies(active),
    since: null,
  });
}

const frame = (facts: Facts, start: Pick<Rights, 'noProfile' | 'hiding' | 'locking' | 'rows' | 'since'>): Evaluated => ({
  ...start,
  facts,
  maximum: facts.maximum,
  granted: (field) => isGrantedInFull(field, facts),
  mark: {},
});

const rowsOfFamilies = (active: ActiveProfile | null): Rights['rows'] =>
  new Map(families.map((family) => [family.id, active ? rowIdsOf(active, family) : []]));

function evaluate(rights: Evaluated, at: number): void {
  evaluateColumn(rights, at, null);
  if (compiled[at]!.byChannel) for (const channel of CHANNELS) evaluateColumn(rights, at, channel);
}

function evaluateColumn({ hiding, locking, facts }: Evaluated, at: number, channel: Channel | null): void {
  const { terms, permanent } = compiled[at]!;
  const slot = slotOf(at, channel);
  hiding[slot] = locking[slot] = -1;
  for (const index of permanent) {
    const term = terms[index]!;
    const found = term.effect === 'hide' ? hiding : locking;
    if (found[slot]! >= 0 || (term.during && term.during !== channel) || holds(term, facts)) continue;
    found[slot] = index;
  }
}
