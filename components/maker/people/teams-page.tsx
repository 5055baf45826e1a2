/** Teams: a list, and one of them beside it with everybody in it. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { TeamRecord } from '../../../lib/api/routes.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { finderInPlain, searchable } from '../../../lib/search.ts';
import { Button } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { SearchBox } from '../../ui/search.tsx';
import { Empty, Failed, Loading, RestFailed } from '../../ui/states.tsx';
import { type Column, DataTable, type Sorting } from '../../ui/table.tsx';
import { names, t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import '../resources/records.css';
import { useFocusBack } from '../resources/record/focus-back.ts';
import { useWhyNot } from '../reasons.ts';
import { TeamPanel } from './team-panel.tsx';

/** In the address, for a team that is yet to be made. */
const NEW = 'new';

export function TeamsPage({ teamId = null }: { readonly teamId?: string | null }) {
  const { queries, rights } = useMaker();
  const whyNot = useWhyNot();
  const teamsRead = useMemo(() => queries.read('listTeams'), [queries]);
  const peopleRead = useMemo(() => queries.read('listPeople', { query: { disabled: 'true' } }), [queries]);
  const search = useSignal('');
  const teams = teamsRead.data.value?.teams ?? null;
  const people = peopleRead.data.value?.people ?? null;
  const nameOf = useMemo(() => {
    const known = new Map((people ?? []).map(({ id, name }) => [id, name]));
    return (id: string) => known.get(id) ?? '…';
  }, [people]);
  const ready = useMemo(() => searchable(teams ?? [], ({ name, note }) => [name, note]), [teams]);
  const rows = useMemo(() => {
    const finds = finderInPlain(search.value);
    return ready.filter(({ text }) => finds(text)).map(({ item }) => item);
  }, [ready, search.value]);
  useFocusBack(teamId);
  return (
    <div class="page records" data-open={teamId !== null}>
      <div class="records-list">
        <header class="records-head">
          <h1 tabIndex={-1}>{t('console.module.teams')}</h1>
          <p class="secondary counts">{teams && tn('makerTeams.count', teams.length)}</p>
          <span class="grow" />
          <Button tone="primary" icon="plus" disabledReason={whyNot(rights.value.may('teams.create'))} onPress={() => (location.hash = hrefOf({ page: 'teams', teamId: NEW }))}>
            {t('makerTeams.create')}
          </Button>
        </header>
        {teams === null && teamsRead.problem.value ? (
          <Failed problem={teamsRead.problem.value} retry={teamsRead.refresh} />
        ) : teams === null ? (
          <Loading label={t('makerTeams.loading')} />
        ) : (
          <>
            {rights.value.may('people.read').allowed && <RestFailed read={peopleRead} />}
            <div class="records-bar">
              <SearchBox label={t('makerTeams.search')} value={search.value} onInput={(typed) => (search.value = typed)} found={rows.length} />
            </div>
            <TeamsTable rows={rows} nameOf={nameOf} searched={search.value !== ''} openId={teamId} />
          </>
        )}
      </div>
      {teamId !== null && <TeamPanel key={teamId} teamId={teamId === NEW ? null : teamId} teams={teams ?? []} people={people ?? []} read={peopleRead} />}
    </div>
  );
}

interface TableProps {
  readonly rows: readonly TeamRecord[];
  readonly nameOf: (personId: string) => string;
  readonly searched: boolean;
  readonly openId: string | null;
}

function TeamsTable({ rows, nameOf, searched, openId }: TableProps) {
  const sort = useSignal<Sorting>({ column: 'name', descending: false });
  const managersOf = ({ members }: TeamRecord) => members.filter(({ manages }) => manages).map(({ personId }) => nameOf(personId));
  const columns: readonly Column<TeamRecord>[] = [
    {
      id: 'name',
      title: t('makerTeams.column.name'),
      sort: ({ name }) => name,
      width: 'minmax(160px, 2fr)',
      render: ({ id, name, note }) => (
        <span>
          <a href={hrefOf({ page: 'teams', teamId: id })} aria-current={id === openId ? 'true' : undefined}>
            {name}
          </a>
          {note && <small>{note}</small>}
        </span>
      ),
    },
    { id: 'members', title: t('makerTeams.column.members'), sort: ({ members }) => members.length, width: '90px', end: true, render: ({ members }) => formatNumber(members.length) },
    {
      id: 'managers',
      title: t('makerTeams.column.managers'),
      sort: (team) => managersOf(team)[0] ?? '',
      width: 'minmax(120px, 2fr)',
      render: (team) => {
        const managers = managersOf(team);
        return managers.length > 0 ? names(managers, 3) : <span class="warn-text">{t('makerTeams.noManager')}</span>;
      },
    },
  ];
  return (
    <DataTable
      label={t('console.module.teams')}
      columns={openId !== null ? columns.slice(0, 2) : columns}
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => hrefOf({ page: 'teams', teamId: id })}
      sort={sort}
      empty={<Empty icon="users-round" title={t(searched ? 'makerTeams.noneFound' : 'makerTeams.none')} text={t(searched ? 'makerTeams.noneFoundDetail' : 'makerTeams.noneDetail')} />}
    />
  );
}
