/** The rows of a tab. Only those in sight are drawn. One row has the keyboard, and Tab goes into its controls. */
import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Tab } from '../../../lib/catalogue/index.ts';
import type { Configuration } from '../../../lib/models/maker/configuration.ts';
import type { RowView } from '../../../lib/models/maker/configuration-rows.ts';
import { t } from '../../ui/text.ts';
import { useWindow } from '../../ui/virtual.ts';
import { columnsOf, roomOf } from './columns.ts';
import { useReorder } from './reorder.ts';
import { type RowHands, RowLine } from './row-line.tsx';
import { useRowsKeyboard } from './rows-keyboard.ts';

export interface RowTableProps {
  readonly tab: Tab;
  readonly model: Configuration;
  readonly editing: boolean;
  /** The row to bring into sight: one that was just added. Null once it is. */
  readonly reveal: Signal<string | null>;
  /** Takes rows out, and says so. */
  readonly onRemove: (ids: readonly string[]) => unknown;
  readonly onOpenScores: (row: RowView) => unknown;
}

const HEAD = 40;
const SCROLLBAR = 14;

/** The width of an element, as it changes. */
function useWidth(of: { readonly current: HTMLElement | null }) {
  const width = useSignal(0);
  useLayoutEffect(() => {
    // Without its bar, whether there is one now or not: else the two would drive each other.
    const measure = () => void (width.value = of.current!.offsetWidth - SCROLLBAR);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(of.current!);
    return () => observer.disconnect();
  }, []);
  return width.value;
}

export function RowTable({ tab, model, editing, reveal, onRemove, onOpenScores }: RowTableProps) {
  const rows = model.shown.value;
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const room = roomOf(tab, editing, width);
  // Cards name each attribute themselves: over them there is only what chooses them all.
  const head = room.layout === 'cards' && !editing ? 0 : HEAD;
  const shown = useWindow({ count: rows.length, rowHeight: room.rowHeight, scroller, above: head });
  const { at, said, active, orders, sayPlace, step, remove, undo, onKeyDown } = useRowsKeyboard({ tab, model, editing, rows, shown, body, onRemove });

  const revealed = rows.findIndex(({ id }) => id === reveal.value);
  useLayoutEffect(() => {
    if (revealed === -1 || width === 0) return;
    shown.show(revealed);
    at.value = reveal.peek();
    reveal.value = null;
  }, [revealed, width]);

  const { drag, start } = useReorder({
    scroller,
    body,
    rowHeight: room.rowHeight,
    count: rows.length,
    onDrop: ({ from, to }) => {
      const moved = rows[from];
      if (!moved || moved.place === null) return;
      const before = rows.slice(0, to).filter(({ id, place }) => place !== null && id !== moved.id).length;
      model.move(moved.id, before);
      sayPlace(moved.id);
    },
  });

  const attributes = useMemo(() => columnsOf(tab), [tab]);
  // The same in every drawing, so that a row is drawn again only where something of it changed.
  const now = useRef({ start, step, remove, undo, onOpenScores });
  now.current = { start, step, remove, undo, onOpenScores };
  const hands = useMemo(
    (): RowHands => ({
      onFocus: (row) => (at.value = row.id),
      onGrip: (event, index) => now.current.start(event, index),
      onStep: (row, by) => now.current.step(row, by, true),
      onRemove: (row) => now.current.remove(row),
      onUndo: (row) => now.current.undo(row),
      onOpenScores: (row) => now.current.onOpenScores(row),
    }),
    [],
  );
  const line = drag.value;
  return (
    <>
      <span class="sr" role="status">
        {said.value}
      </span>
      <div
        ref={scroller}
        class="row-table"
        role="grid"
        tabIndex={-1}
        aria-label={t(tab.label)}
        aria-rowcount={rows.length + 1}
        aria-multiselectable={editing || undefined}
        data-layout={room.layout}
        data-ordered={tab.ordered}
        style={{ '--columns': room.template, '--row': `${room.rowHeight}px` }}
        onKeyDown={onKeyDown}
      >
        <Head tab={tab} model={model} editing={editing} cards={room.layout === 'cards'} />
        <div ref={body} class="body" role="rowgroup" style={{ blockSize: `${shown.size}px` }}>
          {width > 0 &&
            shown.items.map(({ index, start: top }) => {
              const row = rows[index];
              return (
                row && (
                  <RowLine
                    key={row.id}
                    tab={tab}
                    model={model}
                    row={row}
                    index={index}
                    top={top}
                    columns={attributes}
                    editing={editing}
                    cards={room.layout === 'cards'}
                    active={index === active}
                    dragged={line?.from === index}
                    orders={orders}
                    last={index === rows.length - 1}
                    {...hands}
                  />
                )
              );
            })}
          {line && <div class="drop-line" aria-hidden="true" style={{ translate: `0 ${line.to * room.rowHeight - 1}px` }} />}
        </div>
      </div>
    </>
  );
}

interface HeadProps {
  readonly tab: Tab;
  readonly model: Configuration;
  readonly editing: boolean;
  readonly cards: boolean;
}

function Head({ tab, model, editing, cards }: HeadProps) {
  return (
    <div class={cards && !editing ? 'head sr' : 'head'} role="rowgroup">
      <div class="line" role="row" aria-rowindex={1}>
        {editing && tab.ordered && <HiddenHead text={t('makerConfiguration.order')} />}
        {editing && (
          <div class="cell box" role="columnheader">
            <ChooseAll model={model} />
            {cards && (
              <label for={CHOOSE_ALL} aria-hidden="true">
                {t('ui.chooseAll')}
              </label>
            )}
          </div>
        )}
        <div class="cell" role="columnheader">
          {t(`resource.${tab.resource}`)}
        </div>
        {columnsOf(tab).map(({ field, score }) => (
          <div key={field.id} class="cell middle" role="columnheader" data-type={field.type}>
            <span>{t(field.label)}</span>
            {score && <span class="sr">{t(score.label)}</span>}
          </div>
        ))}
        {tab.choosesDefault && (
          <div class="cell middle" role="columnheader">
            <span>{t('makerConfiguration.atLogin.column')}</span>
          </div>
        )}
        <HiddenHead text={t('makerConfiguration.actions')} />
      </div>
    </div>
  );
}

const HiddenHead = ({ text }: { text: string }) => (
  <div class="cell" role="columnheader">
    <span class="sr">{text}</span>
  </div>
);

const CHOOSE_ALL = 'choose-all-rows';

/** All that the search shows, and no more than those. */
function ChooseAll({ model }: { model: Configuration }) {
  const box = useRef<HTMLInputElement>(null);
  const rows = model.shown.value.filter(({ mark }) => mark !== 'removed');
  const chosen = rows.filter(({ id }) => model.selected.value.has(id)).length;
  const all = chosen > 0 && chosen === rows.length;
  useLayoutEffect(() => {
    box.current!.indeterminate = chosen > 0 && !all;
  });
  return (
    <input
      ref={box}
      id={CHOOSE_ALL}
      type="checkbox"
      checked={all}
      aria-label={t('ui.chooseAll')}
      onChange={() => {
        const shown = new Set(rows.map(({ id }) => id));
        const others = [...model.selected.peek()].filter((id) => !shown.has(id));
        model.select(all ? others : [...others, ...shown]);
      }}
    />
  );
}
