/** What the life of an interaction asks of the rest of the hub, made once and handed to all that changes one. */
import type { ConnectorEvent } from '../../lib/api/connector.ts';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import type { Trx } from '../db/connect.ts';
import type { Snapshots } from '../session/snapshots.ts';
import type { Interaction } from './change.ts';

export type Recording = Extract<ConnectorEvent, { event: 'recorded' }>;

export interface Engine {
  /** Milliseconds since the epoch. */
  now(): number;
  /** 0 to below 1. */
  random(): number;
  /** How long an offer rings, in milliseconds. */
  readonly ringMs: number;
  /** How long a target of a campaign may be looked at before it is for others, in milliseconds. */
  readonly lookMs: number;
  /** ISO 3166-1 alpha-2: of numbers without a country code; empty where there is none. */
  readonly country: string;
  readonly snapshots: Snapshots;
  /** The active profile of a session; null without one. */
  profileOf(trx: Trx, sessionId: string): Promise<ProfileView | null>;
  /** Hears of each that rings at somebody, and of each that somebody has from now on, with their active profile. */
  readonly onPresented: readonly ((trx: Trx, row: Interaction, view: ProfileView | null) => Promise<void>)[];
  readonly onAccepted: readonly ((trx: Trx, row: Interaction, view: ProfileView | null) => Promise<void>)[];
  /** Hears of each that is closed, in the transaction that closes it. */
  readonly onClosed: readonly ((trx: Trx, row: Interaction) => Promise<void>)[];
  /** Hears of each whom it rang at in vain; `at` in milliseconds since the epoch. */
  readonly onPassedOver: readonly ((trx: Trx, row: Interaction, personId: string, how: 'miss' | 'refuse', at: number) => Promise<void>)[];
  /** Hears of each recording that a connector brings. */
  readonly onRecorded: readonly ((trx: Trx, row: Interaction, recording: Recording) => Promise<void>)[];
}

/** 60 s: time to read who it is, and what was said before. */
export const LOOK_MS = 60_000;

export function createEngine(deps: Omit<Engine, 'profileOf' | 'lookMs'>): Engine {
  return {
    lookMs: LOOK_MS,
    ...deps,
    async profileOf(trx, sessionId) {
      const loaded = await deps.snapshots.loadIn(trx, [sessionId], () => ({ profile: true, person: false, situation: false }));
      return loaded.get(sessionId)?.profile?.active?.view ?? null;
    },
  };
}
