/** The rights a person may be given or denied beside their profile, each with what it comes to now. */
import { consoleModules, type ConsoleRight, verbField } from '../../catalogue/console.ts';
import { type Field, fieldById, sections } from '../../catalogue/index.ts';
import { consoleRightsOf } from '../../decide/console.ts';
import { type ActiveProfile, AT_REST, decide, type NoProfile, type Person, type Reason, rightsOf, situationOf } from '../../decide/index.ts';
import type { Extra } from './people-form.ts';

export interface ExtraField {
  readonly field: string;
  /** Message key. */
  readonly label: string;
  /** Message key of the channel, where the section has columns. */
  readonly channel: string | null;
}
export interface ExtraGroup {
  readonly id: string;
  /** Message key. */
  readonly label: string;
  /** Of the Maker, not of the banner. */
  readonly ofMaker: boolean;
  readonly fields: readonly ExtraField[];
}

const ofSections: readonly ExtraGroup[] = sections.flatMap(({ id, label, fields }): ExtraGroup[] => {
  const grants = (fields as readonly Field[]).filter(({ type }) => type === 'boolean');
  if (grants.length === 0) return [];
  const extra = ({ id, label, column }: Field): ExtraField => ({ field: id, label, channel: column ? `channel.${column}` : null });
  return [{ id, label, ofMaker: false, fields: grants.map(extra) }];
});

const ofMaker: readonly ExtraGroup[] = consoleModules.map(({ id, label, verbs }) => ({
  id: `console.${id}`,
  label,
  ofMaker: true,
  fields: verbs.map((verb) => ({ field: verbField(id, verb), label: `console.verb.${verb}`, channel: null })),
}));

/** Every right of the 20 sections, then every right of the Maker. */
export const extraGroups: readonly ExtraGroup[] = [...ofSections, ...ofMaker];

export const extraOf = ({ allow, deny }: Pick<Person, 'allow' | 'deny'>, field: string): Extra =>
  deny.includes(field) ? 'deny' : allow.includes(field) ? 'allow' : 'none';

/** Extras that no right of this catalogue stands for: elements of a module, or what a later version knows. Kept as they are. */
export const otherExtras = (list: readonly string[]): readonly string[] => list.filter((field) => !known.has(field));
const known = new Set(extraGroups.flatMap(({ fields }) => fields.map(({ field }) => field)));

export type ExtraEffect =
  | 'administrator'
  /** Extras are additions to a profile: without one they count for nothing. */
  | 'noProfile'
  | 'denied'
  | 'deniedBeatsProfile'
  | 'allowed'
  | 'allowedAlready'
  | 'granted'
  | 'notGranted';

/** What a right comes to for a person with this profile at login. Denied goes before allowed, allowed before the profile. */
export function effectOf(field: string, person: Person, profile: ActiveProfile | NoProfile): ExtraEffect {
  const ofMaker = !fieldById.has(field);
  if (ofMaker && person.type === 'administrator') return 'administrator';
  const extra = extraOf(person, field);
  if (typeof profile === 'string') return extra === 'none' ? 'notGranted' : 'noProfile';
  const granted = ofMaker ? profileGrantsMaker(field, person, profile) : (profile.document.settings as Record<string, unknown>)[field] === true;
  if (extra === 'deny') return granted ? 'deniedBeatsProfile' : 'denied';
  if (extra === 'allow') return granted ? 'allowedAlready' : 'allowed';
  return granted ? 'granted' : 'notGranted';
}

const profileGrantsMaker = (field: string, person: Person, profile: ActiveProfile): boolean =>
  consoleRightsOf(profile, { ...person, allow: [], deny: [] }).may(field.slice('console.'.length) as ConsoleRight).allowed;

export interface WhatTheyCan {
  /** Ids of controls that stand in the banner. */
  readonly shown: readonly string[];
  readonly hidden: readonly { readonly control: string; readonly reason: Reason }[];
}

/** The controls that a person has with a profile, and why they have not the others: at rest, with the hub in reach. */
export function whatTheyCan(person: Person, profile: ActiveProfile | NoProfile): WhatTheyCan {
  const situation = situationOf(AT_REST, profile, { now: 0, connection: 'live', pending: [] });
  const decisions = [...decide(rightsOf(profile, person), situation)];
  return {
    shown: decisions.filter(({ shown }) => shown).map(({ control }) => control),
    hidden: decisions.flatMap(({ shown, control, reason }) => (!shown && reason ? [{ control, reason }] : [])),
  };
}
