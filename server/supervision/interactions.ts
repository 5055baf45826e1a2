import type { SituationPart } from '../../lib/api/snapshot.ts';
import type { WatchedInteraction } from '../../lib/api/shapes-supervision.ts';
import { interactionAtHand } from '../../lib/decide/index.ts';

/** What a supervisor sees of what somebody has in hand: the live one, else the one offered, else the one in wrap-up. */
export function watchedInteraction({ interactions }: Pick<SituationPart, 'interactions'>, supervisorId: string): WatchedInteraction | null {
  const one = interactionAtHand(interactions);
  if (!one) return null;
  const { channel, phase, since, queue, recording, autoRecorded, listeners = [] } = one;
  return { channel, phase, since, queue: queue?.name ?? null, recording, autoRecorded, listening: listeners.some(({ id }) => id === supervisorId) };
}
