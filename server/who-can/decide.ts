/** What a person could do with a profile, asked for one thing or for everything. */
import { ACCOUNT_OPTIONS, controls } from '../../lib/catalogue/index.ts';
import { consoleModules, type ConsoleRight } from '../../lib/catalogue/console.ts';
import { consoleRightsOf } from '../../lib/decide/console.ts';
import { type ActiveProfile, findControl, type Person, rightsOf } from '../../lib/decide/index.ts';
import { lastingReason } from '../../lib/decide/lasting.ts';

export interface Can {
  readonly allowed: boolean;
  readonly reason: { readonly code: string; readonly layer: string; readonly setting: string | null } | null;
}

const consoleRights: ReadonlySet<string> = new Set(consoleModules.flatMap(({ id, verbs }) => verbs.map((verb) => `${id}.${verb}`)));
const isConsoleRight = (right: string): right is ConsoleRight => consoleRights.has(right);

/** Every control of the catalogue, then every right of the Maker. */
export const allRights: readonly string[] = [...controls.map(({ id }) => id), ...consoleRights];

export const isRight = (right: string): boolean => allRights.includes(right) || findControl(right) !== null;

/**
 * Whom a profile is held against where only what it says itself is asked for: nothing but the profile stands in the way.
 * A manager, for some things are for managers alone; an administrator would have all of the Maker.
 */
export const ANYBODY: Person = { licence: 'smart', type: 'manager', allow: [], deny: [], accountOptions: ACCOUNT_OPTIONS };

/** Makes the question for one profile in the hands of one person; what is decided once is not decided again. */
export function asking(profile: ActiveProfile | null, person: Person): (right: string) => Can {
  const rights = rightsOf(profile ?? 'none', person);
  const inMaker = consoleRightsOf(profile ?? 'none', person);
  return (right) => {
    if (!isConsoleRight(right)) {
      const reason = lastingReason(right, rights);
      return reason ? { allowed: false, reason: { code: reason.code, layer: reason.layer, setting: reason.setting } } : CAN;
    }
    const { code, setting } = inMaker.may(right);
    return code === null ? CAN : { allowed: false, reason: { code, layer: code === 'person.denied' ? 'person' : 'profile', setting } };
  };
}

const CAN: Can = Object.freeze({ allowed: true, reason: null });

/** One character a right: `1` yes, `0` no. */
export function cellsOf(profile: ActiveProfile | null, person: Person): string {
  const ask = asking(profile, person);
  return allRights.map((right) => (ask(right).allowed ? '1' : '0')).join('');
}
