/** What narrows and orders a list. */
import type { ListOrder } from '../../../lib/models/modules/row-list.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { usePanel } from './context.ts';
import { choiceText } from './cell.tsx';

export function ListTools() {
  const { model, panel } = usePanel();
  const { list } = model;
  const { filters, order } = list.asked.value;
  const narrow = panel.columns.filter(({ filters: narrows }) => narrows);
  const sorts = panel.columns.filter(({ sorts }) => sorts);
  if (narrow.length === 0 && sorts.length === 0) return null;
  const sort = (next: Partial<ListOrder>) => list.sort({ ...order, ...next });
  return (
    <div class="list-tools">
      {narrow.map((column) => (
        <Pick
          key={column.id}
          label={t(column.label)}
          value={filters[column.id] ?? ''}
          active={filters[column.id] !== undefined}
          options={[{ value: '', label: t('modulePanel.any', t(column.label)) }, ...(column.choices ?? []).map((value) => ({ value, label: choiceText(column, value) }))]}
          onPick={(value) => list.filter(column.id, value || null)}
        />
      ))}
      {sorts.length > 0 && (
        <span class="sorting">
          <Pick
            label={t('modulePanel.orderBy')}
            value={order.by}
            active={false}
            options={sorts.map(({ id, label }) => ({ value: id, label: t(label) }))}
            onPick={(by) => sort({ by })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={t(order.descending ? 'modulePanel.descending' : 'modulePanel.ascending')}
            data-tip={t(order.descending ? 'modulePanel.descending' : 'modulePanel.ascending')}
            onClick={() => sort({ descending: !order.descending })}
          >
            <Icon name={order.descending ? 'arrow-down' : 'arrow-up'} size={16} />
          </button>
        </span>
      )}
    </div>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly active: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onPick: (value: string) => unknown;
}

function Pick({ label, value, active, options, onPick }: PickProps) {
  return (
    <span class="pick" data-active={active}>
      <select aria-label={label} value={value} onChange={({ currentTarget }) => onPick(currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size={12} />
    </span>
  );
}
