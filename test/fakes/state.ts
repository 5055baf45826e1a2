import type { Snapshot } from '../../lib/api/snapshot.ts';
import { emptyDocument } from '../../lib/profile/schema.ts';
import type { ClientState } from '../../lib/session/client-state.ts';

interface Seqs {
  readonly epoch?: number;
  readonly profile?: number;
  readonly person?: number;
  readonly situation?: number;
  readonly version?: number;
  readonly now?: number;
  readonly expiresAt?: number;
  readonly sessionId?: string;
  readonly profileId?: string;
  readonly voice?: boolean;
}

const NOW = 1_800_000_000_000;

/** A whole snapshot as the hub would say it, with what matters to a test set. */
export function aSnapshot(is: Seqs = {}): Snapshot {
  const { epoch = 1, profile = 10, person = 10, situation = 10, version = 1, now = NOW, sessionId = 's1' } = is;
  const { profileId = 'p1', expiresAt = now + 3_600_000, voice = true } = is;
  const flow = { on: false, forced: null };
  return {
    epoch,
    now,
    expiresAt,
    profile: {
      seq: profile,
      active: {
        id: profileId,
        name: 'Inbound',
        version,
        publishedAt: NOW,
        document: emptyDocument('Inbound'),
        resources: {},
      },
    },
    person: {
      seq: person,
      id: 'ana',
      name: 'Ana Ruiz',
      email: 'ana@example.com',
      licence: 'smart',
      type: 'agent',
      allow: [],
      deny: [],
      account: { id: 'a1', name: 'Insurer', options: [] },
      profiles: [{ id: 'p1', name: 'Inbound', atLogin: true }],
    },
    situation: {
      seq: situation,
      sessionId,
      status: 'connected',
      activity: null,
      flows: { voice: { on: voice, forced: null }, email: flow, messages: flow },
      pauses: { inboundUntil: 0, outboundUntil: 0 },
      interactions: [],
      next: null,
      leases: [],
    },
  };
}

export const aState = (is: Partial<ClientState> = {}): ClientState => ({
  hub: 'http://127.0.0.1:7420',
  phase: 'open',
  ended: null,
  elsewhere: null,
  problem: null,
  connection: { state: 'live', since: NOW, asOf: NOW, nextTryAt: null },
  snapshot: aSnapshot(),
  confirmed: true,
  clockOffset: 0,
  pending: [],
  ...is,
});
