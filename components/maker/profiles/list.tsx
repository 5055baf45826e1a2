/** The list of profiles. */
import { useComputed, useModel, useSignal } from '@preact/signals';
import type { ProfileSummary } from '../../../lib/api/routes.ts';
import { hrefOf, type Location } from '../../../lib/console/location.ts';
import { type Profiles, ProfilesModel } from '../../../lib/models/maker/profiles.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { formatAgo, formatNumber, formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { MenuButton, type MenuItem } from '../../ui/menu.tsx';
import { problemText } from '../../ui/problem.ts';
import { SearchBox } from '../../ui/search.tsx';
import { Empty, Failed, Loading, RestFailed } from '../../ui/states.tsx';
import { type Column, DataTable } from '../../ui/table.tsx';
import { t, tn } from '../../ui/text.ts';
import { exportProfiles } from '../configuration/transfer.tsx';
import { type Maker, useMaker } from '../context.ts';
import { useFresh } from '../fresh.ts';
import { refusalOf } from '../reasons.ts';
import { broughtBack, Questions } from './questions.tsx';
import './profiles.css';

/** So often the numbers of a list that is looked at are asked for again. */
const EVERY_MS = 15_000;

export const placeOf = (profileId: string, tab: 'settings' | 'people' = 'settings'): Location => ({ page: 'profile', profileId, tab, subTab: null });

export function ProfilesPage() {
  const maker = useMaker();
  const model = useModel(() => new ProfilesModel(maker));
  useFresh(model.read, EVERY_MS);
  return (
    <div class="page profiles-page">
      <Head model={model} />
      <Body model={model} />
      <Questions model={model} />
    </div>
  );
}

/** The name of the profile one is on, for the reasons. */
const ownProfile = (maker: Maker): string => maker.state.value?.snapshot?.profile.active?.name ?? '';

function Head({ model }: { model: Profiles }) {
  const maker = useMaker();
  const own = ownProfile(maker);
  const { may } = maker.rights.value;
  const data = model.read.data.value;
  const saving = useSignal(false);
  const save = async () => {
    saving.value = true;
    await exportProfiles(maker, (model.chosen.value.length > 0 ? model.chosen.value : model.rows.value).map(({ id }) => id));
    saving.value = false;
  };
  const cannotCreate = refusalOf(may('profiles.create'), own) ?? (model.full.value ? t('makerProfiles.full', data!.most) : null);
  return (
    <header class="page-head">
      <h1 tabIndex={-1}>
        {t('console.module.profiles')}
        {data && model.read.whole.value && (
          <span class="how-many" data-count>
            {t('makerProfiles.countOf', formatNumber(data.profiles.length), formatNumber(data.most))}
          </span>
        )}
      </h1>
      <div class="actions">
        <Button
          icon="upload"
          data-action="import"
          disabledReason={refusalOf(may('profiles.import'), own)}
          onPress={() => model.ask({ kind: 'import' })}
        >
          {t('makerProfiles.import')}
        </Button>
        <Button
          icon="download"
          data-action="export"
          disabledReason={refusalOf(may('profiles.export'), own) ?? (!model.read.whole.value && model.chosen.value.length === 0 ? t('ui.notAll') : model.rows.value.length === 0 ? t('ui.chooseFirst') : null)}
          busy={saving.value}
          onPress={save}
        >
          {model.chosen.value.length > 0 ? tn('makerProfiles.exportChosen', model.chosen.value.length) : t('makerProfiles.export')}
        </Button>
        <Button icon="plus" tone="primary" data-action="create" disabledReason={cannotCreate} onPress={() => model.ask({ kind: 'create' })}>
          {t('makerProfiles.create')}
        </Button>
      </div>
    </header>
  );
}

function Body({ model }: { model: Profiles }) {
  const { data, whole, problem, refresh } = model.read;
  if (!data.value) return problem.value ? <Failed problem={problem.value} retry={refresh} /> : <Loading label={t('makerProfiles.loading')} />;
  if (data.value.profiles.length === 0) return <None model={model} />;
  return (
    <>
      <RestFailed read={model.read} />
      <div class="page-tools">
        <SearchBox
          label={t('makerProfiles.search')}
          value={model.typed.value}
          onInput={(value) => (model.typed.value = value)}
          found={whole.value ? model.rows.value.length : undefined}
        />
        {((whole.value && model.shelved.value.length > 0) || model.archived.value) && (
          <Switch
            label={tn('makerProfiles.archived', model.shelved.value.length)}
            checked={model.archived.value}
            onChange={(on) => (model.archived.value = on)}
          />
        )}
        {whole.value && problem.value && <p class="stale" role="status">{problemText(problem.value)}</p>}
      </div>
      <Table model={model} />
    </>
  );
}

function Table({ model }: { model: Profiles }) {
  const maker = useMaker();
  const mayExport = useComputed(() => maker.rights.value.may('profiles.export').allowed).value;
  const columns = columnsOf(maker, model);
  return (
    <DataTable
      label={t('console.module.profiles')}
      columns={columns}
      rows={model.rows.value}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      rowHref={({ id }) => hrefOf(placeOf(id))}
      rowHeight={56}
      sort={model.sort}
      growing={!model.read.whole.value}
      selected={mayExport ? model.selected : undefined}
      empty={
        model.read.whole.value ? (
          <Empty
            icon="search"
            title={t('makerProfiles.notFound', model.typed.value)}
            text={t('makerProfiles.notFoundText')}
            action={<Button onPress={() => (model.typed.value = '')}>{t('makerProfiles.showAll')}</Button>}
          />
        ) : (
          <p class="secondary">{t('ui.notAll')}</p>
        )
      }
    />
  );
}

const columnsOf = (maker: Maker, model: Profiles): readonly Column<ProfileSummary>[] => {
  const now = maker.clock.now();
  return [
    {
      id: 'name',
      title: t('makerProfiles.column.name'),
      width: 'minmax(0, 1.9fr)',
      sort: ({ name }) => name,
      render: ({ id, name, reference, changedAt, changedBy }) => (
        <a href={hrefOf(placeOf(id))} class="named">
          <strong>{name}</strong>
          <small>
            {reference}
            <span class="narrow-only">{[...(reference ? [''] : []), formatAgo(changedAt, now), ...(changedBy ? [changedBy] : [])].join(' · ')}</span>
          </small>
        </a>
      ),
    },
    {
      id: 'version',
      title: t('makerProfiles.column.version'),
      width: 'minmax(0, 1.7fr)',
      sort: ({ version }) => version ?? 0,
      render: (profile) => <State profile={profile} now={now} />,
    },
    {
      id: 'people',
      title: t('makerProfiles.column.people'),
      width: '72px',
      end: true,
      hideNarrow: 'tiny',
      sort: ({ people }) => people,
      render: ({ id, people }) => (
        <a href={hrefOf(placeOf(id, 'people'))}>
          {formatNumber(people)} <span class="sr">{t('makerProfiles.column.people')}</span>
        </a>
      ),
    },
    {
      id: 'online',
      title: t('makerProfiles.column.online'),
      width: '80px',
      end: true,
      hideNarrow: 'tiny',
      sort: ({ online }) => online,
      render: ({ online }) => (
        <span class={online > 0 ? 'online' : 'nobody'}>
          {online > 0 && <span class="dot" />}
          {formatNumber(online)}
        </span>
      ),
    },
    {
      id: 'changed',
      title: t('makerProfiles.column.changed'),
      width: 'minmax(116px, 1.3fr)',
      hideNarrow: true,
      sort: ({ changedAt }) => changedAt,
      render: ({ changedAt, changedBy }) => (
        <>
          <time dateTime={new Date(changedAt).toISOString()} data-tip={formatTime(changedAt)}>
            {formatAgo(changedAt, now)}
          </time>
          {changedBy && <small>{changedBy}</small>}
        </>
      ),
    },
    {
      id: 'actions',
      title: t('makerProfiles.column.actions'),
      titleHidden: true,
      width: '52px',
      end: true,
      render: (profile) => <Actions model={model} profile={profile} />,
    },
  ];
};

function State({ profile: { version, hasDraft, archived, dueAt }, now }: { profile: ProfileSummary; now: number }) {
  return (
    <span class="badges">
      <span class="version">{version === null ? t('makerProfiles.unpublished') : t('makerProfiles.version', version)}</span>
      {hasDraft && <Badge tone="warn">{t('makerProfiles.draft')}</Badge>}
      {dueAt && (
        <span data-tip={formatTime(dueAt)}>
          <Badge tone="accent">
            <Icon name="calendar-clock" size={12} />
            {formatAgo(dueAt, now)}
          </Badge>
        </span>
      )}
      {archived && <Badge>{t('makerProfiles.isArchived')}</Badge>}
    </span>
  );
}

function Actions({ model, profile }: { model: Profiles; profile: ProfileSummary }) {
  const maker = useMaker();
  const own = ownProfile(maker);
  const actions = model.actions(profile);
  const full = model.full.value ? t('makerProfiles.full', model.read.data.value!.most) : null;
  const bringBack = () => broughtBack(maker, model, profile);
  const items: readonly MenuItem[] = [
    {
      label: t('makerProfiles.duplicate'),
      icon: 'copy',
      disabledReason: refusalOf(actions.duplicate, own) ?? full,
      onSelect: () => model.ask({ kind: 'duplicate', profile }),
    },
    {
      label: t('makerProfiles.export'),
      icon: 'download',
      disabledReason: refusalOf(actions.exported, own),
      onSelect: () => exportProfiles(maker, [profile.id]),
    },
    profile.archived
      ? { label: t('makerProfiles.bringBack'), icon: 'archive-restore', disabledReason: refusalOf(actions.archive, own), onSelect: bringBack }
      : {
          label: t('makerProfiles.archive'),
          icon: 'archive',
          disabledReason: refusalOf(actions.archive, own),
          onSelect: () => model.ask({ kind: 'archive', profile }),
        },
    {
      label: t('makerProfiles.delete'),
      icon: 'trash-2',
      tone: 'danger',
      disabledReason: refusalOf(actions.remove, own),
      onSelect: () => model.ask({ kind: 'delete', profile }),
    },
  ];
  return <MenuButton label={t('makerProfiles.actions', profile.name)} icon="ellipsis-vertical" items={items} />;
}

function None({ model }: { model: Profiles }) {
  const maker = useMaker();
  return (
    <Empty
      icon="id-card"
      title={t('makerProfiles.none')}
      text={t('makerProfiles.noneText')}
      action={
        <Button
          icon="plus"
          tone="primary"
          disabledReason={refusalOf(maker.rights.value.may('profiles.create'), ownProfile(maker))}
          onPress={() => model.ask({ kind: 'create' })}
        >
          {t('makerProfiles.create')}
        </Button>
      }
    />
  );
}
