/** The list of people as it is searched, filtered and counted; what is picked stays picked while the filters change. */
import type { PersonSummary } from '../../api/routes.ts';
import type { Licence, PersonType } from '../../catalogue/index.ts';
import { finderInPlain, searchable, type Searchable } from '../../search.ts';

/** No profile at all: such a person has core controls only. */
export const WITHOUT_PROFILE = 'none';
/** As the filter of it finds them. */
export const isWithoutProfile = ({ disabled, profiles }: PersonSummary): boolean => !disabled && profiles.length === 0;

export type PersonState = 'enabled' | 'online' | 'disabled' | 'all';

export interface PeopleFilters {
  readonly search: string;
  readonly type: PersonType | 'any';
  readonly licence: Licence | 'any';
  /** A team's id, or any. */
  readonly team: string;
  /** A profile's id, any, or `WITHOUT_PROFILE`. */
  readonly profile: string;
  readonly state: PersonState;
}

export const NO_FILTERS: PeopleFilters = { search: '', type: 'any', licence: 'any', team: 'any', profile: 'any', state: 'enabled' };

export const isFiltered = (filters: PeopleFilters): boolean =>
  (Object.keys(NO_FILTERS) as (keyof PeopleFilters)[]).some((key) => filters[key] !== NO_FILTERS[key]);

export const searchablePeople = (people: readonly PersonSummary[]): readonly Searchable<PersonSummary>[] =>
  searchable(people, ({ name, email }) => [name, email]);

export function filterPeople(people: readonly Searchable<PersonSummary>[], filters: PeopleFilters): PersonSummary[] {
  const finds = finderInPlain(filters.search);
  const passes = passesOf(filters);
  return people.filter(({ item, text }) => passes(item) && finds(text)).map(({ item }) => item);
}

function passesOf({ type, licence, team, profile, state }: PeopleFilters): (person: PersonSummary) => boolean {
  return (person) =>
    (type === 'any' || person.type === type) &&
    (licence === 'any' || person.licence === licence) &&
    (team === 'any' || person.teams.some(({ id }) => id === team)) &&
    (profile === 'any' || (profile === WITHOUT_PROFILE ? person.profiles.length === 0 : person.profiles.some(({ id }) => id === profile))) &&
    isIn(state, person);
}

function isIn(state: PersonState, { disabled, online }: PersonSummary): boolean {
  if (state === 'all') return true;
  if (state === 'online') return online;
  return disabled === (state === 'disabled');
}

/** The profile at login first, the others by name. */
export const profilesInOrder = (profiles: PersonSummary['profiles']): PersonSummary['profiles'] =>
  profiles.toSorted((a, b) => Number(b.atLogin) - Number(a.atLogin) || a.name.localeCompare(b.name));

/** What has both, for the filters: each team and profile that somebody has, by name. */
export function groupsOf(people: readonly PersonSummary[], of: 'teams' | 'profiles'): { id: string; name: string; people: number }[] {
  const found = new Map<string, { id: string; name: string; people: number }>();
  for (const person of people) {
    for (const { id, name } of person[of]) {
      const group = found.get(id) ?? { id, name, people: 0 };
      found.set(id, { ...group, people: group.people + 1 });
    }
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}
