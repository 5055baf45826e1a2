/** What the decision reads, taken from what the background says. */
import type { Snapshot } from '../api/snapshot.ts';
import { type ActiveProfile, AT_REST, type NoProfile, type Person, personOf as personReported, type Situation, situationOf as situationReported } from '../decide/index.ts';
import type { ClientState } from '../session/client-state.ts';

/** The active profile of a snapshot, or why there is none. `hubNow` is the hub's clock, in milliseconds. */
export function profileOf(snapshot: Snapshot | null, hubNow: number): ActiveProfile | NoProfile {
  if (!snapshot) return 'none';
  if (hubNow >= snapshot.expiresAt) return 'expired';
  return snapshot.profile.active ?? 'none';
}

export const personOf = ({ person }: Snapshot): Person => personReported(person);

/** Nobody: what is decided while signed out. */
export const NOBODY: Person = { licence: 'essentials', type: 'agent', allow: [], deny: [], accountOptions: [] };

/** The situation at `hubNow`, the hub's clock in milliseconds. @param at the interaction that is meant, where one is */
export function situationOf({ phase, snapshot, pending, connection }: ClientState, hubNow: number, at: string | null = null): Situation {
  const held = phase === 'open' ? snapshot : null;
  const moment = { now: hubNow, pending, connection: phase === 'open' ? connection.state : ('signedOut' as const) };
  return situationReported(held?.situation ?? AT_REST, profileOf(held, hubNow), moment, at);
}
