import { type RawBuilder, sql } from 'kysely';

/** Rows as one parameter, however many: `from ${rowsAs(rows, 'r(id uuid, name text)')}`. */
export const rowsAs = (rows: readonly object[], columns: string): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.raw(columns)}`;
