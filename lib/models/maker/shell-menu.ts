/** The Maker's menu: one entry a module that the person's rights show, and where each leads. */
import { type ConsoleModule, type ConsoleModuleId, consoleModuleById, consoleModules, type ConsoleRight, moduleOfKind } from '../../catalogue/console.ts';
import type { ResourceKind } from '../../catalogue/index.ts';
import type { Location } from '../../console/location.ts';
import type { ConsoleRights } from '../../decide/console.ts';

export interface MenuEntry {
  readonly module: ConsoleModule<ConsoleModuleId>;
  readonly location: Location;
  readonly active: boolean;
}

/** Where a module begins. */
export function homeOf(module: ConsoleModule): Location {
  switch (module.id) {
    case 'profiles':
      return { page: 'profiles' };
    case 'people':
      return { page: 'people', personId: null };
    case 'teams':
      return { page: 'teams', teamId: null };
    case 'audit':
      return { page: 'audit' };
    case 'whoCan':
      return { page: 'who-can' };
    default:
      return { page: 'resources', kind: module.kinds[0] as ResourceKind, resourceId: null };
  }
}

/** The module that a page is of; null for a page that is none's. */
export function moduleAt(location: Location): ConsoleModule<ConsoleModuleId> | null {
  const id = location.page === 'resources' ? moduleOfKind.get(location.kind)?.id : MODULE_OF_PAGE[location.page];
  return id ? consoleModuleById.get(id)! : null;
}
const MODULE_OF_PAGE: Readonly<Record<Exclude<Location['page'], 'resources'>, ConsoleModuleId | null>> = {
  profiles: 'profiles',
  profile: 'profiles',
  people: 'people',
  teams: 'teams',
  audit: 'audit',
  'who-can': 'whoCan',
  unknown: null,
};

const readOf = (module: ConsoleModule): ConsoleRight => `${module.id}.read` as ConsoleRight;

/** Why a page does not open; null where it does. */
export const readAnswer = (rights: ConsoleRights, module: ConsoleModule) => rights.may(readOf(module));

/** Modules that are in the menu and may be read: an entry that opens nothing is none. */
export function menuOf(rights: ConsoleRights, location: Location): readonly MenuEntry[] {
  const here = moduleAt(location)?.id;
  return consoleModules
    .filter((module) => rights.menu(module.id) && rights.may(readOf(module)).allowed)
    .map((module) => ({ module, location: homeOf(module), active: module.id === here }));
}

/** Whether there is anything in the Maker for these rights. */
export const opensMaker = (rights: ConsoleRights): boolean => consoleModules.some((module) => rights.may(readOf(module)).allowed);

/** Where the Maker opens: the profiles, else the first module that opens. */
export function firstPage(rights: ConsoleRights): Location | null {
  if (rights.may('profiles.read').allowed) return { page: 'profiles' };
  const first = menuOf(rights, { page: 'unknown' })[0] ?? null;
  if (first) return first.location;
  const open = consoleModules.find((module) => rights.may(readOf(module)).allowed);
  return open ? homeOf(open) : null;
}
