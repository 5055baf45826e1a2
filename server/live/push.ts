import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cursor } from '../../lib/api/live.ts';
import { PARTS } from '../../lib/api/parts.ts';
import type { Seqs } from '../session/heads.ts';
import type { Loaded, LoadedProfile, Snapshots, Wanted } from '../session/snapshots.ts';
import type { LoggedChange } from './change-reader.ts';
import { byeFor } from './entry.ts';
import type { Link, Links } from './link.ts';
import { type Envelope, type Message, type PartTexts, say, snapshotMessage } from './message.ts';
import { together } from './together.ts';

/**
 * So many links are loaded and sent to at once: of thousands the first hear of a publish while the last are still being
 * loaded, and others get a turn in between.
 */
const AT_ONCE = 1000;
/** Written without a turn for others in between, some 20 ms. */
const SENT_AT_ONCE = 2500;

export interface Pusher {
  /** Welcomes a link and sends it what is newer than what it holds. */
  open(link: Link, holds: Cursor | null): Promise<void>;
  /** Sends everybody concerned what has changed for them. */
  onChanges(changes: readonly LoggedChange[]): Promise<void>;
  /**
   * Tells everybody that what they hold may be shown on, once it is known that it is so: whoever holds something older is sent
   * the newer. Rejects where the database does not answer; then it is said to nobody.
   */
  renew(): Promise<void>;
}

export function createPusher({ links, snapshots, now }: {
  readonly links: Links;
  readonly snapshots: Snapshots;
  readonly now: () => number;
}): Pusher {
  const envelope = (): Envelope => ({ epoch: snapshots.epoch, now: now(), expiresAt: snapshots.expiresAt() });

  const loadNewer = async (concerned: readonly Link[]): Promise<Map<Link, Loaded>> => {
    const bySession = new Map(concerned.map((link) => [link.sessionId, link]));
    const loaded = await snapshots.load([...bySession.keys()], (head) => newerThan(bySession.get(head.sessionId)!.sent, head.seqs));
    return new Map(concerned.flatMap((link) => (loaded.has(link.sessionId) ? [[link, loaded.get(link.sessionId)!]] : [])));
  };
  const stateFor = together((newcomers: readonly Link[]) => loadNewer(newcomers), AT_ONCE);

  /** Thousands are on what was published: they are not asked for one by one. @returns who is to be loaded all the same */
  const sendPublished = async (onThem: ReadonlyMap<string, readonly Link[]>): Promise<Link[]> => {
    const published = await snapshots.published([...onThem.keys()]);
    const send = createSender(envelope());
    const others: Link[] = [];
    let at = 0;
    for (const [profileId, those] of onThem) {
      const { profile, notFor } = published.get(profileId) ?? NOBODY;
      const everybody = profile !== null && notFor.size === 0;
      for (const link of those) {
        // Nor for one that a look of its own has turned to another meanwhile.
        if (profile !== null && link.profileId === profileId && (everybody || !notFor.has(link.sessionId))) send.profile(link, profile);
        else others.push(link);
        if (++at % SENT_AT_ONCE === 0) await nextTurn();
      }
    }
    return others;
  };

  /** @param still said where nothing is newer; else nothing is */
  const refresh = async (concerned: readonly Link[], still?: Message) => {
    const send = createSender(envelope());
    const portionFrom = (from: number) => {
      const portion = concerned.slice(from, from + AT_ONCE);
      const loading = portion.length > 0 ? loadNewer(portion) : Promise.resolve(new Map<Link, Loaded>());
      // Awaited only in its turn: that it failed is heard of there.
      loading.catch(() => {});
      return { portion, loading };
    };
    let next = portionFrom(0);
    for (let from = AT_ONCE; next.portion.length > 0; from += AT_ONCE) {
      const { portion, loading } = next;
      const loaded = await loading;
      // Loaded while these are sent to: the question is on its way before that keeps the process busy.
      next = portionFrom(from);
      await nextTurn();
      for (const link of portion) {
        const state = loaded.get(link);
        if (!state || state.head.closedBecause !== null) {
          link.bye(byeFor(state?.head.closedBecause ?? 'signedOut'));
          continue;
        }
        links.turn(link, state.head.profileId);
        if (!send.newer(link, state) && still) link.push({}, still);
      }
    }
  };

  const ownLinks = ({ kind, subjectId }: LoggedChange): Iterable<Link> => {
    if (kind === 'profile') return [];
    return kind === 'session' ? links.ofSession(subjectId) : links.ofPerson(subjectId);
  };

  /** Those that are being opened. Which profile they are on is not known yet: whatever is published is looked for again. */
  const opening = new Set<Link>();
  const welcome = async (link: Link) => {
    const state = await stateFor(link);
    if (!state || state.head.closedBecause !== null) return link.bye(byeFor(state?.head.closedBecause ?? 'signedOut'));
    links.turn(link, state.head.profileId);
    link.say(say({ type: 'welcome', sessionId: link.sessionId, now: now() }));
    // Also where nothing is newer: it says that what the client holds is so, and for how long.
    const parts = takeNewer(link, state);
    link.push(parts, snapshotMessage(envelope(), parts));
    while (link.missed) {
      link.missed = false;
      await refresh([link]);
    }
    link.opening = false;
  };

  return {
    async open(link, holds) {
      if (holds?.epoch === snapshots.epoch) for (const part of PARTS) link.sent[part] = holds[part];
      links.add(link);
      opening.add(link);
      await welcome(link).finally(() => opening.delete(link));
    },

    async onChanges(changes) {
      const profileIds = [...new Set(changes.flatMap(({ kind, subjectId }) => (kind === 'profile' ? [subjectId] : [])))];
      const own = new Set(changes.flatMap((change) => [...ownLinks(change)]));
      for (const link of opening) if (profileIds.length > 0 || own.has(link)) link.missed = true;
      const plainlyOn = (id: string) => [...links.ofProfile(id)].filter((link) => !link.opening && !own.has(link));
      const onThem = new Map(profileIds.map((id) => [id, plainlyOn(id)] as const).filter(([, on]) => on.length > 0));
      // Whatever else of theirs has changed is in the log by itself.
      const others = onThem.size > 0 ? await sendPublished(onThem) : [];
      await refresh([...[...own].filter((link) => !link.opening), ...others]);
    },

    renew: () => refresh([...links].filter((link) => !link.opening), snapshotMessage(envelope(), {})),
  };
}

const NOBODY = { profile: null, notFor: new Set<string>() };

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
  if (profile && newer.profile) parts.profile = textOf(profile);
  if (person && newer.person) parts.person = JSON.stringify(person);
  if (situation && newer.situation) parts.situation = JSON.stringify(situation);
  for (const part of PARTS) if (parts[part] !== undefined) link.sent[part] = head.seqs[part];
  return parts;
}

const textOf = ({ seq, active }: LoadedProfile): string => `{"seq":${seq},"active":${active?.json ?? 'null'}}`;

interface Sender {
  /** What is newer of what was loaded. @returns whether anything is */
  newer(link: Link, state: Loaded): boolean;
  /** The profile alone, where it is newer. */
  profile(link: Link, profile: LoadedProfile): boolean;
}

/**
 * Sends each link what is newer, all of it around one envelope. Where only the profile changed, which is what a publish
 * does to thousands at once, its message is made once for all who are on it.
 */
function createSender(around: Envelope): Sender {
  const shared = new Map<string, { readonly parts: PartTexts; readonly message: Message }>();
  let last: { readonly profile: LoadedProfile; readonly parts: PartTexts; readonly message: Message } | null = null;
  const share = (profile: LoadedProfile) => {
    if (last && last.profile.seq === profile.seq && last.profile.active === profile.active) return last;
    const key = `${profile.active?.key} ${profile.seq}`;
    const parts = { profile: textOf(profile) };
    const made = shared.get(key) ?? { parts, message: snapshotMessage(around, parts) };
    shared.set(key, made);
    return (last = { profile, ...made });
  };
  const sendProfile = (link: Link, profile: LoadedProfile) => {
    if (profile.seq <= link.sent.profile) return false;
    const { parts, message } = share(profile);
    link.sent.profile = profile.seq;
    link.push(parts, message);
    return true;
  };
  return {
    profile: sendProfile,
    newer(link, state) {
      const { profile, person, situation } = state;
      if (profile && !person && !situation) return sendProfile(link, profile);
      const parts = takeNewer(link, state);
      if (Object.keys(parts).length === 0) return false;
      link.push(parts, snapshotMessage(around, parts));
      return true;
    },
  };
}
