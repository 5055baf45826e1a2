import { fold } from '../search.ts';
import type { Values } from './check.ts';
import type { Column, Panel } from './types.ts';

/** Digits of the greatest safe integer; numbers are moved by so much that none is negative. */
const DIGITS = 17;
const MOVED = BigInt(Number.MAX_SAFE_INTEGER);
const MOST = 120;

/**
 * A value as text that sorts, byte by byte, as the values do: numbers and instants by size, choices by their order in the
 * declaration, texts without minding case and accents. What is empty comes first.
 */
export function sortKey({ type, choices = [] }: Pick<Column, 'type' | 'choices'>, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (type === 'choice') return String(choices.indexOf(String(value as string)) + 1).padStart(3, '0');
  if (typeof value === 'number') return String(BigInt(Math.round(value)) + MOVED).padStart(DIGITS, '0');
  if (typeof value === 'boolean') return value ? '1' : '0';
  return fold(String(value as string)).slice(0, MOST);
}

/** The key of a row in the order of a column, and of the one that comes after it. */
export function rowKey({ columns }: Pick<Panel, 'columns'>, column: Column, values: Values): string {
  const then = column.thenBy === undefined ? undefined : columns.find(({ id }) => id === column.thenBy);
  return sortKey(column, values[column.id]) + (then ? sortKey(then, values[then.id]) : '');
}
