import type { Trx } from '../db/connect.ts';

/** Something is published: what was to end an earlier publish has nothing to end any more. Of a profile that is held. */
export async function overtake(trx: Trx, profileId: string): Promise<void> {
  await trx
    .updateTable('schedule')
    .set({ state: 'overtaken', ended_at: new Date() })
    .where('profile_id', '=', profileId)
    .where('what', '=', 'rollBack')
    .where('state', '=', 'waiting')
    .execute();
}
