import type { HubMessage } from '../../lib/api/live.ts';
import type { Seqs } from '../session/heads.ts';
import type { Entry } from './entry.ts';
import type { LinkDependencies } from './live.ts';
import { DocumentOutbox, type Outbox, type Pipe } from './outbox.ts';

export type ByeCode = Extract<HubMessage, { type: 'bye' }>['code'];
export type Transport = 'webSocket' | 'events';

/** One client's open live link, whatever carries it: what waits to be sent to it, and how new what was sent is. */
export interface Link extends Outbox {
  readonly transport: Transport;
  readonly sessionId: string;
  readonly personId: string;
  /** When the token runs out; milliseconds since the epoch. */
  expiresAt: number;
  /** When something was last heard; as `beatAt`, by the hub's `elapsed`. */
  heardAt: number;
  /** When it has to hear a beat. Links come at different moments, so that not all are due at once. */
  beatAt: number;
  /** How new what was sent of each document is; -1 for nothing. Written in place: new ones for thousands at once would be work for the collector. */
  readonly sent: { -readonly [P in keyof Seqs]: Seqs[P] };
  /** Not welcomed yet: nothing else may be sent. */
  opening: boolean;
  /** Something changed while it was opening. */
  missed: boolean;
  /** The profile that its session is on; `Links.turn` sets it. */
  profileId: string | null;
  /** Says goodbye and closes. */
  bye(code: ByeCode, retryAfterMs?: number): void;
  /** Closes at once, saying nothing. */
  cut(): void;
  /** Closes for a message that should not have come. */
  breach(): void;
}

/** What carries a link. */
export interface Carrier extends Pipe, Pick<Link, 'transport' | 'bye' | 'cut' | 'breach'> {}

/** A new link for a session, to be opened by the pusher. */
export const createLink = (deps: Pick<LinkDependencies, 'outboxRules' | 'elapsed' | 'timing'>, entry: Extract<Entry, { ok: true }>, carrier: Carrier): Link =>
  new CarriedLink(deps, entry, carrier);

/** A class, and one object with its outbox, since there are thousands. */
class CarriedLink extends DocumentOutbox implements Link {
  readonly #carrier: Carrier;
  readonly sessionId: string;
  readonly personId: string;
  expiresAt: number;
  heardAt: number;
  beatAt: number;
  readonly sent = { profile: -1, person: -1, situation: -1 };
  opening = true;
  missed = false;
  profileId: string | null = null;

  constructor({ outboxRules, elapsed, timing }: Pick<LinkDependencies, 'outboxRules' | 'elapsed' | 'timing'>, { who, sessionId }: Extract<Entry, { ok: true }>, carrier: Carrier) {
    super(carrier, outboxRules);
    this.#carrier = carrier;
    this.sessionId = sessionId;
    this.personId = who.personId;
    this.expiresAt = who.expiresAt;
    this.heardAt = elapsed();
    this.beatAt = this.heardAt + timing.beatMs;
  }

  get transport(): Transport {
    return this.#carrier.transport;
  }
  bye(code: ByeCode, retryAfterMs?: number): void {
    this.#carrier.bye(code, retryAfterMs);
  }
  cut(): void {
    this.#carrier.cut();
  }
  breach(): void {
    this.#carrier.breach();
  }
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
  const byPerson: Index = new Map();
  const byProfile: Index = new Map();

  const remove = (link: Link) => {
    if (bySession.get(link.sessionId) === link) bySession.delete(link.sessionId);
    drop(byPerson, link.personId, link);
    turn(link, null);
  };
  const turn = (link: Link, profileId: string | null) => {
    if (link.profileId === profileId) return;
    if (link.profileId !== null) drop(byProfile, link.profileId, link);
    // The same text for all who are on it, not one that each read of the database made.
    const [other] = profileId === null ? [] : allOf(byProfile, profileId);
    link.profileId = other?.profileId ?? profileId;
    if (profileId !== null) put(byProfile, profileId, link);
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
    ofPerson: (personId) => allOf(byPerson, personId),
    ofProfile: (profileId) => allOf(byProfile, profileId),
    count(transport) {
      return [...bySession.values()].filter((link) => link.transport === transport).length;
    },
    [Symbol.iterator]: () => bySession.values(),
  };
}

/** A person has one link nearly always: a set for each would weigh more than the link's own fields. */
type Index = Map<string, Link | Set<Link>>;

function allOf(index: Index, key: string): Iterable<Link> {
  const found = index.get(key);
  if (found === undefined) return [];
  return found instanceof Set ? found : [found];
}

function put(index: Index, key: string, link: Link): void {
  const found = index.get(key);
  if (found instanceof Set) found.add(link);
  else index.set(key, found === undefined || found === link ? link : new Set([found, link]));
}

function drop(index: Index, key: string, link: Link): void {
  const found = index.get(key);
  if (found instanceof Set) found.delete(link);
  if (found === link || (found instanceof Set && found.size === 0)) index.delete(key);
}
