import { sql } from 'kysely';
import type { ProfileWatch } from '../../lib/api/routes.ts';
import type { Db } from '../db/connect.ts';

export type Presence = 'reading' | 'editing' | 'leaving';

/** Who was not heard of for so long is not here any more: some three polls missed. */
const HERE_SEC = 30;

/** Somebody says that they have the profile open, as they do again every few seconds, or that they close it. */
export async function noteEditor(db: Db, profileId: string, personId: string, presence: Presence): Promise<void> {
  if (presence === 'leaving') {
    await db.deleteFrom('profile_editor').where('profile_id', '=', profileId).where('person_id', '=', personId).execute();
    return;
  }
  await sql`
    insert into profile_editor (profile_id, person_id, editing) values (${profileId}::uuid, ${personId}::uuid, ${presence === 'editing'})
    on conflict (profile_id, person_id) do update set
      editing = excluded.editing,
      seen_at = now(),
      since = case when profile_editor.seen_at < now() - make_interval(secs => ${HERE_SEC}) then now() else profile_editor.since end`.execute(db);
}

/** Who has the profile open, the first to come first. */
export async function editorsOf(db: Db, profileId: string): Promise<ProfileWatch['editors']> {
  const rows = await db
    .selectFrom('profile_editor as e')
    .innerJoin('person as p', 'p.id', 'e.person_id')
    .where('e.profile_id', '=', profileId)
    .where('e.seen_at', '>', sql<Date>`now() - make_interval(secs => ${HERE_SEC})`)
    .select(['e.person_id as personId', 'p.name', 'e.editing', 'e.since'])
    .orderBy('e.since')
    .orderBy('e.person_id')
    .execute();
  return rows.map((row) => ({ ...row, since: row.since.getTime() }));
}
