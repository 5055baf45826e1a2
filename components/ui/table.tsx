/**
 * A table of up to thousands of rows, of which only those in sight are drawn. One row has the keyboard: arrows, Page, Home
 * and End move it, Enter opens it, Space chooses it, Tab goes into its buttons.
 */
import { useSignal, type Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { compareNames } from './format.ts';
import { Icon } from './icon.tsx';
import { cellClass, Line, type Row } from './table-line.tsx';
import { t } from './text.ts';
import { useWindow } from './virtual.ts';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** Of buttons: the title is heard alone. */
  readonly titleHidden?: boolean;
  readonly render: (row: T) => ComponentChildren;
  /** What it is sorted by; a column without it is not sorted by. */
  readonly sort?: (row: T) => string | number;
  /** As CSS grid writes it: `120px`, `2fr`. */
  readonly width?: string;
  /** At the end of the cell: numbers, buttons. */
  readonly end?: boolean;
  /** Left out where the table is narrow (under 700 px), or only where it is tiny (under 480 px). */
  readonly hideNarrow?: boolean | 'tiny';
}
export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}
export interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** Where a row leads: Enter or a press on it goes there. */
  readonly rowHref?: ((row: T) => string) | undefined;
  /** Without `rowHref`: what Enter or a press on it does. */
  readonly onOpen?: ((row: T) => unknown) | undefined;
  /** With it each row has a box to choose it by. */
  readonly selected?: Signal<ReadonlySet<string>> | undefined;
  /** What a row is called, for its box; its key where absent. */
  readonly rowName?: (row: T) => string;
  readonly sort?: Signal<Sorting> | undefined;
  /** More rows are to come: how many there are is not known, and all of them cannot be chosen. */
  readonly growing?: boolean;
  /** In place of rows, where there are none. */
  readonly empty?: ComponentChildren;
  /** In pixels. */
  readonly rowHeight?: number;
}

const HEAD = 36;

export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, rowKey, selected, growing = false, empty, rowHeight = 48 } = props;
  const own = useSignal<Sorting>({ column: '', descending: false });
  const sort = props.sort ?? own;
  const sorted = useMemo(() => sortRows(rows, columns, sort.value), [rows, sort.value]);
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const at = useSignal(0);
  /** Where the box was last pressed: with Shift everything between is chosen. */
  const anchor = useRef(0);
  const shown = useWindow({ count: sorted.length, rowHeight, scroller, above: HEAD });
  const active = Math.min(at.value, Math.max(0, sorted.length - 1));
  const wanted = useRef<number | null>(null);

  // The row that the keyboard was sent to may only now be drawn; buttons of other rows are not stops of it.
  useLayoutEffect(() => {
    for (const row of body.current?.children ?? []) {
      const stops = row.getAttribute('aria-rowindex') === String(active + 2);
      for (const control of row.querySelectorAll<HTMLElement>('a, button, input, select')) {
        // Written again it is styled again, even if it is the same.
        if (control.getAttribute('tabindex') !== (stops ? '0' : '-1')) control.tabIndex = stops ? 0 : -1;
      }
      if (stops && wanted.current === active) {
        (row as HTMLElement).focus({ preventScroll: true });
        wanted.current = null;
      }
    }
  });

  const moveTo = (index: number) => {
    const next = Math.min(Math.max(0, index), sorted.length - 1);
    wanted.current = next;
    at.value = next;
    shown.show(next);
    body.current?.querySelector<HTMLElement>(`[aria-rowindex="${next + 2}"]`)?.focus({ preventScroll: true });
  };
  const choose = (index: number, through: boolean) => {
    if (!selected) return;
    const next = new Set(selected.peek());
    const on = !next.has(rowKey(sorted[index]!));
    const [from, to] = through ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index];
    for (const row of sorted.slice(from, to + 1)) {
      if (on) next.add(rowKey(row));
      else next.delete(rowKey(row));
    }
    anchor.current = index;
    selected.value = next;
  };
  const chooseNow = useRef(choose);
  chooseNow.current = choose;
  const onChoose = useCallback((index: number, through: boolean) => chooseNow.current(index, through), []);
  const open = (index: number) => {
    const row = sorted[index];
    if (row === undefined) return;
    if (props.rowHref) location.hash = props.rowHref(row);
    else props.onOpen?.(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (indexOf(target) === null) return;
    const onRow = target.getAttribute('role') === 'row';
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + shown.seen,
      PageUp: active - shown.seen,
      Home: 0,
      End: sorted.length - 1,
    };
    const next = steps[event.key];
    if (next !== undefined && (onRow || event.key.startsWith('Arrow') && !target.matches('select, input[type="text"], [role="spinbutton"]'))) {
      event.preventDefault();
      moveTo(next);
    } else if (onRow && event.key === 'Enter') {
      event.preventDefault();
      open(active);
    } else if (onRow && event.key === ' ') {
      event.preventDefault();
      if (selected) choose(active, event.shiftKey);
      else open(active);
    }
  };

  const onFocusIn = ({ target }: FocusEvent) => {
    const index = indexOf(target);
    if (index !== null) at.value = index;
  };
  const onClick = (event: MouseEvent) => {
    const index = indexOf(event.target);
    if (opens && index !== null && !isControl(event.target)) open(index);
  };

  const opens = Boolean(props.rowHref ?? props.onOpen);
  const template = (hides: (column: Column<T>) => boolean) =>
    [selected ? '36px' : '', ...columns.filter((column) => !hides(column)).map(({ width }) => width ?? 'minmax(0, 1fr)')].join(' ');
  return (
    <div
      ref={scroller}
      class="data-table"
      role="grid"
      aria-label={label}
      aria-rowcount={growing ? -1 : sorted.length + 1}
      aria-colcount={columns.length + (selected ? 1 : 0)}
      aria-multiselectable={selected ? true : undefined}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocusIn={onFocusIn}
      onClick={onClick}
      style={{
        '--columns': template(() => false),
        '--columns-narrow': template(({ hideNarrow }) => hideNarrow === true),
        '--columns-tiny': template(({ hideNarrow }) => Boolean(hideNarrow)),
        '--row': `${rowHeight}px`,
      }}
    >
      <div class="head" role="rowgroup">
        <div class="line" role="row" aria-rowindex={1}>
          {selected && (
            <div role="columnheader" class="cell box">
              <ChooseAll rows={sorted} rowKey={rowKey} selected={selected} whyNot={growing ? t('ui.notAll') : undefined} />
            </div>
          )}
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sort={sort} />
          ))}
        </div>
      </div>
      {sorted.length === 0 ? (
        <div class="none" role="rowgroup">
          <div role="row">
            <div role="gridcell">{empty ?? <p class="secondary">{t('ui.nothing')}</p>}</div>
          </div>
        </div>
      ) : (
        <div ref={body} class="body" role="rowgroup" style={{ blockSize: `${shown.size}px` }}>
          {shown.items.map(({ index, start }) => {
            const row = sorted[index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <Line
                key={key}
                id={key}
                row={row as Row}
                name={props.rowName?.(row) ?? key}
                columns={columns as readonly Column<Row>[]}
                index={index}
                top={start}
                active={index === active}
                opens={opens}
                chosen={selected ? selected.value.has(key) : null}
                onChoose={onChoose}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}


/** What was pressed does something of its own. */
const isControl = (target: EventTarget | null): boolean =>
  (target as Element).closest('a, button, input, select, textarea, label, dialog, [popover]') !== null;

/** Of the row that something is in; null in the head. */
const indexOf = (target: EventTarget | null): number | null => {
  const row = (target as Element).closest('.body > [role="row"]')?.getAttribute('aria-rowindex');
  return row ? Number(row) - 2 : null;
};

function HeadCell<T>({ column, sort }: { column: Column<T>; sort: Signal<Sorting> }) {
  const { column: by, descending } = sort.value;
  const sorted = by === column.id;
  const direction = sorted ? (descending ? 'descending' : 'ascending') : 'none';
  return (
    <div role="columnheader" class={cellClass(column)} aria-sort={column.sort ? direction : undefined}>
      {column.sort ? (
        <button type="button" class="sorter" data-sorted={sorted} onClick={() => (sort.value = { column: column.id, descending: sorted && !descending })}>
          {column.title}
          <Icon name={sorted ? (descending ? 'arrow-down' : 'arrow-up') : 'arrow-up-down'} size={12} />
        </button>
      ) : (
        <span class={column.titleHidden ? 'sr' : ''}>{column.title}</span>
      )}
    </div>
  );
}

interface ChooseAllProps<T> {
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly selected: Signal<ReadonlySet<string>>;
  readonly whyNot: string | undefined;
}

function ChooseAll<T>({ rows, rowKey, selected, whyNot }: ChooseAllProps<T>) {
  const count = selected.value.size === 0 ? 0 : rows.filter((row) => selected.value.has(rowKey(row))).length;
  const all = count > 0 && count === rows.length;
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    box.current!.indeterminate = count > 0 && !all;
  });
  return (
    <input
      ref={box}
      type="checkbox"
      checked={all}
      aria-label={t('ui.chooseAll')}
      aria-disabled={whyNot ? true : undefined}
      data-tip={whyNot}
      onClick={(event) => whyNot && event.preventDefault()}
      onChange={() => {
        if (whyNot) return;
        const next = new Set(selected.peek());
        for (const row of rows) {
          if (all) next.delete(rowKey(row));
          else next.add(rowKey(row));
        }
        selected.value = next;
      }}
    />
  );
}

/** Each row's value is read once; rows that compare alike stay in the order they came in. */
export function sortRows<T>(rows: readonly T[], columns: readonly Pick<Column<T>, 'id' | 'sort'>[], { column, descending }: Sorting): readonly T[] {
  const by = columns.find(({ id }) => id === column)?.sort;
  if (!by) return rows;
  const keyed = rows.map((row) => ({ row, value: by(row) }));
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : compareNames(String(a), String(b));
  keyed.sort((a, b) => (descending ? compare(b.value, a.value) : compare(a.value, b.value)));
  return keyed.map(({ row }) => row);
}
