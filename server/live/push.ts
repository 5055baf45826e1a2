import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cursor } from '../../lib/api/live.ts';
import type { Seqs } from '../session/heads.ts';
import type { Loaded, Snapshots, Wanted } from '../session/snapshots.ts';
import type { LoggedChange } from './change-reader.ts';
import { byeFor } from './entry.ts';
import type { Link, Links } from './link.ts';
import { type Envelope, type Message, type PartTexts, say, snapshotMessage } from './message.ts';

/** After so many links the event loop gets a turn. */
const AT_ONCE = 500;
const NOTHING: Seqs = { profile: -1, person: -1, situation: -1 };

export interface Pusher {
  /** Welcomes a link and sends it what is newer than what it holds. */
  open(link: Link, holds: Cursor | null): Promise<void>;
  /** Sends everybody concerned what has changed for them. */
  onChanges(changes: readonly LoggedChange[]): Promise<void>;
  /** Tells everybody that what they hold may be shown on. */
  renew(): void;
}

export function createPusher({ links, snapshots, now }: {
  readonly links: Links;
  readonly snapshots: Snapshots;
  readonly now: () => number;
}): Pusher {
  const envelope = (): Envelope => ({ epoch: snapshots.epoch, now: now(), expiresAt: snapshots.expiresAt() });

  const refresh = async (concerned: readonly Link[]) => {
    if (concerned.length === 0) return;
    const bySession = new Map(concerned.map((link) => [link.sessionId, link]));
    const loaded = await snapshots.load([...bySession.keys()], (head) => newerThan(bySession.get(head.sessionId)!.sent, head.seqs));
    const around = envelope();
    const shared = new Map<string, Message>();
    let sent = 0;
    for (const link of concerned) {
      const state = loaded.get(link.sessionId);
      if (++sent % AT_ONCE === 0) await nextTurn();
      if (!state || state.head.closedBecause !== null) {
        link.bye(byeFor(state?.head.closedBecause ?? 'signedOut'));
        continue;
      }
      links.turn(link, state.head.profileId);
      const parts = takeNewer(link, state);
      if (Object.keys(parts).length > 0) link.outbox.push(parts, messageFor(parts, state, around, shared));
    }
  };

  return {
    async open(link, holds) {
      link.sent = holds?.epoch === snapshots.epoch ? holds : NOTHING;
      links.add(link);
      const state = (await snapshots.load([link.sessionId], (head) => newerThan(link.sent, head.seqs))).get(link.sessionId);
      if (!state || state.head.closedBecause !== null) return link.bye(byeFor(state?.head.closedBecause ?? 'signedOut'));
      links.turn(link, state.head.profileId);
      link.outbox.say(say({ type: 'welcome', sessionId: link.sessionId, now: now() }));
      // Also where nothing is newer: it says that what the client holds is so, and for how long.
      const parts = takeNewer(link, state);
      link.outbox.push(parts, snapshotMessage(envelope(), parts));
      link.opening = false;
      if (link.missed) await refresh([link]);
    },

    async onChanges(changes) {
      const concerned = new Set<Link>();
      const byKind = { session: links.ofSession, person: links.ofPerson, profile: links.ofProfile };
      for (const { kind, subjectId } of changes) for (const link of byKind[kind](subjectId)) concerned.add(link);
      for (const link of concerned) if (link.opening) link.missed = true;
      await refresh([...concerned].filter((link) => !link.opening));
    },

    renew() {
      const message = snapshotMessage(envelope(), {});
      for (const link of links) if (!link.opening) link.outbox.push({}, message);
    },
  };
}

const newerThan = (held: Seqs, seqs: Seqs): Wanted => ({
  profile: seqs.profile > held.profile,
  person: seqs.person > held.person,
  situation: seqs.situation > held.situation,
});

/** The documents newer than those sent, as texts; from now on they count as sent. */
function takeNewer(link: Link, { head, profile, person, situation }: Loaded): PartTexts {
  // Asked again: another push may have overtaken this one while it was loading.
  const newer = newerThan(link.sent, head.seqs);
  const parts: { -readonly [P in keyof PartTexts]: PartTexts[P] } = {};
  if (profile && newer.profile) parts.profile = `{"seq":${profile.seq},"active":${profile.active?.json ?? 'null'}}`;
  if (person && newer.person) parts.person = JSON.stringify(person);
  if (situation && newer.situation) parts.situation = JSON.stringify(situation);
  link.sent = {
    profile: parts.profile === undefined ? link.sent.profile : head.seqs.profile,
    person: parts.person === undefined ? link.sent.person : head.seqs.person,
    situation: parts.situation === undefined ? link.sent.situation : head.seqs.situation,
  };
  return parts;
}

/** Where only the profile changed, its message is the same for everybody on it and is made once. */
function messageFor(parts: PartTexts, { profile }: Loaded, around: Envelope, shared: Map<string, Message>): Message {
  if (parts.profile === undefined || parts.person !== undefined || parts.situation !== undefined) return snapshotMessage(around, parts);
  const key = `${profile?.active?.key} ${profile?.seq}`;
  const made = shared.get(key) ?? snapshotMessage(around, parts);
  shared.set(key, made);
  return made;
}
