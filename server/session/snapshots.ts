import type { PersonPart, Snapshot, SituationPart } from '../../lib/api/snapshot.ts';
import type { Db, Trx } from '../db/connect.ts';
import { readable } from '../interactions/readable.ts';
import { type Head, headsOf, type Seqs } from './heads.ts';
import { headsWithParts, personParts, situationParts } from './parts.ts';
import { publishedOf } from './published.ts';
import type { CachedView, Views } from './views.ts';

export interface LoadedProfile {
  readonly seq: number;
  readonly active: CachedView | null;
}

/** The documents of a session that were asked for, all of one moment. */
export interface Loaded {
  readonly head: Head;
  readonly profile: LoadedProfile | null;
  readonly person: PersonPart | null;
  readonly situation: SituationPart | null;
}

/** A profile as it is published now, for all whose sessions are on it but those named. */
export interface PublishedProfile {
  readonly profile: LoadedProfile;
  readonly notFor: ReadonlySet<string>;
}

/** Which documents of a session to load. */
export type Wanted = Readonly<Record<keyof Seqs, boolean>>;

export interface Snapshots {
  readonly epoch: number;
  /** The newest moment after which what is sent now may not be shown. Milliseconds since the epoch. */
  expiresAt(): number;
  /** Documents of some sessions, all of them where nothing is said, in one read-only transaction: what changed together is loaded together. */
  load(sessionIds: readonly string[], wanted?: (head: Head) => Wanted): Promise<Map<string, Loaded>>;
  /** After a publish: by profile, what all sessions on it have now, but for some that are to be loaded. Left out where nobody has it. */
  published(profileIds: readonly string[]): Promise<ReadonlyMap<string, PublishedProfile>>;
  /** The same within a transaction that has the session locked. */
  loadIn(trx: Db | Trx, sessionIds: readonly string[], wanted?: (head: Head) => Wanted): Promise<Map<string, Loaded>>;
  /** All of a session as it is now, after a change in the same transaction: who one is only where that is another. */
  again(trx: Trx, before: Loaded): Promise<Loaded | null>;
  /** Null where there is no such session. */
  head(db: Db, sessionId: string): Promise<Head | null>;
  whole(loaded: Loaded): Snapshot;
  /** Strong: the same only while no document has changed and what was sent is far from its expiry. */
  etag(head: Head): string;
}

/** @param ttlMs how long a snapshot may be shown without the hub's word */
export function createSnapshots(deps: {
  readonly db: Db;
  readonly views: Views;
  readonly epoch: number;
  readonly ttlMs: number;
  readonly now: () => number;
  /** ISO 3166-1 alpha-2: whose numbers are shown the national way; empty for none. */
  readonly country: string;
}): Snapshots {
  const { db, views, epoch, ttlMs, now, country } = deps;
  const profileOf = async (from: Db | Trx, { active, seqs }: Head): Promise<LoadedProfile> => ({ seq: seqs.profile, active: active ? await views.of(from, active) : null });
  const wholesIn = async (from: Db | Trx, sessionIds: readonly string[], withPeople: boolean): Promise<Map<string, Loaded>> => {
    const loaded = new Map<string, Loaded>();
    for (const { head, person, situation } of await headsWithParts(from, sessionIds, withPeople)) {
      loaded.set(head.sessionId, { head, profile: await profileOf(from, head), person, situation: shownTo(situation, country) });
    }
    return loaded;
  };
  const loadIn: Snapshots['loadIn'] = async (trx, sessionIds, wanted) => {
    if (!wanted) return wholesIn(trx, sessionIds, true);
    const heads = await headsOf(trx, sessionIds);
    const wants = new Map(heads.map((head) => [head, wanted(head)]));
    const having = (part: keyof Seqs) => heads.filter((head) => wants.get(head)?.[part]);
    const personIds = [...new Set(having('person').map((head) => head.personId))];
    const situationIds = having('situation').map((head) => head.sessionId);
    const people = personIds.length > 0 ? await personParts(trx, personIds) : null;
    const situations = situationIds.length > 0 ? await situationParts(trx, situationIds) : null;
    const loaded = new Map<string, Loaded>();
    for (const head of heads) {
      const want = wants.get(head)!;
      loaded.set(head.sessionId, {
        head,
        profile: want.profile ? await profileOf(trx, head) : null,
        person: want.person ? withSeq(people?.get(head.personId), head.seqs.person) : null,
        situation: want.situation ? withSeq(shownTo(situations?.get(head.sessionId), country), head.seqs.situation) : null,
      });
    }
    return loaded;
  };
  const again: Snapshots['again'] = async (trx, { head: { sessionId, personId, seqs }, person }) => {
    const after = (await wholesIn(trx, [sessionId], false)).get(sessionId);
    if (!after) return null;
    const { seqs: now } = after.head;
    return { ...after, person: now.person === seqs.person ? person : withSeq((await personParts(trx, [personId])).get(personId), now.person) };
  };
  const load: Snapshots['load'] = (sessionIds, wanted) =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((trx) => loadIn(trx, sessionIds, wanted));
  return {
    epoch,
    expiresAt: () => now() + ttlMs,
    loadIn,
    again,
    load,
    async published(profileIds) {
      const byProfile = new Map<string, PublishedProfile>();
      for (const { active, otherSessionIds } of await publishedOf(db, profileIds)) {
        const profile = { seq: active.publishedSeq, active: await views.of(db, active) };
        byProfile.set(active.profileId, { profile, notFor: new Set(otherSessionIds) });
      }
      return byProfile;
    },
    head: async (from, sessionId) => (await headsOf(from, [sessionId]))[0] ?? null,
    whole({ profile, person, situation }) {
      if (!profile || !person || !situation) throw new RangeError('a whole snapshot needs all three documents');
      return {
        epoch,
        now: now(),
        expiresAt: now() + ttlMs,
        profile: { seq: profile.seq, active: profile.active?.view ?? null },
        person,
        situation,
      };
    },
    etag({ seqs }) {
      // The last figure changes four times in a snapshot's life: an answer 304 says that it may be shown on.
      const quarter = Math.floor(now() / (ttlMs / 4));
      return [epoch, seqs.profile, seqs.person, seqs.situation, quarter].join('-');
    },
  };
}

/** Within a transaction that reads each statement anew a part may be newer than its head: it then comes again. */
const withSeq = <P extends { seq: number }>(part: P | undefined, seq: number): P | null => (part ? { ...part, seq } : null);

/** With its numbers as they are read. */
const shownTo = <P extends SituationPart | undefined>(part: P, country: string): P =>
  part && { ...part, interactions: part.interactions.map((each) => ({ ...each, customer: readable(each.customer, country) })) };
