/** What one document gives that another does not, and that its author has not to give. */
import {
  CONSOLE_TYPE,
  consoleFieldById,
  type ConsoleModule,
  type ConsoleModuleId,
  consoleModules,
  type ConsoleRight,
  elementsField,
  maskField,
  MASKS,
  menuField,
  verbField,
} from '../catalogue/console.ts';
import type { ProfileDocument } from '../catalogue/index.ts';
import { type ConsoleRights, givenBy } from './console.ts';
import { wideningsOf } from './grants.ts';

/**
 * The fields, tabs and rows (see `rowPath`) by which `after` gives what `before` does not and what its author lacks, in
 * the order of the catalogue; none where it may be saved, published or given to somebody. Of the Maker's own rights by
 * effect, not by value: `inherit` under a permission type that gives the right gives it, a list of elements gives each
 * verb of the module for each of them.
 *
 * @param before null where there is nothing yet
 */
export function grantedBeyond(rights: ConsoleRights, before: ProfileDocument | null, after: ProfileDocument): readonly string[] {
  const widened = wideningsOf(before, after).filter(({ path, added }) => !rights.mayGrant(path, added));
  return [...widened.map(({ path }) => path), ...consoleBeyond(rights, before, after)];
}

/** The same of the Maker's own rights alone. */
export function consoleBeyond(rights: ConsoleRights, before: ProfileDocument | null, after: ProfileDocument): readonly string[] {
  const [old, now] = [settingsOf(before), settingsOf(after)];
  const shown = MASKS.map(maskField).filter((field) => now[field] !== true && (before === null || old[field] === true) && !rights.mayGrant(field, false));
  return [...shown, ...new Set(consoleModules.flatMap((module) => beyondIn(module as ConsoleModule<ConsoleModuleId>, rights, old, now)))];
}

type Settings = Readonly<Record<string, unknown>>;
const settingsOf = (document: ProfileDocument | null): Settings => (document?.settings ?? {}) as Settings;

function beyondIn({ id, verbs }: ConsoleModule<ConsoleModuleId>, rights: ConsoleRights, old: Settings, now: Settings): string[] {
  const [before, after] = [givenBy(old), givenBy(now)];
  const allRights = verbs.map((verb) => `${id}.${verb}` as ConsoleRight);
  const given = allRights.filter(after.may);
  const newlyGiven = given.filter((right) => !before.may(right));
  const [had, has] = [before.elements(id), after.elements(id)];
  const added = had === 'all' ? [] : has === 'all' ? 'all' : [...has].filter((each) => !had.has(each));
  const more = added === 'all' || added.length > 0;
  // More elements give every verb that the profile has; another verb is given for every element it has.
  const lacking = (more ? given : newlyGiven).filter((right) => !rights.may(right).allowed);
  const reached = newlyGiven.length > 0 ? (has === 'all' ? 'all' : [...has]) : added;
  const menu = menuField(id);
  return [
    ...(now[menu] === 'show' && old[menu] !== 'show' && !rights.mayGrant(menu, 'show') ? [menu] : []),
    ...lacking.map((right) => fieldGiving(id, right, now)),
    ...(consoleFieldById.has(elementsField(id)) && !rights.mayGrant(elementsField(id), reached) ? [elementsField(id)] : []),
  ];
}

/** The field that is to blame for a right: its own, or the permission type it inherits from. */
function fieldGiving(module: string, right: ConsoleRight, settings: Settings): string {
  const field = verbField(module, right.slice(module.length + 1));
  return settings[field] === 'allow' ? field : CONSOLE_TYPE;
}
