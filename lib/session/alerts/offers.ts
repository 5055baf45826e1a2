/** What there is to tell of offers, pure: which began and which ended between two states. */
import type { InteractionView } from '../../api/interaction.ts';
import type { ClientState } from '../client-state.ts';

/** Those that ring in an open session, by id. */
export const offersOf = ({ phase, snapshot }: Pick<ClientState, 'phase' | 'snapshot'>): ReadonlyMap<string, InteractionView> =>
  new Map(
    (phase === 'open' ? (snapshot?.situation.interactions ?? []) : []).filter((each) => each.phase === 'offered').map((each) => [each.id, each]),
  );

/** What a shortcut is for: the first offer, or the call on the line. */
export function meantBy(command: string, { phase, snapshot }: Pick<ClientState, 'phase' | 'snapshot'>): { readonly control: 'offer.accept' | 'int.hangup'; readonly interactionId: string } | null {
  const all = phase === 'open' ? (snapshot?.situation.interactions ?? []) : [];
  if (command === 'accept-offer') {
    const offer = all.find((each) => each.phase === 'offered');
    return offer ? { control: 'offer.accept', interactionId: offer.id } : null;
  }
  // Of mails and messages none is "the" one: they are closed on their card.
  const call = command === 'hang-up' ? all.find((each) => each.channel === 'voice' && each.phase === 'live') : undefined;
  return call ? { control: 'int.hangup', interactionId: call.id } : null;
}

/** Remembers the last few things that were done once. */
export function createOnce(most = 200): (key: string) => boolean {
  const done = new Set<string>();
  return (key) => {
    if (done.has(key)) return false;
    done.add(key);
    if (done.size > most) done.delete(done.values().next().value!);
    return true;
  };
}
