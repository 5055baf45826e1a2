import { sql } from 'kysely';
import type { TeamRecord } from '../../lib/api/shapes-maker.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { ProblemError } from '../http/problem-error.ts';

const teams = (db: Db, accountId: string) =>
  db
    .selectFrom('team as t')
    .select(['t.id', 't.revision', 't.name', 't.note'])
    .select(
      sql<TeamRecord['members']>`coalesce((
        select json_agg(json_build_object('personId', p.id, 'manages', m.manages) order by m.manages desc, lower(p.name))
        from team_member m join person p on p.id = m.person_id where m.team_id = t.id), '[]')`.as('members'),
    )
    .where('t.account_id', '=', accountId)
    .orderBy(sql`lower(t.name)`);

export const listTeams = (db: Db, accountId: string, scope: Scope): Promise<TeamRecord[]> =>
  teams(db, accountId).where(inScope('t.id', scope)).execute();

/** @throws {ProblemError} notFound */
export async function readTeam(db: Db, accountId: string, id: string): Promise<TeamRecord> {
  const row = isUuid(id) ? await teams(db, accountId).where('t.id', '=', id).executeTakeFirst() : undefined;
  if (!row) throw new ProblemError('notFound');
  return row;
}
