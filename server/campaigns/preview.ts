/** A target that is offered for a look rings like any other interaction, and is called only once it is accepted. */
import type { Trx } from '../db/connect.ts';
import type { Interaction } from '../interactions/change.ts';
import { abandon, endOffer } from '../interactions/end.ts';
import type { Engine } from '../interactions/engine.ts';

export const isPreview = ({ campaign_id, state }: Interaction): boolean => campaign_id !== null && state === 'ringing';

/**
 * Nobody was called: the target is as it was, for others.
 *
 * @param how `refused`, `missed`: by its person, who is not offered it again for a while
 */
export async function withdraw(trx: Trx, row: Interaction, how: 'refused' | 'missed' | 'givenBack', engine: Engine): Promise<Interaction> {
  await endOffer(trx, row.id, how);
  return abandon(trx, row, engine);
}
