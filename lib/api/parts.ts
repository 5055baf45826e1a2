/** The documents that a snapshot is made of. Apart from their schemas, which a banner page does not carry. */
import type { Snapshot } from './snapshot.ts';

export const PARTS = ['profile', 'person', 'situation'] as const satisfies readonly (keyof Snapshot)[];
export type Part = (typeof PARTS)[number];
