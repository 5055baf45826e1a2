import { type RawBuilder, sql } from 'kysely';

/** Which elements of a module somebody may see: all there are, or those with these ids. */
export type Scope = 'all' | ReadonlySet<string>;

/** The same as a condition on a column of ids. */
export const inScope = (column: string, scope: Scope): RawBuilder<boolean> =>
  scope === 'all' ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)}::text = any(${[...scope]}::text[])`;
