/** What is asked of a list, held against the panel: its order, its filters, and where the last page ended. */
import { columnOf } from '../../lib/modules/panels.ts';
import { isMasked, type Masks } from '../../lib/modules/mask.ts';
import { soughtWords } from '../../lib/modules/search-words.ts';
import type { Panel } from '../../lib/modules/types.ts';
import { isUuid } from '../db/changes.ts';
import { type After, cursorRefused, readCursor, writeCursor } from '../http/cursor.ts';
import { ProblemError } from '../http/problem-error.ts';
import { NO_ORDER } from './keep-record.ts';

export interface ListQuery {
  /** Each of these begins a word of the row. */
  readonly words: readonly string[];
  /** The value that each of some columns has. */
  readonly filters: Readonly<Record<string, string>>;
  readonly order: { readonly by: string; readonly descending: boolean };
  readonly after: After | null;
}

type Asked = { readonly [K in 'search' | 'after' | 'order' | 'filter']?: string | undefined };

/** @throws {ProblemError} request.invalid: no such column or choice, or a page of another list */
export function readQuery(panel: Panel, { search = '', after, order, filter = '' }: Asked, masks: Masks): ListQuery {
  const ordered = orderOf(panel, order, masks);
  return { words: soughtWords(search), filters: filtersOf(panel, filter), order: ordered, after: after === undefined ? null : readCursor([ordered.by, ordered.descending], after) };
}

/**
 * What is hidden cannot be put in its order either: that would tell it, and the end of a page would name it. Such a list
 * is in no order that says anything.
 */
function orderOf(panel: Panel, asked: string | undefined, masks: Masks): ListQuery['order'] {
  const descending = asked?.startsWith('-') ?? panel.order.descending;
  const column = columnOf(panel, asked === undefined ? panel.order.by : asked.replace(/^-/, ''));
  if (!column?.sorts) throw invalid('order', 'no column that a list is put in the order of');
  return isMasked(column, masks) ? { by: NO_ORDER, descending: false } : { by: column.id, descending };
}

function filtersOf(panel: Panel, filter: string): Readonly<Record<string, string>> {
  const pairs = filter.split(',').filter(Boolean).map((pair) => {
    const [, id = '', value = ''] = /^([^:]*):(.*)$/.exec(pair) ?? [];
    const column = columnOf(panel, id);
    if (!column?.filters || !column.choices?.includes(value)) throw invalid('filter', 'no column with such a choice');
    return [id, value] as const;
  });
  return Object.fromEntries(pairs);
}

export const writeAfter = ({ by, descending }: ListQuery['order'], last: After): string => writeCursor([by, descending], last);

/** @throws {ProblemError} request.invalid, where the rows of the list have ids of the database */
export function refuseOtherId({ after }: ListQuery): void {
  if (after && !isUuid(after.id)) throw cursorRefused();
}

const invalid = (path: string, message: string) => new ProblemError('request.invalid', { issues: [{ path: [path], message }] });
