/** A list of the hub, put together of its pages. */
import { MOST_ROWS } from '../api/pages.ts';

/** An answer of a route that has `pages`: its list, and where the next page begins. */
export interface Paged {
  readonly next?: string | null;
  readonly [list: string]: unknown;
}
type Rows = readonly { readonly id: string }[];

export const rowsOf = (list: string, of: Paged): Rows => of[list] as Rows;

/** What there is so far, with one more page. A row that comes again has another place by now: that is where it stands. */
export function withPage(list: string, before: Paged | null, page: Paged): Paged {
  if (!before) return page;
  const again = new Set(rowsOf(list, page).map(({ id }) => id));
  return { ...page, [list]: [...rowsOf(list, before).filter(({ id }) => !again.has(id)), ...rowsOf(list, page)] };
}

/** The first page is soon there; the others are few. */
export const pageAfter = (input: { readonly query?: object }, after: string) => ({ ...input, query: { ...input.query, after, limit: String(MOST_ROWS) } });
