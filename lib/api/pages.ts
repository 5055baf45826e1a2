/** Lists that are asked for in pages. A route says by `pages` that it is one. */
import * as v from 'valibot';

/** How many rows a page has at most. */
export const MOST_ROWS = 1000;

/** @param usual how many rows a page has where nothing is said: what is soon there, and fills a screen */
export const pageQuery = (usual: number) => ({
  /** The `next` of the page before. */
  after: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  limit: v.optional(v.pipe(v.string(), v.regex(/^(?:[1-9]\d{0,2}|1000)$/)), String(usual)),
});

/** To be sent as `after` for the next page; null on the last. */
export const nextPage = v.nullable(v.string());
