/** A value of a row as it is read: money, times and lengths as the reader writes them. */
import type { ComponentChildren } from 'preact';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { STATUSES } from '../../../lib/api/snapshot.ts';
import { isNamed } from '../../../lib/models/modules/people.ts';
import type { Column } from '../../../lib/modules/types.ts';
import { formatMoment, formatMoney, formatNumber } from '../../ui/format.ts';
import { span, t } from '../../ui/text.ts';
import { TelephoneNumber } from '../telephone-number.tsx';
import type { Reading } from './context.ts';

export const choiceText = ({ label }: Pick<Column, 'label'>, value: string): string => t(`${label}.${value}`);

/** Empty where there is nothing. */
export function valueText(column: Column, value: unknown, { now, currency }: Reading): string {
  if (value === null || value === undefined || value === '') return '';
  if (isNamed(value)) return value.name;
  switch (column.type) {
    case 'choice':
      return choiceText(column, String(value as string));
    case 'boolean':
      return value === true ? t('modulePanel.yes') : t('modulePanel.no');
    case 'instant':
      return typeof value === 'number' ? formatMoment(value, now) : '';
    case 'duration':
      return typeof value === 'number' ? span(value * 1000) : '';
    case 'money':
      return typeof value === 'number' ? formatMoney(value, currency) : '';
    default:
      return typeof value === 'number' ? formatNumber(value) : String(value as string);
  }
}

/** Whether a column says how somebody can be reached, which is drawn as in the bar. */
const isPresence = ({ choices }: Column): boolean => choices !== undefined && STATUSES.every((status) => choices.includes(status));

interface Props {
  readonly column: Column;
  readonly row: ModuleRow;
  readonly reading: Reading;
}

export function Cell({ column, row, reading }: Props): ComponentChildren {
  const value = row.values[column.id];
  const text = valueText(column, value, reading);
  if (text === '') return null;
  switch (column.type) {
    case 'choice':
      if (!isPresence(column)) return <span class="choice">{text}</span>;
      return (
        <span class="presence-cell">
          <span class={`presence ${String(value as string)}`} />
          {text}
        </span>
      );
    case 'instant':
      return <time dateTime={new Date(value as number).toISOString()}>{text}</time>;
    case 'phone':
      return <TelephoneNumber number={text} shown={row.shown?.[column.id] ?? text} />;
    case 'email':
      return <bdi dir="ltr">{text}</bdi>;
    default:
      return <bdi>{text}</bdi>;
  }
}

/** What stands under a row's name: a number needs its name to be understood, and no is not worth a word. */
export function SmallCell({ column, row, reading }: Props) {
  if (column.type === 'boolean') return <span>{t(column.label)}</span>;
  const named = column.type === 'integer' || column.type === 'score';
  return (
    <span>
      {named && `${t(column.label)} `}
      <Cell column={column} row={row} reading={reading} />
    </span>
  );
}

export const saysSomething = ({ id, type }: Column, { values }: ModuleRow): boolean => {
  const value = values[id];
  return type === 'boolean' ? value === true : value !== null && value !== undefined && value !== '';
};
