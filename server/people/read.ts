import { sql } from 'kysely';
import type { PersonRecord, PersonSummary } from '../../lib/api/shapes-maker.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { ProblemError } from '../http/problem-error.ts';

const online = sql<boolean>`exists (select from session s where s.person_id = p.id and s.closed_at is null)`;

/** People by name, without the disabled unless they are asked for. */
export function listPeople(db: Db, accountId: string, scope: Scope, { disabled }: { readonly disabled: boolean }): Promise<PersonSummary[]> {
  // Each list is made once for all people, and joined: thousands are listed.
  const query = db
    .selectFrom('person as p')
    .leftJoin(
      sql<{ person_id: string; all: PersonSummary['profiles'] }>`(
        select a.person_id, json_agg(json_build_object('id', f.id, 'name', f.name, 'atLogin', a.at_login) order by a.at_login desc, lower(f.name)) as all
        from assignment a join profile f on f.id = a.profile_id where f.account_id = ${accountId}::uuid group by a.person_id)`.as('held'),
      (join) => join.onRef('held.person_id', '=', 'p.id'),
    )
    .leftJoin(
      sql<{ person_id: string; all: PersonSummary['teams'] }>`(
        select m.person_id, json_agg(json_build_object('id', t.id, 'name', t.name, 'manages', m.manages) order by lower(t.name)) as all
        from team_member m join team t on t.id = m.team_id where t.account_id = ${accountId}::uuid group by m.person_id)`.as('of'),
      (join) => join.onRef('of.person_id', '=', 'p.id'),
    )
    .select(['p.id', 'p.name', 'p.email', 'p.licence', 'p.type'])
    .select([
      sql<PersonSummary['profiles']>`coalesce(held.all, '[]')`.as('profiles'),
      sql<PersonSummary['teams']>`coalesce("of".all, '[]')`.as('teams'),
      sql<number>`cardinality(p.allow) + cardinality(p.deny)`.as('extras'),
      'p.disabled',
      online.as('online'),
    ])
    .where('p.account_id', '=', accountId)
    .where(inScope('p.id', scope))
    .orderBy(sql`lower(p.name)`)
    .orderBy('p.id');
  return (disabled ? query : query.where('p.disabled', '=', false)).execute();
}

/** All that one may change about some people, by id. */
export async function personRecords(db: Db, accountId: string, ids: readonly string[]): Promise<Map<string, PersonRecord>> {
  const rows = await db
    .selectFrom('person as p')
    .select(['p.id', 'p.revision', 'p.name', 'p.email', 'p.licence', 'p.type', 'p.allow', 'p.deny', 'p.disabled'])
    .select([
      sql<PersonRecord['profiles']>`coalesce((
        select json_agg(json_build_object('id', f.id, 'atLogin', a.at_login, 'score', a.score) order by a.at_login desc, lower(f.name))
        from assignment a join profile f on f.id = a.profile_id where a.person_id = p.id), '[]')`.as('profiles'),
      sql<PersonRecord['teams']>`coalesce((
        select json_agg(json_build_object('id', t.id, 'manages', m.manages) order by lower(t.name))
        from team_member m join team t on t.id = m.team_id where m.person_id = p.id), '[]')`.as('teams'),
      online.as('online'),
    ])
    .where('p.account_id', '=', accountId)
    .where('p.id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** @throws {ProblemError} notFound: also for somebody of another account, or out of one's sight */
export async function readPerson(db: Db, accountId: string, scope: Scope, id: string): Promise<PersonRecord> {
  const seen = isUuid(id) && (scope === 'all' || scope.has(id));
  const record = seen ? (await personRecords(db, accountId, [id])).get(id.toLowerCase()) : undefined;
  if (!record) throw new ProblemError('notFound');
  return record;
}
