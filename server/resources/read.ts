import { sql } from 'kysely';
import type { ResourceRecord } from '../../lib/api/shapes-maker.ts';
import { RESOURCE_KINDS, type ResourceKind } from '../../lib/catalogue/index.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { ProblemError } from '../http/problem-error.ts';
import { publishedVersions, rowIds } from './naming.ts';

/** @throws {ProblemError} notFound: there is no such kind */
export function kindOf(kind: string): ResourceKind {
  if (!(RESOURCE_KINDS as readonly string[]).includes(kind)) throw new ProblemError('notFound', { detail: 'There is no such kind of resource.' });
  return kind as ResourceKind;
}

/** Resources of a kind, by name; those that are archived only where asked for. */
export async function listResources(
  db: Db,
  accountId: string,
  kind: ResourceKind,
  scope: Scope,
  { archived }: { readonly archived: boolean },
): Promise<ResourceRecord[]> {
  if (kind === 'person') return people(db, accountId, scope, archived);
  if (kind === 'team') return teams(db, accountId, scope);
  const query = resources(db, accountId, kind).where(inScope('r.id', scope));
  return (archived ? query : query.where('r.archived', '=', false)).execute();
}

/** @throws {ProblemError} notFound */
export async function readResource(db: Db, accountId: string, kind: ResourceKind, id: string): Promise<ResourceRecord> {
  const row = isUuid(id) ? await resources(db, accountId, kind).where('r.id', '=', id).executeTakeFirst() : undefined;
  if (!row) throw new ProblemError('notFound');
  return row;
}

function resources(db: Db, accountId: string, kind: ResourceKind) {
  const ids = rowIds(kind, 'pv.document');
  // Counted once for the whole kind: five hundred queues stand in fifty documents.
  const named = ids
    ? sql<{ id: string; count: number }>`(
        select n.id, count(distinct n.profile_id) as count from (
          select p.profile_id, ${ids} as id from (${publishedVersions(accountId)}) p
            join profile_version pv on pv.profile_id = p.profile_id and pv.version = p.version
        ) n group by n.id)`
    : sql<{ id: string; count: number }>`(select null::text as id, 0::bigint as count where false)`;
  return db
    .selectFrom('resource as r')
    .leftJoin(named.as('named'), (join) => join.on(sql`named.id`, '=', sql`r.id::text`))
    .select(['r.id', 'r.kind', 'r.name', 'r.attributes', 'r.archived', 'r.revision', sql<number>`coalesce(named.count, 0)`.as('profiles')])
    .where('r.account_id', '=', accountId)
    .where('r.kind', '=', kind)
    .orderBy(sql`lower(r.name)`)
    .orderBy('r.id');
}

/** People as what a row points to: who is disabled counts as archived. */
async function people(db: Db, accountId: string, scope: Scope, archived: boolean): Promise<ResourceRecord[]> {
  let query = db
    .selectFrom('person as p')
    .select(['p.id', 'p.name', 'p.type', 'p.licence', 'p.disabled', 'p.revision'])
    .select(sql<number>`(select count(*) from assignment a where a.person_id = p.id)`.as('profiles'))
    .where('p.account_id', '=', accountId)
    .where(inScope('p.id', scope))
    .orderBy(sql`lower(p.name)`);
  if (!archived) query = query.where('p.disabled', '=', false);
  const rows = await query.execute();
  return rows.map(({ id, name, type, licence, disabled, revision, profiles }) => ({
    id,
    kind: 'person',
    name,
    attributes: { type, licence },
    archived: disabled,
    revision,
    profiles,
  }));
}

async function teams(db: Db, accountId: string, scope: Scope): Promise<ResourceRecord[]> {
  const rows = await db
    .selectFrom('team as t')
    .select(['t.id', 't.name', 't.note', 't.revision'])
    .where('t.account_id', '=', accountId)
    .where(inScope('t.id', scope))
    .orderBy(sql`lower(t.name)`)
    .execute();
  return rows.map(({ id, name, note, revision }) => ({ id, kind: 'team', name, attributes: { note }, archived: false, revision, profiles: 0 }));
}
