/** A page of what is listed by name: cut out along an index of `(account_id, lower(name), id)` before anything is joined to it. */
import { type RawBuilder, sql } from 'kysely';
import { type After, readCursor, writeCursor } from '../http/cursor.ts';
import { isUuid } from './changes.ts';

export interface PageAsked {
  /** Null for the first one. */
  readonly after: After | null;
  /** How many rows; null for all there are. */
  readonly limit: number | null;
}
export interface Page<T> {
  readonly rows: T[];
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
}

export const EVERYTHING: PageAsked = { after: null, limit: null };

/** The list by name of one account: a cursor of another's is none of it. */
type Which = readonly [list: 'people' | 'profiles', accountId: string];

/** @throws {ProblemError} request.invalid: `after` is not the end of a page of this list */
export const pageAsked = (which: Which, { after, limit }: { readonly after?: string | undefined; readonly limit: string }): PageAsked => ({
  after: after === undefined ? null : readCursor(which, after, isUuid),
  limit: Number(limit),
});

/** Selected as `key`, and what the page is in the order of, before its id. */
export const nameKey = sql<string>`lower(name)`;

/** What a page is of. */
export const beyond = ({ after }: PageAsked): RawBuilder<boolean> => (after ? sql<boolean>`(${nameKey}, id) > (${after.key}, ${after.id}::uuid)` : sql<boolean>`true`);

/** One row more than it has tells whether there is another page. */
export const oneMore = ({ limit }: PageAsked): RawBuilder<number | null> => sql`${limit === null ? null : limit + 1}::int`;

/** @param read as many as `oneMore` says */
export function pageOf<R extends After, T>(which: Which, { limit }: PageAsked, read: readonly R[], rowOf: (row: R) => T): Page<T> {
  const rows = limit === null ? read : read.slice(0, limit);
  return { rows: rows.map(rowOf), next: rows.length < read.length ? writeCursor(which, rows.at(-1)!) : null };
}
