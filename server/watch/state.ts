import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ProfileWatch } from '../../lib/api/routes.ts';
import type { Db } from '../db/connect.ts';
import { profileSummary } from '../profiles/find.ts';
import { receiptsOf } from '../profiles/receipts.ts';
import { inInteraction } from '../session/in-interaction.ts';
import { editorsOf } from './editors.ts';

/** What one sees who looks at a profile; null where there is none. */
export async function watchState(db: Db, accountId: string, profileId: string): Promise<ProfileWatch | null> {
  const summary = await profileSummary(db, accountId, profileId);
  if (!summary) return null;
  const draft = await draftState(db, profileId);
  // Deleted since.
  if (!draft) return null;
  const { counts, receiptsAt } = await receiptCounts(db, profileId, summary.version);
  const state: Omit<ProfileWatch, 'tag'> = {
    summary,
    ...draft,
    editors: await editorsOf(db, profileId),
    receipts: { version: summary.version, counts, pinned: await pinnedOn(db, profileId) },
    receiptsAt,
    now: await onNow(db, profileId),
  };
  return { tag: tagOf(state), ...state };
}

/** The same for the same state, whichever hub says it. */
const tagOf = (state: Omit<ProfileWatch, 'tag'>): string =>
  createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 22);

async function draftState(db: Db, profileId: string): Promise<Pick<ProfileWatch, 'revision' | 'draftChangedBy'> | undefined> {
  return db
    .selectFrom('profile as f')
    .leftJoin('profile_draft as d', 'd.profile_id', 'f.id')
    .leftJoin('person as by', 'by.id', 'd.changed_by')
    .where('f.id', '=', profileId)
    .select(['f.draft_revision as revision', 'by.name as draftChangedBy'])
    .executeTakeFirst();
}

async function receiptCounts(db: Db, profileId: string, version: number | null) {
  const { rows } = await sql<{ state: keyof ProfileWatch['receipts']['counts']; people: number; at: Date }>`
    select r.state, count(*) as people, max(r.at) as at from ${receiptsOf(profileId, version ?? 0)} r group by r.state order by r.state`.execute(db);
  const counts = Object.fromEntries(rows.map(({ state, people }) => [state, people])) as ProfileWatch['receipts']['counts'];
  return { counts, receiptsAt: Math.max(0, ...rows.map(({ at }) => at.getTime())) };
}

async function pinnedOn(db: Db, profileId: string): Promise<ProfileWatch['receipts']['pinned']> {
  const rows = await db
    .selectFrom('assignment as a')
    .innerJoin('profile as f', 'f.id', 'a.profile_id')
    .where('a.profile_id', '=', profileId)
    .where('a.pinned_version', 'is not', null)
    .whereRef('a.pinned_version', '<>', 'f.current_version')
    .groupBy('a.pinned_version')
    .orderBy('a.pinned_version', 'desc')
    .select((e) => ['a.pinned_version as version', e.fn.countAll<number>().as('people')])
    .execute();
  return rows.map(({ version, people }) => ({ version: version!, people }));
}

/** What the open sessions on the profile are doing. */
async function onNow(db: Db, profileId: string): Promise<ProfileWatch['now']> {
  const onIt = db.selectFrom('session as s').where('s.profile_id', '=', profileId).where('s.closed_at', 'is', null);
  const activities = await onIt
    .leftJoin('resource as r', 'r.id', 's.activity_id')
    .groupBy(['s.activity_id', 'r.name'])
    .orderBy(sql`count(*)`, 'desc')
    .orderBy('s.activity_id')
    .select((e) => ['s.activity_id as id', sql<string>`coalesce(r.name, '')`.as('name'), e.fn.countAll<number>().as('people')])
    .execute();
  const flows = await onIt
    .innerJoin('session_flow as w', 'w.session_id', 's.id')
    .where('w.is_on', '=', true)
    .groupBy('w.channel')
    .select((e) => ['w.channel', e.fn.countAll<number>().as('people')])
    .execute();
  return {
    inInteraction: (await inInteraction(db, { profileId })).size,
    activities,
    flows: { voice: 0, email: 0, messages: 0, ...Object.fromEntries(flows.map(({ channel, people }) => [channel, people])) },
  };
}
