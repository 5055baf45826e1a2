/** What the panels of the modules read. What they change goes through the command of a control. */
import * as v from 'valibot';
import { route } from './route.ts';
import { id } from './shapes.ts';

/** A row of a module's list: values by the ids of its columns, masked already where the profile says so. */
export const moduleRow = v.object({
  id,
  /** Grows with each change; a command names the one it was decided by. */
  revision: v.number(),
  values: v.record(v.string(), v.unknown()),
  /** How its telephone numbers are read, by column, where that is not as they are kept. */
  shown: v.optional(v.record(v.string(), v.string())),
  /** The controls that apply to this row and that this person may use. */
  may: v.array(v.string()),
});
export type ModuleRow = v.InferOutput<typeof moduleRow>;

export const modulePage = v.object({
  rows: v.array(moduleRow),
  /** To be sent as `after` for the next page; null on the last. */
  next: v.nullable(v.string()),
  /** How many there are with this search and these filters. */
  total: v.number(),
  /** The means of what is found, of columns that have one; null of nothing. */
  means: v.optional(v.record(v.string(), v.nullable(v.number()))),
});
export type ModulePage = v.InferOutput<typeof modulePage>;

/** A file of a row: a recording's sound, a voice message, a document. */
export const moduleFile = v.object({ name: v.string(), type: v.string(), base64: v.string() });

const named = v.object({ id, revision: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))) });
/**
 * What the command of a panel's verb says: the values of its form, and the row or the rows that it is for with the
 * revision of each by which it was decided. `restore` takes back the deletion of them, for a short while.
 */
export const moduleCommand = v.object({
  ...v.partial(named).entries,
  rows: v.optional(v.pipe(v.array(named), v.minLength(1), v.maxLength(200))),
  values: v.optional(v.record(v.string(), v.unknown())),
  restore: v.optional(v.literal(true)),
});
export type ModuleCommand = v.InferOutput<typeof moduleCommand>;

/** How many rows a page has at most. */
export const PAGE_ROWS = 50;

export const moduleRoutes = {
  listModule: route({
    method: 'GET',
    path: '/api/modules/:module',
    summary: 'One page of a module’s rows, of those that the person may see',
    tag: 'modules',
    needs: 'session',
    query: v.object({
      search: v.optional(v.pipe(v.string(), v.maxLength(200))),
      after: v.optional(v.pipe(v.string(), v.maxLength(500))),
      /** A column’s id, with `-` before it for the reverse order. */
      order: v.optional(v.pipe(v.string(), v.maxLength(60))),
      /** `column:value` pairs, apart by commas. */
      filter: v.optional(v.pipe(v.string(), v.maxLength(500))),
    }),
    answer: modulePage,
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused', 'control.unknown'],
  }),
  readModuleRow: route({
    method: 'GET',
    path: '/api/modules/:module/:id',
    summary: 'One row, with what only its details show',
    tag: 'modules',
    needs: 'session',
    answer: moduleRow,
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused', 'control.unknown', 'notFound'],
  }),
  readModuleFile: route({
    method: 'GET',
    path: '/api/modules/:module/:id/file',
    summary: 'The file of a row: `play` to hear it here, else to keep it, which needs the right to download',
    tag: 'modules',
    needs: 'session',
    query: v.object({ play: v.optional(v.literal('1')) }),
    answer: moduleFile,
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused', 'control.unknown', 'notFound'],
  }),
} as const;
