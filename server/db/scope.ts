import { type RawBuilder, sql } from 'kysely';
import { isUuid } from './changes.ts';

/** Which elements of a module somebody may see: all there are, or those with these ids. */
export type Scope = 'all' | ReadonlySet<string>;

/** The same as a condition on a column of ids. What a profile names that can be no id is nobody's; ids are looked up by their index. */
export const inScope = (column: string, scope: Scope): RawBuilder<boolean> =>
  scope === 'all' ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = any(${[...scope].filter(isUuid)}::uuid[])`;
