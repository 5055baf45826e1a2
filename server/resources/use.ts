import { sql } from 'kysely';
import type { ResourceWithUse } from '../../lib/api/shapes-maker.ts';
import type { ResourceKind } from '../../lib/catalogue/index.ts';
import type { Db } from '../db/connect.ts';
import { draftsNaming, profilesNaming } from './naming.ts';
import { readResource } from './read.ts';

/** A resource with every profile that names it, by name. @throws {ProblemError} notFound */
export async function readResourceWithUse(db: Db, accountId: string, kind: ResourceKind, id: string): Promise<ResourceWithUse> {
  const resource = await readResource(db, accountId, kind, id);
  const published = await profilesNaming(db, accountId, kind, resource.id);
  const drafted = await draftsNaming(db, accountId, kind, resource.id);
  const all = new Map([...drafted.map((each) => ({ ...each, published: false })), ...published.map((each) => ({ ...each, published: true }))].map((each) => [each.id, each]));
  const online = await onlineOn(db, [...all.keys()]);
  const namedBy = [...all.values()].map((each) => ({ ...each, online: online.get(each.id) ?? 0 }));
  return { ...resource, namedBy: namedBy.toSorted((a, b) => a.name.localeCompare(b.name)) };
}

/** How many have each of the profiles as their active one. */
async function onlineOn(db: Db, profiles: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (profiles.length === 0) return new Map();
  const rows = await db
    .selectFrom('session')
    .select(['profile_id', sql<number>`count(*)`.as('people')])
    .where('profile_id', 'in', profiles)
    .where('closed_at', 'is', null)
    .groupBy('profile_id')
    .execute();
  return new Map(rows.map(({ profile_id, people }) => [profile_id!, people]));
}
