import { sql } from 'kysely';
import type { Values } from '../../lib/modules/check.ts';
import type { Panel } from '../../lib/modules/types.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import type { StoredRecord } from './records.ts';

/** The names that people and resources have now, by id. */
export interface Names {
  readonly people: ReadonlyMap<string, string>;
  readonly resources: ReadonlyMap<string, string>;
}

/** Of all that some rows name, in two queries. */
export async function namesIn(db: Db, panel: Panel, records: readonly StoredRecord[]): Promise<Names> {
  const people = records.flatMap(({ ownerId, people, values }) => [ownerId, ...people, ...peopleIn(panel, values)]);
  return { people: await named(db, 'person', people), resources: await named(db, 'resource', records.map(({ resourceId }) => resourceId)) };
}

const peopleIn = ({ columns }: Panel, values: Values): unknown[] => columns.flatMap(({ id, type }) => (type === 'person' ? [values[id]] : []));

async function named(db: Db, table: 'person' | 'resource', all: readonly unknown[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(all.filter((id): id is string => typeof id === 'string' && isUuid(id)))];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`select id, name from ${sql.table(table)} where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
