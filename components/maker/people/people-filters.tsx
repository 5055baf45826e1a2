/** What the list of people is narrowed to. */
import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PersonSummary } from '../../../lib/api/routes.ts';
import { LICENCES, PERSON_TYPES } from '../../../lib/catalogue/index.ts';
import { groupsOf, isFiltered, NO_FILTERS, type PeopleFilters, WITHOUT_PROFILE } from '../../../lib/models/maker/people-list.ts';
import { IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { formatNumber } from '../../ui/format.ts';
import { SearchBox } from '../../ui/search.tsx';
import { t } from '../../ui/text.ts';

interface Props {
  readonly people: readonly PersonSummary[];
  readonly filters: Signal<PeopleFilters>;
  readonly found: number;
  /** Not all people are there yet: nothing is counted. */
  readonly growing: boolean;
  /** Beside an open person: only what is set, besides the search. */
  readonly compact: boolean;
}

export function PeopleFiltersBar({ people, filters, found, growing, compact }: Props) {
  const now = filters.value;
  const set = (change: Partial<PeopleFilters>) => (filters.value = { ...filters.peek(), ...change });
  const profiles = useMemo(() => groupsOf(people, 'profiles'), [people]);
  const teams = useMemo(() => groupsOf(people, 'teams'), [people]);
  const shows = (key: keyof PeopleFilters) => !compact || now[key] !== NO_FILTERS[key];
  const group = ({ id, name, people: count }: (typeof teams)[number]) => ({ value: id, label: growing ? name : `${name} (${formatNumber(count)})` });
  return (
    <div class="records-bar">
      <SearchBox label={t('makerPeople.search')} value={now.search} onInput={(search) => set({ search })} found={growing ? undefined : found} />
      {shows('state') && (
        <Select
          label={t('makerPeople.filter.state')}
          labelHidden
          value={now.state}
          options={(['enabled', 'online', 'disabled', 'all'] as const).map((value) => ({ value, label: t(`makerPeople.filter.states.${value}`) }))}
          onChange={(state) => set({ state })}
        />
      )}
      {shows('profile') && (
        <Select
          label={t('makerPeople.filter.profile')}
          labelHidden
          value={now.profile}
          options={[
            { value: 'any', label: t('makerPeople.filter.anyProfile') },
            { value: WITHOUT_PROFILE, label: t('makerPeople.filter.withoutProfile') },
            ...profiles.map(group),
          ]}
          onChange={(profile) => set({ profile })}
        />
      )}
      {shows('team') && (
        <Select
          label={t('makerPeople.filter.team')}
          labelHidden
          value={now.team}
          options={[{ value: 'any', label: t('makerPeople.filter.anyTeam') }, ...teams.map(group)]}
          onChange={(team) => set({ team })}
        />
      )}
      {shows('type') && (
        <Select
          label={t('makerPeople.filter.type')}
          labelHidden
          value={now.type}
          options={[{ value: 'any' as const, label: t('makerPeople.filter.anyType') }, ...PERSON_TYPES.map((value) => ({ value, label: t(`choice.${value}`) }))]}
          onChange={(type) => set({ type })}
        />
      )}
      {shows('licence') && (
        <Select
          label={t('makerPeople.filter.licence')}
          labelHidden
          value={now.licence}
          options={[{ value: 'any' as const, label: t('makerPeople.filter.anyLicence') }, ...LICENCES.map((value) => ({ value, label: t(`choice.${value}`) }))]}
          onChange={(licence) => set({ licence })}
        />
      )}
      <span class="clear-filters" data-shown={isFiltered(now)}>
        <IconButton icon="rotate-ccw" label={t('makerPeople.filter.clear')} onPress={() => (filters.value = NO_FILTERS)} />
      </span>
    </div>
  );
}
