/** What another document of a profile would give a person and take from them: of the banner and of the Maker. */
import { type ConsoleModuleId, consoleModules, type ConsoleRight, elementsField, verbField } from '../catalogue/console.ts';
import { type Channel, CHANNELS } from '../catalogue/index.ts';
import { type ConsoleRights, consoleRightsOf } from '../decide/console.ts';
import {
  type ActiveProfile,
  AT_REST,
  compare,
  decide,
  eachChannel,
  findControl,
  type NoProfile,
  type Person,
  rightsOf,
  type Situation,
} from '../decide/index.ts';

export interface Effect {
  /** Ids of controls, and of the Maker's rights as `console.queues.update`. No id is in both lists. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Both decided in the same situations: whatever else is going on, what is different comes of the profile. What can be
 * used no longer, or again, counts as lost or gained like what is hidden or shown; what is lost with one channel's
 * interactions alone is lost.
 */
export function effectOn(before: ActiveProfile | NoProfile, after: ActiveProfile | NoProfile, person: Person): Effect {
  const [was, is] = [rightsOf(before, person), rightsOf(after, person)];
  const gained = new Set<string>();
  const lost = new Set<string>();
  for (const situation of SITUATIONS) {
    const changes = compare(decide(was, situation), decide(is, situation));
    for (const id of [...changes.lost, ...changes.locked]) lost.add(id);
    for (const id of [...changes.gained, ...changes.unlocked]) gained.add(id);
  }
  const maker = makerEffect(consoleRightsOf(before, person), consoleRightsOf(after, person));
  return { gained: [...[...gained].filter((id) => !lost.has(id)), ...maker.gained], lost: [...lost, ...maker.lost] };
}

/** Of what is lost, what an interaction in hand keeps to its end: what is done with interactions, but for offers. */
export const keptOf = (lost: readonly string[]): readonly string[] =>
  lost.filter((id) => {
    const place = findControl(id)?.control.place;
    return place === 'interaction' || place === 'transfer';
  });

/** An activity that turns everything on, and in turn no interaction and one of each channel in hand. */
const situationWith = (channel: Channel | null): Situation => ({
  now: 0,
  activity: { id: '', channels: eachChannel(() => true) },
  flows: eachChannel(() => ({ on: true, forced: null })),
  pauses: AT_REST.pauses,
  interaction: channel && { id: '', channel, phase: 'live', smart: true, autoRecorded: false },
  inHand: eachChannel(() => 0),
  leases: [],
  pending: [],
  connection: 'live',
});
const SITUATIONS: readonly Situation[] = [null, ...CHANNELS].map(situationWith);

function makerEffect(before: ConsoleRights, after: ConsoleRights): Effect {
  const changes = consoleModules.flatMap(({ id, verbs, listed }) => [
    ...verbs.map((verb) => {
      const right = `${id}.${verb}` as ConsoleRight;
      return { id: verbField(id, verb), had: before.may(right).allowed, has: after.may(right).allowed };
    }),
    ...(listed ? elementChanges(id, before, after) : []),
  ]);
  return {
    gained: changes.filter(({ had, has }) => has && !had).map(({ id }) => id),
    lost: changes.filter(({ had, has }) => had && !has).map(({ id }) => id),
  };
}

/** Fewer or more elements of a module that can be read before and after. */
function elementChanges(module: ConsoleModuleId, before: ConsoleRights, after: ConsoleRights) {
  const right = `${module}.read` as ConsoleRight;
  if (!before.may(right).allowed || !after.may(right).allowed) return [];
  const id = elementsField(module);
  const [was, is] = [before.elements(module), after.elements(module)];
  if (!covers(is, was)) return [{ id, had: true, has: false }];
  return covers(was, is) ? [] : [{ id, had: false, has: true }];
}

type Elements = ReturnType<ConsoleRights['elements']>;
const covers = (all: Elements, some: Elements): boolean => all === 'all' || (some !== 'all' && [...some].every((id) => all.has(id)));
