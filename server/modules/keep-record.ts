import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ControlId } from '../../lib/catalogue/index.ts';
import type { Values } from '../../lib/modules/check.ts';
import { panelByModule } from '../../lib/modules/panels.ts';
import { searchWords } from '../../lib/modules/search-words.ts';
import { rowKey } from '../../lib/modules/sort-key.ts';
import type { Panel } from '../../lib/modules/types.ts';
import type { Trx } from '../db/connect.ts';
import { rowsAs } from '../db/rows.ts';

export interface RecordFile {
  readonly name: string;
  /** A media type. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** A row of a module as it is written: values by the ids of the panel's columns. */
export interface NewRecord {
  /** A random one where it is not given; of a row that is there already the whole content is replaced. */
  readonly id?: string;
  readonly accountId: string;
  readonly module: ControlId;
  readonly ownerId?: string | null;
  /** In the panel's tab, where it has one. */
  readonly resourceId?: string | null;
  readonly people?: readonly string[] | null;
  readonly values: Values;
  readonly createdBy?: string | null;
  /** Kept beside what is there already; absent leaves it. */
  readonly file?: RecordFile;
}

/** The order that says nothing of a row. */
export const NO_ORDER = '';

/**
 * Writes a row of a module with all that it is found and ordered by: the one way to do so. Deleted, it is there again.
 *
 * @returns its id
 */
export const keepRecord = async (trx: Trx, record: NewRecord): Promise<string> => (await keepRecords(trx, [record]))[0]!;

/** The same of many, in four statements, each of them once. */
export async function keepRecords(trx: Trx, records: readonly NewRecord[]): Promise<string[]> {
  const rows = records.map(rowOf);
  if (rows.length === 0) return [];
  await sql`
    insert into record (id, account_id, module, owner_id, resource_id, people, "values", words, open_words, tags, created_by)
    select id, account_id, module, owner_id, resource_id, people, "values", array_to_tsvector(words), array_to_tsvector(open_words), tags, created_by
    from ${rowsAs(rows, COLUMNS)}
    on conflict (id) do update set
      owner_id = excluded.owner_id, resource_id = excluded.resource_id, people = excluded.people, "values" = excluded."values",
      words = excluded.words, open_words = excluded.open_words, tags = excluded.tags,
      revision = record.revision + 1, changed_at = now(), deleted_at = null, deleted_by = null`.execute(trx);
  const ids = rows.map(({ id }) => id);
  await sql`delete from record_key where record_id = any(${ids}::uuid[])`.execute(trx);
  await sql`
    insert into record_key (record_id, account_id, module, sort, key)
    select record_id, account_id, module, sort, key
    from ${rowsAs(rows.flatMap(({ keys }) => keys), 'r(record_id uuid, account_id uuid, module text, sort text, key text)')}`.execute(trx);
  const files = records.flatMap(({ file }, n) => (file ? [{ record_id: ids[n]!, ...file }] : []));
  if (files.length > 0) {
    await trx
      .insertInto('record_file')
      .values(files)
      .onConflict((conflict) => conflict.column('record_id').doUpdateSet((e) => ({ name: e.ref('excluded.name'), type: e.ref('excluded.type'), bytes: e.ref('excluded.bytes') })))
      .execute();
  }
  return ids;
}

const COLUMNS =
  'r(id uuid, account_id uuid, module text, owner_id uuid, resource_id uuid, people uuid[], "values" jsonb, words text[], open_words text[], tags text[], created_by uuid)';

function rowOf({ id = randomUUID(), accountId, module, ownerId, resourceId, people, values, createdBy }: NewRecord) {
  const panel = panelByModule.get(module) as Panel;
  const own = { record_id: id, account_id: accountId, module };
  return {
    id,
    account_id: accountId,
    module,
    owner_id: ownerId ?? null,
    resource_id: resourceId ?? null,
    people: people && people.length > 0 ? people : null,
    values,
    words: searchWords(panel, values),
    open_words: searchWords(panel, values, { open: true }),
    tags: panel.columns.flatMap(({ id: column, filters }) => (filters && values[column] != null ? [tagOf(module, column, String(values[column] as string))] : [])),
    created_by: createdBy ?? null,
    keys: [
      { ...own, sort: NO_ORDER, key: '' },
      ...panel.columns.flatMap((column) => (column.sorts ? [{ ...own, sort: column.id, key: rowKey(panel, column, values) }] : [])),
    ],
  };
}

/** What a row is filtered by. */
export const tagOf = (module: string, column: string, value: string): string => `${module} ${column}:${value}`;
