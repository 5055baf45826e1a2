import { type RawBuilder, sql } from 'kysely';

/** Whether somebody has the interaction `i`: accepted, and not closed yet. */
export const IN_HAND: RawBuilder<boolean> = sql<boolean>`i.state not in ('offered', 'ringing', 'closed')`;
