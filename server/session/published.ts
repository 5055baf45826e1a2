import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';
import type { ActiveVersion } from './heads.ts';

/** What is published of a profile, and whose sessions on it stand otherwise. */
export interface Published {
  readonly active: ActiveVersion;
  readonly otherSessionIds: readonly string[];
}

/**
 * For the moment after a publish: what each of these profiles is now, and the open sessions on it that do not have just
 * that, as for a pinned version, for want of an assignment, or since they turned to it after the publish. They are few of
 * thousands, and the others need no name: whoever knows which sessions are on the profile knows who has it. Of one moment.
 * A profile that is archived or has no version is left out: nobody has it.
 */
export async function publishedOf(db: Db, profileIds: readonly string[]): Promise<Published[]> {
  const { rows } = await sql<{ id: string; version: number; published_seq: number; others: string[] }>`
    select f.id, f.current_version as version, f.published_seq, array(
      select s.id from session s left join assignment a on a.person_id = s.person_id and a.profile_id = s.profile_id
      where s.profile_id = f.id and s.closed_at is null
        and (a.person_id is null or a.pinned_version is not null or s.profile_seq > f.published_seq)) as others
    from profile f
    where f.id = any(${profileIds}::uuid[]) and not f.archived and f.current_version is not null`.execute(db);
  return rows.map(({ id, version, published_seq: publishedSeq, others }) => ({ active: { profileId: id, version, publishedSeq }, otherSessionIds: others }));
}
