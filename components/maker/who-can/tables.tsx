/** The people and the profiles of the answer. */
import { hrefOf } from '../../../lib/console/location.ts';
import { type CanPerson, type CanProfile, personCan, type WhoCan } from '../../../lib/models/maker/who-can.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { type Column, DataTable } from '../../ui/table.tsx';
import { names, t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { whyNot } from './words.ts';

const CAN = {
  atLogin: { tone: 'good', icon: 'check', order: 0 },
  other: { tone: 'warn', icon: 'corner-up-right', order: 1 },
  no: { tone: 'quiet', icon: 'x', order: 2 },
} as const;

function Answer({ can }: { can: keyof typeof CAN }) {
  const { tone, icon } = CAN[can];
  return (
    <Badge tone={tone}>
      <Icon name={icon} size={12} />
      {t(`makerWhoCan.can.${can}`)}
    </Badge>
  );
}

export function PeopleTable({ model }: { model: WhoCan }) {
  const mayRead = useMaker().rights.value.may('people.read').allowed;
  const columns: readonly Column<CanPerson>[] = [
    {
      id: 'name',
      title: t('makerWhoCan.person'),
      sort: ({ name }) => name,
      render: (person) => (
        <>
          <span class="who">
            <span class={person.online ? 'dot on' : 'dot'} role="img" aria-label={t(person.online ? 'makerWhoCan.online' : 'makerWhoCan.offline')} />
            {mayRead ? <a href={hrefOf({ page: 'people', personId: person.id })}>{person.name}</a> : person.name}
          </span>
          <small class="narrow-only">{personWhy(person)}</small>
        </>
      ),
    },
    { id: 'can', title: t('makerWhoCan.canIt'), width: '132px', sort: (person) => CAN[personCan(person)].order, render: (person) => <Answer can={personCan(person)} /> },
    { id: 'why', title: t('makerWhoCan.why'), width: 'minmax(0, 1.9fr)', hideNarrow: true, render: (person) => <Said text={personWhy(person)} /> },
  ];
  return (
    <DataTable
      label={t('makerWhoCan.people')}
      columns={columns}
      rows={model.people.value}
      rowKey={({ id }) => id}
      rowHeight={48}
      sort={model.sort}
      rowHref={mayRead ? ({ id }) => hrefOf({ page: 'people', personId: id }) : undefined}
      empty={<p class="secondary">{t('makerWhoCan.nobody')}</p>}
    />
  );
}

function personWhy({ through, reason }: CanPerson): string {
  if (through.length > 0) return t('makerWhoCan.through', names(through.map(({ name }) => name), 3));
  return reason ? whyNot(reason, '') : t('makerWhoCan.besides');
}

const Said = ({ text }: { text: string }) => (
  <span class="said" data-tip={text} data-tip-when="hidden">
    <span class="label">{text}</span>
  </span>
);

export function ProfilesTable({ model }: { model: WhoCan }) {
  const mayRead = useMaker().rights.value.may('profiles.read').allowed;
  const columns: readonly Column<CanProfile>[] = [
    {
      id: 'name',
      title: t('makerWhoCan.profile'),
      sort: ({ name }) => name,
      render: ({ id, name, reason }) => (
        <>
          {mayRead ? <a href={hrefOf({ page: 'profile', profileId: id, tab: 'settings', subTab: null })}>{name}</a> : name}
          {reason && <small class="narrow-only">{whyNot(reason, name)}</small>}
        </>
      ),
    },
    { id: 'can', title: t('makerWhoCan.canIt'), width: '132px', sort: ({ allowed }) => (allowed ? 0 : 2), render: ({ allowed }) => <Answer can={allowed ? 'atLogin' : 'no'} /> },
    {
      id: 'people',
      title: t('makerWhoCan.people'),
      width: '80px',
      end: true,
      sort: ({ people }) => people,
      render: ({ people }) => formatNumber(people),
    },
    {
      id: 'why',
      title: t('makerWhoCan.why'),
      width: 'minmax(0, 1.9fr)',
      hideNarrow: true,
      render: ({ reason, name }) => (reason ? <Said text={whyNot(reason, name)} /> : null),
    },
  ];
  return (
    <DataTable
      label={t('makerWhoCan.profiles')}
      columns={columns}
      rows={model.profiles.value}
      rowKey={({ id }) => id}
      rowHeight={48}
      sort={model.sort}
      rowHref={mayRead ? ({ id }) => hrefOf({ page: 'profile', profileId: id, tab: 'settings', subTab: null }) : undefined}
      empty={<p class="secondary">{t('makerWhoCan.noProfile')}</p>}
    />
  );
}
