import type { Db } from '../db/connect.ts';
import { IN_HAND } from '../interactions/in-hand.ts';

/** Of the people with an open session on a profile, those who have an interaction in hand, by person id. */
export async function inInteraction(db: Db, { profileId }: { readonly profileId: string }): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('interaction as i')
    .innerJoin('session as s', 's.id', 'i.session_id')
    .select('s.person_id')
    .distinct()
    .where('s.profile_id', '=', profileId)
    .where('s.closed_at', 'is', null)
    .where(IN_HAND)
    .execute();
  return new Set(rows.map(({ person_id }) => person_id));
}
