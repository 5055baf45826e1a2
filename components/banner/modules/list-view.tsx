/** The rows of a module: searched, narrowed, in an order, as many as one scrolls to. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { SearchBox } from '../../ui/search.tsx';
import { formatNumber } from '../../ui/format.ts';
import { clockTime, t, tn } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { iconNamed } from '../../ui/icons.ts';
import { useWindow } from '../../ui/virtual.ts';
import { useParts } from '../context.ts';
import { usePanel } from './context.ts';
import { useKeys } from './keys.ts';
import { ListTools } from './list-tools.tsx';
import { RowLine } from './row-line.tsx';
import { Blank, Failed, Line, Skeleton, TryAgain } from './state.tsx';
import { problemText } from '../words.ts';

/** Pixels, as the style sheet has them. */
const ROW_HEIGHT = 52;
/** So many rows before the end of what is held the next page is read. */
const AHEAD = 8;

export function ListView({ covered }: { covered: boolean }) {
  const { model, control } = usePanel();
  const { list } = model;
  const root = useRef<HTMLDivElement>(null);
  const found = list.loading.value === 'first' || list.asked.value.search === '' ? undefined : list.total.value;
  const head = useRef<HTMLDivElement>(null);
  useKeys(head, (event) => {
    if (!(event.target as Element).matches('input')) return;
    if (event.key === 'Enter') list.settle();
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    root.current?.querySelector<HTMLElement>('.line-open[tabindex="0"]')?.focus();
  });
  return (
    <div class="list-view" ref={root} inert={covered}>
      <div class="list-head" role="group" aria-label={t('modulePanel.narrow')} ref={head}>
        <SearchBox label={t('modulePanel.search', t(control.label))} value={list.search.value} onInput={list.type} found={found} />
        <ListTools />
      </div>
      <Body covered={covered} />
    </div>
  );
}

function Body({ covered }: { covered: boolean }) {
  const { banner } = useParts();
  const { model, control } = usePanel();
  const { list } = model;
  const rows = list.rows.value;
  const problem = list.problem.value;
  if (rows === null) {
    return problem ? <Failed problem={problem} again={list.again} /> : <Skeleton lines={6} />;
  }
  return (
    <>
      {problem && (
        <Line tone="wait" icon="cloud-off">
          {problemText(problem, banner.view.value.active?.name ?? '')} <TryAgain again={list.again} />
        </Line>
      )}
      {rows.length > 0 ? <Rows rows={rows} covered={covered} /> : <Nothing icon={control.icon} />}
    </>
  );
}

/** Says what would be there and how it comes; or, where a search leaves everything out, how to see it again. */
function Nothing({ icon }: { icon: string }) {
  const { model, control } = usePanel();
  const { list } = model;
  if (list.narrowed.value) {
    const { search } = list.asked.value;
    return (
      <Blank icon="search" title={search.trim() ? t('ui.notFound', search.trim()) : t('modulePanel.nothingSuch')} text={t('modulePanel.nothingSuchText')}>
        <button type="button" class="button" onClick={trusted(list.clear)}>
          {t('modulePanel.showAll')}
        </button>
      </Blank>
    );
  }
  const key = `modulePanel.empty.${control.id.slice('mod.'.length)}`;
  const text = t(key);
  return <Blank icon={iconNamed(icon)} title={t('ui.nothing')} text={text === key ? t('modulePanel.empty.other') : text} />;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };

function Rows({ rows, covered }: { rows: readonly ModuleRow[]; covered: boolean }) {
  const { model, control } = usePanel();
  const { list } = model;
  const scroller = useRef<HTMLDivElement>(null);
  /** The row that the keyboard comes to. */
  const at = useSignal(rows[0]!.id);
  const wanted = useRef<string | null>(null);
  const { items, size, show } = useWindow({ count: rows.length, rowHeight: ROW_HEIGHT, scroller });
  const stop = rows.some(({ id }) => id === at.value) ? at.value : rows[0]!.id;
  const last = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (last >= rows.length - AHEAD && list.hasMore.value && list.moreProblem.value === null) void list.more();
  }, [last, rows.length, list.hasMore.value]);
  // A row that was out of sight is drawn only after it is shown.
  useLayoutEffect(() => {
    if (covered || wanted.current === null) return;
    const line = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"] .line-open`);
    if (!line) return;
    wanted.current = null;
    line.focus();
  });
  const goTo = (id: string) => {
    at.value = id;
    wanted.current = id;
    show(rows.findIndex((row) => row.id === id));
  };
  useKeys(scroller, (event) => {
    const by = STEPS[event.key];
    if (by === undefined || !(event.target as Element).matches('.line-open')) return;
    event.preventDefault();
    const from = rows.findIndex(({ id }) => id === stop);
    if (by === -1 && from === 0) return scroller.current!.closest('.list-view')!.querySelector<HTMLElement>('input')?.focus();
    goTo(rows[Math.max(0, Math.min(rows.length - 1, from + by))]!.id);
  });
  const open = (id: string) => {
    // Where one comes back to.
    goTo(id);
    void model.open(id);
  };
  return (
    <div class="rows" ref={scroller} role="group" aria-label={t(control.label)}>
      <div role="list" style={{ blockSize: `${size}px` }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return row && (
            <div key={row.id} role="listitem" class="line" data-row={row.id} aria-setsize={list.total.value} aria-posinset={index + 1} style={{ translate: `0 ${start}px` }}>
              <RowLine row={row} stop={row.id === stop} onOpen={open} />
            </div>
          );
        })}
      </div>
      <More />
    </div>
  );
}

function More() {
  const { list } = usePanel().model;
  if (list.moreProblem.value) {
    return (
      <p class="more-rows">
        {t('modulePanel.moreFailed')} <TryAgain again={list.more} />
      </p>
    );
  }
  return list.loading.value === 'more' ? <p class="more-rows">{t('ui.loading')}</p> : null;
}

/** How many there are and, where the link is lost, when they were read. */
export function Count() {
  const { banner } = useParts();
  const { model, panel } = usePanel();
  const { list } = model;
  const { rows, readAt, total, means } = list;
  if (rows.value === null || readAt.value === null) return null;
  const averages = panel.columns.flatMap(({ id, label }) => {
    const mean = means.value[id];
    return mean == null ? [] : [t('modulePanel.mean', t(label), formatNumber(Math.round(mean * 10) / 10))];
  });
  const lost = banner.view.value.situation.connection !== 'live' || list.problem.value !== null;
  return (
    <span class={lost ? 'count-line wait' : 'count-line'} role="status">
      {[total.value > 0 && tn('modulePanel.count', total.value), ...averages, lost && t('modulePanel.asOf', clockTime(readAt.value))].filter(Boolean).join(' · ')}
    </span>
  );
}

