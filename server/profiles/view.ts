import { sql } from 'kysely';
import { type Resources, type ResourceSummary, rowsOf, tabs } from '../../lib/catalogue/index.ts';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import { isForHub } from '../../lib/interaction/custom-button.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';

/** A version of a profile as it is sent: with the resources that its rows name. Null where there is no such version. */
export async function loadProfileView(db: Db, profileId: string, version: number): Promise<ProfileView | null> {
  const row = await db
    .selectFrom('profile_version as pv')
    .innerJoin('profile as p', 'p.id', 'pv.profile_id')
    .select(['p.id', 'p.account_id', 'pv.version', 'pv.document', 'pv.published_at', 'p.name'])
    .where('pv.profile_id', '=', profileId)
    .where('pv.version', '=', version)
    .executeTakeFirst();
  if (!row) return null;
  const resources = await loadResources(db, row.account_id, row.document);
  const name = row.document.settings['general.name'] ?? row.name;
  return { id: row.id, name, version, publishedAt: row.published_at.getTime(), document: row.document, resources };
}

/** The resources that the rows of a document name and that there are in the account, by id; without the archived. */
export async function loadResources(db: Db, accountId: string, document: ProfileDocument): Promise<Record<string, ResourceSummary>> {
  const wanted = new Set(tabs.flatMap(({ id }) => rowsOf(document, id).map((row) => row.id)).filter(isUuid));
  if (wanted.size === 0) return {};
  const rows = await db
    .selectFrom('resource')
    .select(['id', 'kind', 'name', 'attributes'])
    .where('account_id', '=', accountId)
    .where('archived', '=', false)
    .where('id', '=', sql<string>`any(${[...wanted]}::uuid[])`)
    .execute();
  return Object.fromEntries(rows.map((row) => [row.id, told(row)])) satisfies Resources;
}

/** What the hub does for a button it does by what it knows itself: the address of a web service may be one that opens doors. */
function told(resource: ResourceSummary): ResourceSummary {
  if (resource.kind !== 'customButton' || !isForHub(resource)) return resource;
  const { target: _, ...attributes } = resource.attributes;
  return { ...resource, attributes };
}
