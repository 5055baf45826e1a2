import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import type { ProfileSummary } from '../../lib/api/routes.ts';
import { isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { beyond, nameKey, oneMore, type Page, type PageAsked, pageOf } from '../db/page.ts';
import type { Database } from '../db/schema.ts';
import { inScope, type Scope } from '../db/scope.ts';
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

/** @returns undefined where the account has no such profile */
export async function profileSummary(db: Db, accountId: string, profileId: string): Promise<ProfileSummary | undefined> {
  const one = db.selectFrom('profile').selectAll().select(nameKey.as('key')).where('id', '=', profileId).where('account_id', '=', accountId);
  const [row] = await summariesOf(db, one);
  return row && summaryIn(row);
}

/** Profiles by name. What belongs to each is counted for those of the page alone. */
export async function listProfiles(db: Db, accountId: string, scope: Scope, asked: PageAsked): Promise<Page<ProfileSummary>> {
  const profiles = db.selectFrom('profile').selectAll().select(nameKey.as('key')).where('account_id', '=', accountId).where(inScope('id', scope)).where(beyond(asked));
  const rows = await summariesOf(db, profiles.orderBy('key').orderBy('id').limit(oneMore(asked)));
  return pageOf(['profiles', accountId], asked, rows, summaryIn);
}

type Keyed = Selectable<Database['profile']> & { key: string };
type SummaryRow = Awaited<ReturnType<typeof summariesOf>>[number];

/** By name. `online` are those who have it as their active one. `offset 0`: looked up for each, and not in a table made of all drafts. */
const summariesOf = (db: Db, profiles: SelectQueryBuilder<Database, 'profile', Keyed>) =>
  db
    .selectFrom(profiles.as('p'))
    .leftJoin('person as by', 'by.id', 'p.changed_by')
    .select(['p.key', 'p.id', 'p.name', 'p.reference', 'p.current_version', 'p.archived', 'p.changed_at', 'by.name as changed_by'])
    .select([
      sql<number>`(select count(*) from assignment a where a.profile_id = p.id)`.as('people'),
      sql<number>`(select count(*) from session s where s.profile_id = p.id and s.closed_at is null)`.as('online'),
      sql<boolean>`exists (select from profile_draft d where d.profile_id = p.id offset 0)`.as('has_draft'),
      sql<Date | null>`(select min(w.at) from schedule w where w.profile_id = p.id and w.state = 'waiting')`.as('due_at'),
    ])
    .orderBy('p.key')
    .orderBy('p.id')
    .execute();

const summaryIn = (row: SummaryRow): ProfileSummary => ({
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
});
