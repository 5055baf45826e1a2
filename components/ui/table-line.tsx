/** One row of a table. */
import { memo } from './memo.ts';
import type { Column } from './table.tsx';
import { t } from './text.ts';

export type Row = Record<string, unknown>;

interface LineProps {
  readonly id: string;
  readonly row: Row;
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly index: number;
  /** In pixels, from the start of the list. */
  readonly top: number;
  readonly active: boolean;
  readonly opens: boolean;
  /** Null where rows are not chosen. */
  readonly chosen: boolean | null;
  readonly onChoose: (index: number, through: boolean) => void;
}

/** Most of what is in sight stays as it is while one scrolls. */
export const Line = memo(({ id, row, name, columns, index, top, active, opens, chosen, onChoose }: LineProps) => (
  <div
    class="line"
    role="row"
    aria-rowindex={index + 2}
    aria-selected={chosen ?? undefined}
    tabIndex={active ? 0 : -1}
    data-key={id}
    data-opens={opens}
    style={{ translate: `0 ${top}px` }}
  >
    {chosen !== null && (
      <div role="gridcell" class="cell box">
        <input type="checkbox" checked={chosen} aria-label={t('ui.choose', name)} onClick={(event) => onChoose(index, event.shiftKey)} />
      </div>
    )}
    {columns.map((column) => (
      <div key={column.id} role="gridcell" class={cellClass(column)}>
        {column.render(row)}
      </div>
    ))}
  </div>
));

export const cellClass = ({ end, hideNarrow }: Pick<Column<never>, 'end' | 'hideNarrow'>) => ['cell', end && 'end', hideNarrow && (hideNarrow === 'tiny' ? 'not-tiny' : 'wide-only')].filter(Boolean).join(' ');
