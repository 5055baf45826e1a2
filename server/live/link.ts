import type { HubMessage } from '../../lib/api/live.ts';
import type { Seqs } from '../session/heads.ts';
import type { Entry } from './entry.ts';
import type { LinkDependencies } from './live.ts';
import { snapshotMessage } from './message.ts';
import { createOutbox, type Outbox, type Pipe } from './outbox.ts';
import { BUFFER_CAP_BYTES } from './timing.ts';

export type ByeCode = Extract<HubMessage, { type: 'bye' }>['code'];
export type Transport = 'webSocket' | 'events';

/** One client's open live link, whatever carries it. */
export interface Link {
  readonly transport: Transport;
  readonly sessionId: string;
  readonly personId: string;
  readonly outbox: Outbox;
  /** When the token runs out; milliseconds since the epoch. */
  expiresAt: number;
  /** When something was last heard. */
  heardAt: number;
  /** When it has to hear a beat. Links come at different moments, so that not all are due at once. */
  beatAt: number;
  /** How new what was sent of each document is; -1 for nothing. */
  sent: Seqs;
  /** Not welcomed yet: nothing else may be sent. */
  opening: boolean;
  /** Something changed while it was opening. */
  missed: boolean;
  /** Says goodbye and closes. */
  bye(code: ByeCode, retryAfterMs?: number): void;
  /** Closes at once, saying nothing. */
  cut(): void;
  /** Closes for a message that should not have come. */
  breach(): void;
}

/** What carries a link. */
export interface Carrier extends Pick<Link, 'transport' | 'bye' | 'cut' | 'breach'> {
  readonly pipe: Pipe;
  /** Calls back whenever the pipe has drained. */
  onDrain(drained: () => void): void;
}

/** A new link for a session, to be opened by the pusher. */
export function createLink(
  { envelope, now, timing }: Pick<LinkDependencies, 'envelope' | 'now' | 'timing'>,
  { who, sessionId }: Extract<Entry, { ok: true }>,
  { pipe, onDrain, ...carrier }: Carrier,
): Link {
  const outbox = createOutbox({ pipe, capBytes: BUFFER_CAP_BYTES, wrap: (parts) => snapshotMessage(envelope(), parts), now });
  onDrain(outbox.drained);
  return {
    ...carrier,
    sessionId,
    personId: who.personId,
    outbox,
    expiresAt: who.expiresAt,
    heardAt: now(),
    beatAt: now() + timing.beatMs,
    sent: { profile: -1, person: -1, situation: -1 },
    opening: true,
    missed: false,
  };
}

export interface Links extends Iterable<Link> {
  readonly size: number;
  /** Adds a link. One that its session has already gives way: the newest wins. */
  add(link: Link): void;
  remove(link: Link): void;
  /** Which profile the link's session is on. */
  turn(link: Link, profileId: string | null): void;
  ofSession(sessionId: string): Iterable<Link>;
  ofPerson(personId: string): Iterable<Link>;
  ofProfile(profileId: string): Iterable<Link>;
  count(transport: Transport): number;
}

export function createLinks(): Links {
  const bySession = new Map<string, Link>();
  const byPerson = new Map<string, Set<Link>>();
  const byProfile = new Map<string, Set<Link>>();
  const profiles = new Map<Link, string>();

  const remove = (link: Link) => {
    if (bySession.get(link.sessionId) === link) bySession.delete(link.sessionId);
    drop(byPerson, link.personId, link);
    turn(link, null);
  };
  const turn = (link: Link, profileId: string | null) => {
    const before = profiles.get(link) ?? null;
    if (before === profileId) return;
    if (before !== null) drop(byProfile, before, link);
    profiles.delete(link);
    if (profileId === null) return;
    profiles.set(link, profileId);
    put(byProfile, profileId, link);
  };
  return {
    get size() {
      return bySession.size;
    },
    add(link) {
      const older = bySession.get(link.sessionId);
      if (older) {
        remove(older);
        older.cut();
      }
      bySession.set(link.sessionId, link);
      put(byPerson, link.personId, link);
    },
    remove,
    turn(link, profileId) {
      // One that has gone meanwhile must not come back by the back door.
      if (bySession.get(link.sessionId) === link) turn(link, profileId);
    },
    *ofSession(sessionId) {
      const link = bySession.get(sessionId);
      if (link) yield link;
    },
    ofPerson: (personId) => byPerson.get(personId) ?? [],
    ofProfile: (profileId) => byProfile.get(profileId) ?? [],
    count(transport) {
      return [...bySession.values()].filter((link) => link.transport === transport).length;
    },
    [Symbol.iterator]: () => bySession.values(),
  };
}

function put(index: Map<string, Set<Link>>, key: string, link: Link): void {
  const set = index.get(key);
  if (set) set.add(link);
  else index.set(key, new Set([link]));
}

function drop(index: Map<string, Set<Link>>, key: string, link: Link): void {
  const set = index.get(key);
  set?.delete(link);
  if (set?.size === 0) index.delete(key);
}
