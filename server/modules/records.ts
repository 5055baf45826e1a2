/** Reads records: a page of them, some by their ids. What of them is shown is another question. */
import { type RawBuilder, sql } from 'kysely';
import { PAGE_ROWS } from '../../lib/api/routes-modules.ts';
import type { Values } from '../../lib/modules/check.ts';
import type { Panel } from '../../lib/modules/types.ts';
import { isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import type { After } from '../http/cursor.ts';
import type { Asker } from './asker.ts';
import { tagOf } from './keep-record.ts';
import { type ListQuery, refuseOtherId } from './query.ts';
import { seen } from './reach.ts';

export interface StoredRecord {
  readonly id: string;
  readonly revision: number;
  readonly ownerId: string | null;
  readonly resourceId: string | null;
  readonly people: readonly string[];
  readonly values: Values;
}

export interface RecordPage {
  readonly records: readonly StoredRecord[];
  /** Null on the last page. */
  readonly last: After | null;
  readonly total: number;
  /** By column; null of nothing. */
  readonly means: Readonly<Record<string, number | null>>;
}

const COLUMNS = sql`r.id, r.revision, r.owner_id as "ownerId", r.resource_id as "resourceId", coalesce(r.people, '{}') as people, r."values"`;

export async function pageOfRecords(db: Db, panel: Panel, asker: Asker, query: ListQuery): Promise<RecordPage> {
  refuseOtherId(query);
  const found = sql<boolean>`${await seen(db, panel, asker)} and r.deleted_at is null and ${sql.join(conditions(panel, asker, query), sql` and `)}`;
  const averaged = panel.columns.filter(({ averages }) => averages).map(({ id }) => id);
  const averages = sql.join(averaged.map((id) => sql`, avg((r."values" ->> ${id})::numeric)::float8 as ${sql.ref(id)}`), sql``);
  const { rows: counted } = await sql<{ total: number } & Record<string, number | null>>`select count(*)::int as total${averaged.length > 0 ? averages : sql``} from record r where ${found}`.execute(db);
  const { total, ...means } = counted[0]!;
  const read = total > FEW ? walked : sorted;
  const rows = total === 0 ? [] : await read(db, panel, asker, found, query);
  const records = rows.slice(0, PAGE_ROWS);
  const last = rows.length > PAGE_ROWS ? records.at(-1)! : null;
  return { records, last: last && { key: last.key, id: last.id }, total, means };
}

/**
 * So few are put in order whole; more are met often enough on the way along the order. PostgreSQL left alone would guess
 * how many there are, which it cannot where words are looked for by their beginnings.
 */
const FEW = 2000;

/** One more than a page has, where there are more. */
type Read = (db: Db, panel: Panel, asker: Asker, found: RawBuilder<boolean>, query: ListQuery) => Promise<readonly (StoredRecord & { readonly key: string })[]>;

/** How a page of keys `k` is cut out. */
function cut({ order: { by, descending }, after }: ListQuery) {
  const [direction, beyond] = descending ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  return {
    from: sql`k.sort = ${by} and ${after ? sql`(k.key, k.record_id) ${beyond} (${after.key}, ${after.id}::uuid)` : sql`true`}`,
    order: sql`order by k.key ${direction}, k.record_id ${direction}`,
    most: sql`limit ${PAGE_ROWS + 1}`,
  };
}

/** Along the index of the order, until a page is full. */
const walked: Read = async (db, { module }, { accountId }, found, query) => {
  const { from, order, most } = cut(query);
  const { rows } = await sql<StoredRecord & { key: string }>`
    select ${COLUMNS}, k.key from record_key k join record r on r.id = k.record_id
    where k.account_id = ${accountId}::uuid and k.module = ${module} and ${from} and ${found} ${order} ${most}`.execute(db);
  return rows;
};

/** All that are found, and of those a page. `offset 0`: their keys one by one, which so few are, and not from a list of all. */
const sorted: Read = async (db, _panel, _asker, found, query) => {
  const { from, order, most } = cut(query);
  const { rows } = await sql<StoredRecord & { key: string }>`
    with found as materialized (select r.id from record r where ${found}),
      k as materialized (
        select k.record_id, k.key from found
          cross join lateral (select k.record_id, k.key from record_key k where k.record_id = found.id and ${from} offset 0) k
        ${order} ${most}
      )
    select ${COLUMNS}, k.key from k join record r on r.id = k.record_id ${order}`.execute(db);
  return rows;
};

/** Words as lexemes: they are letters and digits alone, and go to the index as they are. */
function conditions({ module }: Panel, { masks }: Asker, { words, filters }: ListQuery): RawBuilder<unknown>[] {
  const tags = Object.entries(filters).map(([column, value]) => tagOf(module, column, value));
  const column = sql.ref(masks.size > 0 ? 'r.open_words' : 'r.words');
  return [
    sql`true`,
    ...(words.length > 0 ? [sql`${column} @@ ${words.map((word) => `'${word}':*`).join(' & ')}::tsquery`] : []),
    ...(tags.length > 0 ? [sql`r.tags @> ${tags}::text[]`] : []),
  ];
}

/** Null where there is none, or none that the asker sees. */
export async function findRecord(db: Db, panel: Panel, asker: Asker, id: string): Promise<StoredRecord | null> {
  if (!isUuid(id)) return null;
  const { rows } = await sql<StoredRecord>`
    select ${COLUMNS} from record r where r.id = ${id}::uuid and r.deleted_at is null and ${await seen(db, panel, asker)}`.execute(db);
  return rows[0] ?? null;
}

/** Those of some ids that the asker sees, held for a change; of deleted ones those deleted since a moment. */
export async function holdRecords(trx: Trx, panel: Panel, asker: Asker, ids: readonly string[], deletedSince: Date | null): Promise<Map<string, StoredRecord>> {
  const state = deletedSince ? sql`r.deleted_at >= ${deletedSince}` : sql`r.deleted_at is null`;
  const { rows } = await sql<StoredRecord>`
    select ${COLUMNS} from record r where r.id = any(${ids.filter(isUuid)}::uuid[]) and ${state} and ${await seen(trx, panel, asker)}
    order by r.id for no key update`.execute(trx);
  return new Map(rows.map((record) => [record.id, record]));
}
