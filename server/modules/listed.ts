/** Rows that are worked out and not kept: few enough to be searched and put in order here. */
import { type ModulePage, type ModuleRow, PAGE_ROWS } from '../../lib/api/routes-modules.ts';
import type { Values } from '../../lib/modules/check.ts';
import { columnOf } from '../../lib/modules/panels.ts';
import { searchWords } from '../../lib/modules/search-words.ts';
import { rowKey } from '../../lib/modules/sort-key.ts';
import type { Panel } from '../../lib/modules/types.ts';
import type { Db } from '../db/connect.ts';
import type { Asker } from './asker.ts';
import { type ListQuery, writeAfter } from './query.ts';

export interface ListedRow {
  readonly id: string;
  readonly values: Values;
}
/** All rows of a module that somebody sees. */
export type ReadListed = (db: Db, panel: Panel, asker: Asker, now: number) => Promise<readonly ListedRow[]>;

export const listedRow = ({ columns }: Panel, { id, values }: ListedRow, whole: boolean): ModuleRow => ({
  id,
  revision: 0,
  values: Object.fromEntries(columns.filter(({ detail }) => whole || !detail).map((column) => [column.id, values[column.id] ?? null])),
  may: [],
});

export function pageOfListed(panel: Panel, all: readonly ListedRow[], { words, filters, order, after }: ListQuery): ModulePage {
  const column = columnOf(panel, order.by);
  const sign = order.descending ? -1 : 1;
  const keyed = all
    .filter(({ values }) => Object.entries(filters).every(([id, value]) => values[id] === value) && hasAll(searchWords(panel, values), words))
    .map((row) => ({ row, key: column ? rowKey(panel, column, row.values) : '', id: row.id }))
    .toSorted((a, b) => sign * compare(a, b));
  const rest = after ? keyed.filter((each) => sign * compare(each, after) > 0) : keyed;
  const page = rest.slice(0, PAGE_ROWS);
  return {
    rows: page.map(({ row }) => listedRow(panel, row, false)),
    next: rest.length > PAGE_ROWS ? writeAfter(order, page.at(-1)!) : null,
    total: keyed.length,
  };
}

const hasAll = (words: readonly string[], sought: readonly string[]): boolean => sought.every((start) => words.some((word) => word.startsWith(start)));

interface Keyed {
  readonly key: string;
  readonly id: string;
}
const compare = (a: Keyed, b: Keyed): number => (a.key === b.key ? order(a.id, b.id) : order(a.key, b.key));
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
