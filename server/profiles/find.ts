import { sql } from 'kysely';
import type { ProfileSummary } from '../../lib/api/routes.ts';
import { isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';

/** A profile's own row, as the writes need it. */
export interface ProfileRow {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly current_version: number | null;
  readonly draft_revision: number;
  readonly archived: boolean;
}

const COLUMNS = ['id', 'account_id', 'name', 'current_version', 'draft_revision', 'archived'] as const;

/** @throws {ProblemError} notFound: also for a profile of another account */
export async function findProfile(db: Db, accountId: string, profileId: string): Promise<ProfileRow> {
  if (!isUuid(profileId)) throw new ProblemError('notFound');
  const row = await db.selectFrom('profile').select(COLUMNS).where('id', '=', profileId).where('account_id', '=', accountId).executeTakeFirst();
  if (!row) throw new ProblemError('notFound');
  return row;
}

const LOCKS = { change: sql`for no key update`, delete: sql`for update`, assign: sql`for key share` };

/**
 * The same, held until the transaction ends: writes to one profile come one after another. To change it the lock leaves
 * foreign keys alone, so that it cannot deadlock with a write that holds a person; to delete it nobody may be assigned
 * meanwhile; to assign it others may change it, and nobody delete it.
 */
export async function holdProfile(trx: Trx, accountId: string, profileId: string, to: keyof typeof LOCKS = 'change'): Promise<ProfileRow> {
  if (!isUuid(profileId)) throw new ProblemError('notFound');
  const query = trx.selectFrom('profile').select(COLUMNS).where('id', '=', profileId).where('account_id', '=', accountId);
  const row = await query.modifyEnd(LOCKS[to]).executeTakeFirst();
  if (!row) throw new ProblemError('notFound');
  return row;
}

/** All profiles of an account, or one of them; by name. `online` are those who have it as their active one. */
export async function profileSummaries(db: Db, accountId: string, profileId?: string): Promise<ProfileSummary[]> {
  let query = db
    .selectFrom('profile as p')
    .leftJoin('person as by', 'by.id', 'p.changed_by')
    .where('p.account_id', '=', accountId)
    .select(['p.id', 'p.name', 'p.reference', 'p.current_version', 'p.archived', 'p.changed_at', 'by.name as changed_by'])
    .select([
      sql<number>`(select count(*) from assignment a where a.profile_id = p.id)`.as('people'),
      sql<number>`(select count(*) from session s where s.profile_id = p.id and s.closed_at is null)`.as('online'),
      sql<boolean>`exists (select from profile_draft d where d.profile_id = p.id)`.as('has_draft'),
      sql<Date | null>`(select min(w.at) from schedule w where w.profile_id = p.id and w.state = 'waiting')`.as('due_at'),
    ])
    .orderBy(sql`lower(p.name)`);
  if (profileId !== undefined) query = query.where('p.id', '=', profileId);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    reference: row.reference,
    version: row.current_version,
    people: row.people,
    online: row.online,
    hasDraft: row.has_draft,
    archived: row.archived,
    dueAt: row.due_at?.getTime() ?? null,
    changedAt: row.changed_at.getTime(),
    changedBy: row.changed_by,
  }));
}
