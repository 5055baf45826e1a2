/** The people who hold the profile: live counters above, each with what they have of the published version below. */
import { useComputed } from '@preact/signals';
import { hrefOf } from '../../../lib/console/location.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import type { ReceiptsOf } from '../../../lib/models/maker/publish-arrival.ts';
import { RECEIPTS, type ReceiptRow } from '../../../lib/models/maker/publish-receipts.ts';
import { matchesSearch } from '../../../lib/models/missing.ts';
import { csvOf } from '../../../lib/csv.ts';
import { Button } from '../../ui/button.tsx';
import { compareNames, formatAgo, formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { SearchBox } from '../../ui/search.tsx';
import { Empty, Failed, Loading, RestFailed } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { Counters } from './counters.tsx';
import { Pinned } from './pinned.tsx';
import { exportName, ReceiptBadge, ReceiptFilter, useReceipts, whyNoReceipts } from './receipts.tsx';
import './publish.css';

interface Holder {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly atLogin: boolean;
  readonly score: number;
  /** Null where one may not see who is. */
  readonly online: boolean | null;
  readonly receipt: ReceiptRow | null;
}

export function HoldersTab({ editor }: { editor: Editor }) {
  const receipts = useReceipts(editor);
  return (
    <div class="holders-tab">
      <Counters editor={editor} />
      <Holders editor={editor} receipts={receipts} />
    </div>
  );
}

function Holders({ editor, receipts }: { editor: Editor; receipts: ReceiptsOf }) {
  const { queries, rights, clock } = useMaker();
  const assignments = queries.read('listAssignments', { params: { id: editor.profileId } });
  const holders = useComputed((): readonly Holder[] => {
    const people = rights.value.may('people.read').allowed ? queries.read('listPeople').data.value?.people : undefined;
    const online = new Map(people?.map((person) => [person.id, person.online]));
    const byPerson = new Map(receipts.rows.value.map((row) => [row.personId, row]));
    const all = assignments.data.value?.assignments ?? [];
    return all
      .map(({ personId, name, email, atLogin, score }) => ({ id: personId, name, email, atLogin, score, online: online.get(personId) ?? null, receipt: byPerson.get(personId) ?? null }))
      .toSorted((a, b) => compareNames(a.name, b.name));
  });
  const usersHref = hrefOf({ page: 'profile', profileId: editor.profileId, tab: 'configuration', subTab: 'users' });
  const add = (
    <a class="button" href={usersHref} data-action="to-users">
      <Icon name="user-round-plus" size={16} />
      <span class="label">{t('makerHolders.change')}</span>
    </a>
  );
  if (assignments.problem.value && !assignments.data.value) return <Failed problem={assignments.problem.value} retry={() => void assignments.refresh()} />;
  if (!assignments.data.value) return <Loading label={t('makerHolders.reading')} />;
  if (holders.value.length === 0) return <Empty icon="users" title={t('makerHolders.empty')} text={t('makerHolders.emptyText')} action={add} />;

  const { only, search } = receipts;
  const shown = holders.value.filter(
    ({ name, email, receipt }) => (only.value === null || receipt?.state === only.value) && (search.value.trim() === '' || matchesSearch(`${name} ${email}`, search.value)),
  );
  return (
    <section class="holders-list" aria-label={t('makerHolders.title')}>
      <header>
        <h2>{t('makerHolders.title')}</h2>
        <SearchBox label={t('makerHolders.search')} value={search.value} onInput={(value) => (search.value = value)} found={shown.length} />
        <ExportHolders editor={editor} holders={holders.value} whyNot={whyNoReceipts(receipts)} />
        {add}
      </header>
      {editor.watch.value && <Pinned watch={editor.watch.value} />}
      <RestFailed read={receipts.read} />
      {receipts.version.value !== null && <ReceiptFilter receipts={receipts} all={holders.value.length} />}
      <div class="holders-table">
        <DataTable
          label={t('makerHolders.title')}
          columns={[
            {
              id: 'name',
              title: t('makerHolders.name'),
              render: ({ name, email, online }) => (
                <span class="holder">
                  {online !== null && <span class={`online-dot ${online ? 'online' : ''}`} title={t(online ? 'makerPublish.online' : 'makerPublish.offline')} />}
                  <span class="who">
                    {name}
                    <small>{email}</small>
                  </span>
                </span>
              ),
              sort: ({ name }) => name,
            },
            { id: 'atLogin', title: t('makerHolders.atLogin'), render: ({ atLogin }) => atLogin && <AtLogin />, sort: ({ atLogin }) => (atLogin ? 0 : 1), width: '110px', hideNarrow: true },
            { id: 'score', title: t('makerHolders.score'), render: ({ score }) => score, sort: ({ score }) => score, width: '80px', end: true, hideNarrow: true },
            {
              id: 'receipt',
              title: t('makerHolders.received'),
              render: ({ receipt, online }) =>
                receipt ? <Received receipt={receipt} current={receipts.version.value} /> : online && receipts.read.data.value && <small>{t('makerHolders.elsewhere')}</small>,
              sort: ({ receipt }) => (receipt ? RECEIPTS.indexOf(receipt.state) : RECEIPTS.length),
              width: '140px',
            },
            {
              id: 'since',
              title: t('makerHolders.since'),
              render: ({ receipt }) => receipt && <time title={formatTime(receipt.at)}>{formatAgo(receipt.at, Math.max(clock.now(), receipt.at))}</time>,
              sort: ({ receipt }) => receipt?.at ?? 0,
              width: '130px',
              hideNarrow: true,
            },
          ]}
          rows={shown}
          rowKey={({ id }) => id}
          rowHref={({ id }) => hrefOf({ page: 'people', personId: id })}
          empty={<p class="secondary">{t('makerHolders.noneFound')}</p>}
        />
      </div>
    </section>
  );
}

/** All who hold it, whatever the filter shows. */
function ExportHolders({ editor, holders, whyNot }: { editor: Editor; holders: readonly Holder[]; whyNot: string | null }) {
  const { download } = useMaker();
  const save = () => {
    const head = ['name', 'email', 'atLogin', 'score', 'received', 'version', 'since'].map((column) => t(`makerHolders.${column}`));
    const lines = holders.map(({ name, email, atLogin, score, receipt }) => [
      name,
      email,
      atLogin ? t('makerHolders.yes') : '',
      score,
      receipt && t(`makerHolders.receipt.${receipt.state}`),
      receipt && receipt.version,
      receipt && new Date(receipt.at).toISOString(),
    ]);
    download(exportName(editor, 'makerHolders.fileOfPeople'), 'text/csv', csvOf([head, ...lines]));
  };
  return (
    <Button icon="download" disabledReason={whyNot} onPress={save} data-action="export-holders">
      {t('makerHolders.export')}
    </Button>
  );
}

const AtLogin = () => (
  <span class="at-login">
    <Icon name="check" size={14} />
    {t('makerHolders.yes')}
  </span>
);

/** Whoever stayed on an earlier version has a receipt of that one. */
const Received = ({ receipt, current }: { receipt: ReceiptRow; current: number | null }) => (
  <span class="received">
    <ReceiptBadge state={receipt.state} />
    {receipt.version !== current && <small>{t('makerHolders.ofVersion', receipt.version)}</small>}
  </span>
);
