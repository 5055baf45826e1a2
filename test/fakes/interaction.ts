import type { InteractionView } from '../../lib/api/interaction.ts';
import { exampleInteraction } from '../../lib/interaction/example.ts';

/** A live call from a queue, as the hub tells it; what a test is about is said. */
export const anInteraction = (is: Partial<InteractionView> = {}): InteractionView =>
  exampleInteraction({
    id: 'i1',
    queue: { id: 'q1', name: 'Motor claims' },
    customer: { name: 'Hélène Garnier', address: '+33612345678', masked: false, reference: '20418', language: 'fr' },
    subject: 'Accident',
    offeredAt: 1_000_000,
    since: 1_000_000,
    connectedAt: 1_000_000,
    ...is,
  });
