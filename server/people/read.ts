import { sql } from 'kysely';
import type { PersonRecord, PersonSummary } from '../../lib/api/shapes-maker.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import { beyond, nameKey, oneMore, type Page, type PageAsked, pageOf } from '../db/page.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { ProblemError } from '../http/problem-error.ts';

/** `offset 0`: looked up for each, and not in a table made of all sessions. */
const online = sql<boolean>`exists (select from session s where s.person_id = p.id and s.closed_at is null offset 0)`;

/** The profiles of a person `p`, the one at login first; and their teams. With what only some ask for of each. */
const profilesOf = <T>(more: string) => sql<T>`coalesce((
  select json_agg(json_build_object('id', f.id, ${sql.raw(more)}) order by a.at_login desc, lower(f.name))
  from assignment a join profile f on f.id = a.profile_id where a.person_id = p.id), '[]')`;
const teamsOf = <T>(more: string) => sql<T>`coalesce((
  select json_agg(json_build_object('id', t.id, ${sql.raw(more)}) order by lower(t.name))
  from team_member m join team t on t.id = m.team_id where m.person_id = p.id), '[]')`;

export interface PeopleAsked extends PageAsked {
  /** Whether those who are disabled are among them. */
  readonly disabled: boolean;
}

/** People by name. What belongs to each is looked up for those of the page alone: what a page costs, it costs among thousands. */
export async function listPeople(db: Db, accountId: string, scope: Scope, asked: PeopleAsked): Promise<Page<PersonSummary>> {
  const people = db.selectFrom('person').selectAll().select(nameKey.as('key')).where('account_id', '=', accountId).where(inScope('id', scope)).where(beyond(asked));
  const page = (asked.disabled ? people : people.where(sql<boolean>`not disabled`)).orderBy('key').orderBy('id').limit(oneMore(asked));
  const rows = await db
    .selectFrom(page.as('p'))
    .select(['p.key', 'p.id', 'p.name', 'p.email', 'p.licence', 'p.type'])
    .select([
      profilesOf<PersonSummary['profiles']>(`'name', f.name, 'atLogin', a.at_login`).as('profiles'),
      teamsOf<PersonSummary['teams']>(`'name', t.name, 'manages', m.manages`).as('teams'),
      sql<number>`cardinality(p.allow) + cardinality(p.deny)`.as('extras'),
      'p.disabled',
      online.as('online'),
    ])
    .orderBy('p.key')
    .orderBy('p.id')
    .execute();
  return pageOf(['people', accountId], asked, rows, ({ key, ...person }) => person);
}

/** All that one may change about some people, by id. */
export async function personRecords(db: Db, accountId: string, ids: readonly string[]): Promise<Map<string, PersonRecord>> {
  const rows = await db
    .selectFrom('person as p')
    .select(['p.id', 'p.revision', 'p.name', 'p.email', 'p.licence', 'p.type', 'p.allow', 'p.deny', 'p.disabled'])
    .select([
      profilesOf<PersonRecord['profiles']>(`'atLogin', a.at_login, 'score', a.score`).as('profiles'),
      teamsOf<PersonRecord['teams']>(`'manages', m.manages`).as('teams'),
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
