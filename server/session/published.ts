import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';
import type { ActiveVersion } from './heads.ts';

/** What is published of a profile, and whose sessions have just that. */
export interface Published {
  readonly active: ActiveVersion;
  readonly sessionIds: readonly string[];
}

/**
 * For the moment after a publish: the open sessions that are on one of these profiles, are given its current version, and
 * have turned to it no later than it was published. Of one moment and in one row a profile, since there are thousands.
 * Whoever stands otherwise, as on a pinned version or without being assigned any more, is left out.
 */
export async function publishedOf(db: Db, profileIds: readonly string[]): Promise<Published[]> {
  const rows = await db
    .selectFrom('profile as f')
    .innerJoin('session as s', (join) => join.onRef('s.profile_id', '=', 'f.id').on('s.closed_at', 'is', null).onRef('s.profile_seq', '<=', 'f.published_seq'))
    .innerJoin('assignment as a', (join) => join.onRef('a.person_id', '=', 's.person_id').onRef('a.profile_id', '=', 'f.id').on('a.pinned_version', 'is', null))
    .where('f.id', '=', sql<string>`any(${profileIds}::uuid[])`)
    .where('f.archived', '=', false)
    .groupBy('f.id')
    .select(['f.id', 'f.current_version', 'f.published_seq', sql<string>`string_agg(s.id::text, ' ')`.as('sessions')])
    .execute();
  return rows.flatMap(({ id, current_version: version, published_seq: publishedSeq, sessions }) =>
    version === null ? [] : [{ active: { profileId: id, version, publishedSeq }, sessionIds: sessions.split(' ') }],
  );
}
