/** What became of a version, person by person: live, by state, by name, as a file. */
import { useModel, useSignal } from '@preact/signals';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { ReceiptsModel, type ReceiptsOf } from '../../../lib/models/maker/publish-arrival.ts';
import { filteredRows, NO_COUNTS, RECEIPTS, type ReceiptState } from '../../../lib/models/maker/publish-receipts.ts';
import { csvOf } from '../../../lib/csv.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatAgo, formatNumber, formatTime } from '../../ui/format.ts';
import { problemText } from '../../ui/problem.ts';
import { SearchBox } from '../../ui/search.tsx';
import { Failed } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';
import { locale, t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';

export const TONE = { applied: 'good', leased: 'warn', delivered: 'accent', queued: 'quiet', offline: 'quiet', failed: 'bad' } as const;

export const ReceiptBadge = ({ state }: { state: ReceiptState }) => (
  <span data-receipt={state}>
    <Badge tone={TONE[state]}>{t(`makerHolders.receipt.${state}`)}</Badge>
  </span>
);

export function useReceipts(editor: Editor): ReceiptsOf {
  const { queries, clock } = useMaker();
  return useModel(() => new ReceiptsModel({ editor, queries, clock, locale: locale() }));
}

/** One state at a time, each with how many are in it; pressed again, all. */
/** @param all how many there are in all, where some have no receipt */
export function ReceiptFilter({ receipts, all }: { receipts: ReceiptsOf; all?: number }) {
  const { only, rows } = receipts;
  const counts = receipts.counts.value ?? NO_COUNTS;
  const chip = (state: ReceiptState | null, label: string, people: number) => (
    <button
      key={label}
      type="button"
      class={`receipt-filter ${state ?? 'all'}`}
      aria-pressed={only.value === state}
      data-filter={state ?? 'all'}
      onClick={() => (only.value = only.peek() === state ? null : state)}
    >
      {state && <span class={`receipt-key ${state}`} aria-hidden="true" />}
      {label} <strong>{formatNumber(people)}</strong>
    </button>
  );
  return (
    <div class="receipt-filters" role="group" aria-label={t('makerHolders.filter')}>
      {chip(null, t('makerHolders.all'), all ?? rows.value.length)}
      {RECEIPTS.map((state) => (counts[state] > 0 || only.value === state) && chip(state, t(`makerHolders.receipt.${state}`), counts[state]))}
    </div>
  );
}

/** @param people how many hold the profile */
export function ReceiptTable({ receipts, people }: { receipts: ReceiptsOf; people: number }) {
  const { clock } = useMaker();
  const { read, rows, only, search } = receipts;
  const shown = filteredRows(rows.value, only.value, search.value);
  const now = useSignal(clock.now());
  if (read.problem.value && !read.data.value) return <Failed problem={read.problem.value} retry={() => void read.refresh()} />;
  return (
    <>
      <SearchBox label={t('makerHolders.search')} value={search.value} onInput={(value) => (search.value = value)} found={read.data.value ? shown.length : undefined} />
      <div class="receipt-table" aria-busy={read.loading.value}>
        <DataTable
          label={t('makerHolders.receipts')}
          columns={[
            { id: 'name', title: t('makerHolders.name'), render: (row) => row.name, sort: (row) => row.name },
            { id: 'state', title: t('makerHolders.state'), render: (row) => <ReceiptBadge state={row.state} />, sort: (row) => RECEIPTS.indexOf(row.state), width: '120px' },
            { id: 'at', title: t('makerHolders.since'), render: (row) => <time title={formatTime(row.at)}>{formatAgo(row.at, Math.max(now.value, row.at))}</time>, sort: (row) => row.at, width: '140px', hideNarrow: true },
          ]}
          rows={shown}
          rowKey={({ personId }) => personId}
          rowHeight={36}
          empty={<p class="secondary">{t(read.loading.value ? 'makerHolders.loading' : rows.value.length > 0 ? 'makerHolders.noneFound' : people > 0 ? 'makerPublish.noReceipts' : 'makerHolders.nobody')}</p>}
        />
      </div>
    </>
  );
}

/** A name for a file, of the profile's. @param key a message whose `$1` that is */
export function exportName(editor: Editor, key: string, ...more: readonly (string | number)[]): string {
  const profile = (editor.summary.peek()?.name ?? editor.profileId).replaceAll(/[\\/:*?"<>|]/g, '-');
  return `${t(key, profile, ...more)}.csv`;
}

/** Why nothing can be said of receipts, or exported: they are still read, or could not be. Null where they are there. */
export const whyNoReceipts = ({ read }: ReceiptsOf): string | null =>
  read.data.value ? null : read.problem.value ? problemText(read.problem.value) : t('makerHolders.loading');

/** All of them, whatever the filter shows, so that the file is of the version and not of the screen. */
export function ExportReceipts({ editor, receipts }: { editor: Editor; receipts: ReceiptsOf }) {
  const { download } = useMaker();
  const rows = receipts.rows.value;
  const save = () => {
    const head = ['name', 'state', 'since', 'version'].map((column) => t(`makerHolders.${column}`));
    const lines = rows.map(({ name, state, at, version }) => [name, t(`makerHolders.receipt.${state}`), new Date(at).toISOString(), version]);
    download(exportName(editor, 'makerHolders.file', receipts.version.peek() ?? ''), 'text/csv', csvOf([head, ...lines]));
  };
  return (
    <Button icon="download" disabledReason={whyNoReceipts(receipts) ?? (rows.length === 0 ? t('makerHolders.nothingToExport') : null)} onPress={save} data-action="export-receipts">
      {t('makerHolders.export')}
    </Button>
  );
}
