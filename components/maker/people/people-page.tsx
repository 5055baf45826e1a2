/** People: all of them in one list, many changed at once, one of them beside it. */
import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { PersonSummary } from '../../../lib/api/routes.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { filterPeople, isFiltered, isWithoutProfile, NO_FILTERS, type PeopleFilters, profilesInOrder, searchablePeople, WITHOUT_PROFILE } from '../../../lib/models/maker/people-list.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Empty, Failed, Loading, RestFailed } from '../../ui/states.tsx';
import { type Column, DataTable, type Sorting } from '../../ui/table.tsx';
import { names, t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import '../resources/records.css';
import { useFocusBack } from '../resources/record/focus-back.ts';
import { useWhyNot } from '../reasons.ts';
import { BulkBar } from './bulk-bar.tsx';
import { PeopleFiltersBar } from './people-filters.tsx';
import { PersonPanel } from './person-panel.tsx';
import { PeopleFiles } from './people-files.tsx';

/** In the address, for a person who is yet to be made. */
export const NEW = 'new';

/** Who is online changes by itself. Rarely enough for a list of thousands. */
const LOOK_AGAIN_MS = 60_000;

export function PeoplePage({ personId = null }: { personId?: string | null }) {
  const { queries, rights, clock } = useMaker();
  const whyNot = useWhyNot();
  const read = useMemo(() => queries.read('listPeople', { query: { disabled: 'true' } }), [queries]);
  const filters = useSignal<PeopleFilters>(NO_FILTERS);
  const selected = useSignal<ReadonlySet<string>>(new Set());
  const people = read.data.value?.people ?? null;
  const growing = !read.whole.value;
  const ready = useMemo(() => searchablePeople(people ?? []), [people]);
  const rows = useMemo(() => filterPeople(ready, filters.value), [ready, filters.value]);
  const createReason = whyNot(rights.value.may('people.create'));
  useFocusBack(personId);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && void read.refresh();
    let callOff = () => {};
    const again = () => {
      callOff = clock.after(LOOK_AGAIN_MS, () => {
        look();
        again();
      });
    };
    again();
    document.addEventListener('visibilitychange', look);
    return () => {
      callOff();
      document.removeEventListener('visibilitychange', look);
    };
  }, [read]);
  return (
    <div class="page records" data-open={personId !== null}>
      <div class="records-list">
        <header class="records-head">
          <h1 tabIndex={-1}>{t('console.module.people')}</h1>
          <p class="secondary counts">{people && (growing ? tn('makerPeople.soFar', people.length, formatNumber(people.length)) : countsOf(people))}</p>
          {people && !growing && <WithoutProfile people={people} filters={filters} />}
          <span class="grow" />
          {personId === null && <PeopleFiles />}
          <Button
            tone="primary"
            icon="user-round-plus"
            disabledReason={createReason}
            onPress={() => (location.hash = hrefOf({ page: 'people', personId: NEW }))}
          >
            {t('makerPeople.create')}
          </Button>
        </header>
        {people === null && read.problem.value ? (
          <Failed problem={read.problem.value} retry={read.refresh} />
        ) : people === null ? (
          <Loading label={t('makerPeople.loading')} />
        ) : (
          <>
            <RestFailed read={read} />
            <PeopleFiltersBar people={people} filters={filters} found={rows.length} growing={growing} compact={personId !== null} />
            <PeopleTable rows={rows} growing={growing} selected={selected} personId={personId} filters={filters} />
            <BulkBar people={people} selected={selected} />
          </>
        )}
      </div>
      {personId !== null && <PersonPanel key={personId} personId={personId === NEW ? null : personId} people={people ?? []} growing={growing} />}
    </div>
  );
}

function countsOf(people: readonly PersonSummary[]): string {
  const enabled = people.filter(({ disabled }) => !disabled);
  return t('makerPeople.counts', tn('makerPeople.all', enabled.length, formatNumber(enabled.length)), formatNumber(enabled.filter(({ online }) => online).length));
}

/** They can sign in and do nothing: said here, and shown by a press. */
function WithoutProfile({ people, filters }: { people: readonly PersonSummary[]; filters: Signal<PeopleFilters> }) {
  const without = people.filter(isWithoutProfile).length;
  if (without === 0) return null;
  return (
    <button type="button" class="without-profile" onClick={() => (filters.value = { ...NO_FILTERS, profile: WITHOUT_PROFILE })}>
      <Icon name="triangle-alert" size={14} />
      {tn('makerPeople.withoutProfile', without)}
    </button>
  );
}

interface TableProps {
  readonly rows: readonly PersonSummary[];
  readonly growing: boolean;
  readonly selected: Signal<ReadonlySet<string>>;
  readonly personId: string | null;
  readonly filters: Signal<PeopleFilters>;
}

function PeopleTable({ rows, growing, selected, personId, filters }: TableProps) {
  const sort = useSignal<Sorting>({ column: 'name', descending: false });
  const filtered = isFiltered(filters.value);
  const columns = useMemo(() => columnsOf(personId), [personId]);
  return (
    <DataTable
      label={t('makerPeople.title')}
      columns={columns}
      rows={rows}
      rowKey={keyOf}
      rowName={({ name }) => name}
      rowHref={({ id }) => hrefOf({ page: 'people', personId: id })}
      selected={selected}
      sort={sort}
      growing={growing}
      empty={
        growing ? (
          <p class="secondary">{t('ui.notAll')}</p>
        ) : (
          <Empty
            icon="users"
            title={t(filtered ? 'makerPeople.noneFound' : 'makerPeople.none')}
            text={t(filtered ? 'makerPeople.noneFoundDetail' : 'makerPeople.noneDetail')}
            action={filtered && <Button onPress={() => (filters.value = NO_FILTERS)}>{t('makerPeople.filter.clear')}</Button>}
          />
        )
      }
    />
  );
}

const keyOf = ({ id }: PersonSummary) => id;

/** Beside an open person there is room for who they are. */
function columnsOf(personId: string | null): readonly Column<PersonSummary>[] {
  const all: readonly Column<PersonSummary>[] = [
    { id: 'name', title: t('makerPeople.column.name'), sort: ({ name }) => name, width: 'minmax(170px, 2fr)', render: (person) => <Who person={person} open={personId === person.id} /> },
    { id: 'profiles', title: t('makerPeople.column.profiles'), sort: ({ profiles }) => profiles.find(({ atLogin }) => atLogin)?.name ?? '', width: 'minmax(120px, 2fr)', render: Profiles },
    { id: 'teams', title: t('makerPeople.column.teams'), sort: ({ teams }) => teams[0]?.name ?? '', width: 'minmax(110px, 1.5fr)', render: Teams, hideNarrow: true },
    { id: 'type', title: t('makerPeople.column.type'), sort: ({ type }) => TYPE_ORDER[type], width: '110px', render: Type, hideNarrow: true },
    { id: 'licence', title: t('makerPeople.column.licence'), sort: ({ licence }) => licence, width: '96px', render: ({ licence }) => t(`makerPeople.licence.${licence}`), hideNarrow: true },
    { id: 'extras', title: t('makerPeople.column.extras'), sort: ({ extras }) => extras, width: '88px', end: true, render: ({ extras }) => (extras > 0 ? formatNumber(extras) : <span class="secondary">–</span>), hideNarrow: true },
    { id: 'online', title: t('makerPeople.column.state'), sort: ({ online, disabled }) => (disabled ? 2 : online ? 0 : 1), width: '92px', render: State },
  ];
  return personId === null ? all : all.filter(({ id }) => id === 'name' || id === 'profiles' || id === 'online');
}

const TYPE_ORDER = { administrator: 0, manager: 1, agent: 2 } as const;

function Who({ person, open }: { person: PersonSummary; open: boolean }) {
  return (
    <span class="who" data-open={open}>
      <Avatar name={person.name} size={28} />
      <span class="grow">
        <a href={hrefOf({ page: 'people', personId: person.id })} aria-current={open ? 'true' : undefined}>
          <bdi>{person.name}</bdi>
        </a>
        <small>
          <bdi dir="ltr">{person.email}</bdi>
        </small>
      </span>
    </span>
  );
}

function Profiles({ profiles }: PersonSummary) {
  if (profiles.length === 0) return <span class="warn-text">{t('makerPeople.noProfile')}</span>;
  const [first, ...others] = profilesInOrder(profiles);
  return (
    <span class="held">
      <span class="first">{first!.name}</span>
      {others.length > 0 && <small>{others.length > 2 ? tn('makerPeople.otherProfiles', others.length) : names(others.map(({ name }) => name))}</small>}
    </span>
  );
}

const Teams = ({ teams }: PersonSummary) => (teams.length > 0 ? names(teams.map(({ name }) => name), 2) : <span class="secondary">–</span>);
const Type = ({ type }: PersonSummary) => (type === 'agent' ? t('choice.agent') : <Badge tone={type === 'administrator' ? 'accent' : 'quiet'}>{t(`choice.${type}`)}</Badge>);

function State({ online, disabled }: PersonSummary) {
  if (disabled) return <Badge tone="bad">{t('makerPeople.disabled')}</Badge>;
  return online ? (
    <span class="online">
      <Icon name="circle-dot" size={12} />
      {t('makerPeople.online')}
    </span>
  ) : (
    <span class="secondary">{t('makerPeople.offline')}</span>
  );
}
