import { type Channel, type Dependency, type Field, fieldById, isSwitchedOn, type TabId, type Term } from '../catalogue/index.ts';
import { hasRow } from './rows.ts';
import type { ActiveProfile, Person } from './types.ts';

/** What the permanent terms ask about one profile in the hands of one person. */
export interface Facts {
  readonly profile: ActiveProfile | null;
  readonly person: Person;
  readonly denied: ReadonlySet<string>;
  readonly allowed: ReadonlySet<string>;
  readonly isDenied: (field: string) => boolean;
  /** The field alone, whatever it depends on: deny before allow, allow before the profile, else denied. */
  readonly isGranted: (field: string) => boolean;
  readonly maximum: Readonly<Record<Channel, number>>;
}

export function factsOf(profile: ActiveProfile | null, person: Person): Facts {
  return factsWith(profile, person, new Set(person.deny), new Set(person.allow));
}

/** Of another profile in the same hands. */
export const factsAfter = ({ person, denied, allowed }: Facts, profile: ActiveProfile): Facts => factsWith(profile, person, denied, allowed);

function factsWith(profile: ActiveProfile | null, person: Person, denied: Facts['denied'], allowed: Facts['allowed']): Facts {
  const settings = (profile?.document.settings ?? {}) as Readonly<Record<string, unknown>>;
  const maximumOf = (channel: Channel) => {
    const value = settings[maximumField(channel)];
    return typeof value === 'number' ? value : 1;
  };
  return {
    profile,
    person,
    denied,
    allowed,
    isDenied: (field) => denied.has(field),
    // Without a profile extras count for nothing either: they are additions to one.
    isGranted: (field) =>
      profile !== null && !denied.has(field) && (allowed.has(field) || settings[field] === true),
    maximum: { voice: maximumOf('voice'), email: maximumOf('email'), messages: maximumOf('messages') },
  };
}

/** The setting that says how many interactions of a channel one may have at once. */
export const maximumField = (channel: Channel) => `flow.${channel}.manage.maxSimultaneous` as const;

/** Whether a field is granted together with everything that it depends on. */
export function isGrantedInFull(field: string, facts: Facts): boolean {
  return isGrantedWith(field, facts, (dependency) => holdsDependency(dependency, facts));
}

/** Whether everything holds that a field depends on: for one that is not granted, but has a value. */
export const meansSomething = (field: Field, facts: Facts): boolean =>
  (field.dependsOn ?? []).every((dependency) => holdsWith(dependency, facts, (other) => holdsDependency(other, facts)));

/** Whether a field is granted together with the fields it depends on; what else it depends on has terms of its own. */
function isGrantedInChain(field: string, facts: Facts): boolean {
  return isGrantedWith(field, facts, () => true);
}

function isGrantedWith(field: string, facts: Facts, holdsOther: (dependency: Dependency) => boolean): boolean {
  return facts.isGranted(field) && (fieldById.get(field)?.dependsOn ?? []).every((dependency) => holdsWith(dependency, facts, holdsOther));
}

function holdsWith(dependency: Dependency, facts: Facts, holdsOther: (dependency: Dependency) => boolean): boolean {
  if (dependency.on === 'field') return isGrantedWith(dependency.field, facts, holdsOther);
  if (dependency.on === 'anyField') return dependency.fields.some((each) => isGrantedWith(each, facts, holdsOther));
  return holdsOther(dependency);
}

function holdsDependency(dependency: Dependency, { person, profile }: Facts): boolean {
  switch (dependency.on) {
    case 'licence':
      return dependency.licence === 'essentials' || person.licence === dependency.licence;
    case 'personType':
      return dependency.types.includes(person.type);
    case 'account':
      return person.accountOptions.includes(dependency.option);
    case 'row':
      return profile !== null && hasRow(profile, dependency);
    default:
      return true;
  }
}

/** Whether a permanent term holds. A term of the moment is none of this function's business: it answers yes. */
export function holds(term: Term, facts: Facts): boolean {
  switch (term.kind) {
    case 'licence':
      return holdsDependency({ on: 'licence', licence: term.licence }, facts);
    case 'personType':
      return holdsDependency({ on: 'personType', types: term.types }, facts);
    case 'account':
      return holdsDependency({ on: 'account', option: term.option }, facts);
    case 'notDenied':
      return !term.fields.every(facts.isDenied);
    case 'granted':
      return term.fields.length === 1
        ? facts.isGranted(term.fields[0]!)
        : term.fields.some((field) => isGrantedInChain(field, facts));
    case 'switchedOn':
      return facts.profile !== null && isSwitchedOn(facts.profile.document, term.tab as TabId);
    case 'row':
      return facts.profile !== null && hasRow(facts.profile, term);
    default:
      return true;
  }
}
