/**
 * What a client holds after an update. Each part is taken where its sequence number is newer, and never goes back: so
 * any order, any repetition and any mix of pushes and answers ends with the newest of each part.
 */
import type { Cursor } from '../api/live.ts';
import type { Snapshot, SnapshotUpdate } from '../api/snapshot.ts';

export interface Origin {
  /**
   * The update is the first word of a session just opened or of a link just welcomed: it is what holds now, also where it
   * is of an older epoch (a database restored) or of another session, whose numbers mean nothing to the ones held.
   */
  readonly fresh?: boolean;
}

/** All parts of one update at once, or none. The very object held where nothing is newer. */
export function applyUpdate(held: Snapshot | null, update: SnapshotUpdate, { fresh = false }: Origin = {}): Snapshot | null {
  if (held && isComparable(held, update)) return merged(held, update);
  const replaces = !held || fresh || update.epoch > held.epoch;
  return replaces && isWhole(update) ? wholeOf(update) : held;
}

export const isWhole = (update: SnapshotUpdate): update is Snapshot =>
  update.profile !== undefined && update.person !== undefined && update.situation !== undefined;

/** Whether the sequence numbers of both count the same changes: one database, one person, one session. */
export function isComparable(held: Snapshot, update: SnapshotUpdate): boolean {
  return (
    held.epoch === update.epoch &&
    (update.person === undefined || update.person.id === held.person.id) &&
    (update.situation === undefined || update.situation.sessionId === held.situation.sessionId)
  );
}

/** What a client that holds this tells the hub. */
export const cursorOf = ({ epoch, profile, person, situation }: Snapshot): Cursor => ({
  epoch,
  profile: profile.seq,
  person: person.seq,
  situation: situation.seq,
});

const wholeOf = ({ epoch, now, expiresAt, profile, person, situation }: Snapshot): Snapshot => ({
  epoch,
  now,
  expiresAt,
  profile,
  person,
  situation,
});

function merged(held: Snapshot, update: SnapshotUpdate): Snapshot {
  const profile = newer(held.profile, update.profile);
  const person = newer(held.person, update.person);
  const situation = newer(held.situation, update.situation);
  const { now, expiresAt } = later(held, update);
  const same =
    profile === held.profile &&
    person === held.person &&
    situation === held.situation &&
    now === held.now &&
    expiresAt === held.expiresAt;
  return same ? held : { epoch: held.epoch, now, expiresAt, profile, person, situation };
}

const newer = <P extends { readonly seq: number }>(held: P, pushed: P | undefined): P =>
  pushed && pushed.seq > held.seq ? pushed : held;

/** What was said later holds; of two things said at once, the one that grants for less long. */
function later<E extends Pick<Snapshot, 'now' | 'expiresAt'>>(a: E, b: E): Pick<Snapshot, 'now' | 'expiresAt'> {
  if (a.now === b.now) return a.expiresAt <= b.expiresAt ? a : b;
  return a.now > b.now ? a : b;
}
