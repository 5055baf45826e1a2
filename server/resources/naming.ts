/** Which profiles name which resources: by the rows of their Configuration tabs. */
import { type RawBuilder, sql } from 'kysely';
import { type ResourceKind, tabs } from '../../lib/catalogue/index.ts';
import type { Db } from '../db/connect.ts';

/** Every id that rows for a kind name, as PostgreSQL finds them in a document; null where no tab lists the kind. */
export function rowIds(kind: ResourceKind, document: string): RawBuilder<string> | null {
  const of = tabs.filter(({ resource, kept }) => resource === kind && kept === 'document').map(({ id }) => id);
  if (of.length === 0) return null;
  const path = of.length === 1 ? `$.configuration."${of[0]}".rows[*].id` : `$.configuration.*.rows[*].id`;
  return sql<string>`jsonb_path_query(${sql.ref(document)}, ${sql.lit(path)}) #>> '{}'`;
}

/** The versions that people are on: the current one of each profile, and those that somebody was left on. */
export const publishedVersions = (accountId: string) => sql`
  select f.id as profile_id, f.current_version as version from profile f
    where f.account_id = ${accountId}::uuid and f.current_version is not null
  union
  select a.profile_id, a.pinned_version from assignment a join profile f on f.id = a.profile_id
    where f.account_id = ${accountId}::uuid and a.pinned_version is not null`;

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The profiles with a published version that names it, by id. */
export async function profilesNaming(db: Db, accountId: string, kind: ResourceKind, resourceId: string): Promise<Named[]> {
  const ids = rowIds(kind, 'pv.document');
  if (!ids) return [];
  const { rows } = await sql<Named>`
    select distinct f.id, f.name from (${publishedVersions(accountId)}) p
      join profile_version pv on pv.profile_id = p.profile_id and pv.version = p.version
      join profile f on f.id = p.profile_id
    where ${resourceId} in (select ${ids}) order by f.id`.execute(db);
  return rows;
}

/** The profiles with a draft that names it, or with a publish to come of one that does. */
export async function draftsNaming(db: Db, accountId: string, kind: ResourceKind, resourceId: string): Promise<Named[]> {
  const ids = rowIds(kind, 'd.document');
  if (!ids) return [];
  const { rows } = await sql<Named>`
    select distinct f.id, f.name from profile f
      join (
        select profile_id, document from profile_draft
        union all
        select profile_id, document from schedule where state = 'waiting' and document is not null
      ) d on d.profile_id = f.id
    where f.account_id = ${accountId}::uuid and ${resourceId} in (select ${ids}) order by f.id`.execute(db);
  return rows;
}
