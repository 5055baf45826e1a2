import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snapshot, SnapshotUpdate } from '../../lib/api/snapshot.ts';
import { applyUpdate, cursorOf } from '../../lib/live/apply.ts';
import { aSnapshot } from '../fakes/state.ts';

/** The hub's history: each change makes a part with the next number; a push carries some parts as they then were. */
const history = fc.array(
  fc.record({
    profile: fc.boolean(),
    person: fc.boolean(),
    situation: fc.boolean(),
    expiresIn: fc.integer({ min: 1, max: 5000 }),
  }),
  { minLength: 1, maxLength: 12 },
);

function tell(changes: readonly { profile: boolean; person: boolean; situation: boolean; expiresIn: number }[]) {
  let whole = aSnapshot();
  const pushes: SnapshotUpdate[] = [];
  let seq = 10;
  for (const { profile, person, situation, expiresIn } of changes) {
    seq += 1;
    const now = whole.now + 1;
    const next = aSnapshot({
      profile: profile ? seq : whole.profile.seq,
      version: profile ? seq : (whole.profile.active?.version ?? 1),
      person: person ? seq : whole.person.seq,
      situation: situation ? seq : whole.situation.seq,
      now,
      expiresAt: now + expiresIn,
    });
    const { epoch, expiresAt } = next;
    pushes.push({
      epoch,
      now,
      expiresAt,
      ...(profile ? { profile: next.profile } : {}),
      ...(person ? { person: next.person } : {}),
      ...(situation ? { situation: next.situation } : {}),
    });
    whole = next;
  }
  return { pushes, newest: whole };
}

const all = (updates: readonly SnapshotUpdate[], from: Snapshot | null): Snapshot | null =>
  updates.reduce<Snapshot | null>((held, update) => applyUpdate(held, update), from);

describe('applying updates', () => {
  it('ends with the newest of each part, in any order, with repetitions and whole answers in between', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), fc.nat(11), (changes, draws, answeredAt) => {
        const { pushes, newest } = tell(changes);
        const answer = tell(changes.slice(0, (answeredAt % changes.length) + 1)).newest;
        const arrivals = [...pushes, ...pushes, answer, answer]
          .map((update) => ({ update, at: draws.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ update }) => update);
        expect(all(arrivals, aSnapshot())).toEqual(newest);
      }),
    );
  });

  it('never goes back in any part, whatever arrives', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (changes, draws) => {
        const { pushes } = tell(changes);
        let held = aSnapshot();
        for (let step = 0; step < 20; step += 1) {
          const update = pushes[(draws.next().value ?? 0) % pushes.length]!;
          const next = applyUpdate(held, update)!;
          const [before, after] = [cursorOf(held), cursorOf(next)];
          expect(after.profile >= before.profile && after.person >= before.person && after.situation >= before.situation).toBe(true);
          expect(next.now).toBeGreaterThanOrEqual(held.now);
          held = next;
        }
      }),
    );
  });

  it('takes the parts of one update together and leaves the others the very same', () => {
    const held = aSnapshot();
    const { epoch, now, expiresAt, profile, situation } = aSnapshot({ profile: 12, situation: 12, version: 2 });
    const next = applyUpdate(held, { epoch, now, expiresAt, profile, situation })!;
    expect(next.profile).toBe(profile);
    expect(next.situation).toBe(situation);
    expect(next.person).toBe(held.person);
  });

  it('gives back the very object held where nothing is newer', () => {
    const held = aSnapshot();
    expect(applyUpdate(held, aSnapshot())).toBe(held);
  });

  it('extends the expiry by an update without parts', () => {
    const held = aSnapshot();
    const next = applyUpdate(held, { epoch: held.epoch, now: held.now + 5, expiresAt: held.expiresAt + 5 });
    expect(next).toMatchObject({ expiresAt: held.expiresAt + 5, profile: held.profile });
  });

  it('starts afresh with a newer epoch, but not from pieces of one', () => {
    const held = aSnapshot({ profile: 90 });
    const restarted = aSnapshot({ epoch: 2, profile: 3 });
    const { epoch, now, expiresAt, profile } = restarted;
    expect(applyUpdate(held, { epoch, now, expiresAt, profile }, { fresh: true })).toBe(held);
    expect(applyUpdate(held, restarted)).toEqual(restarted);
  });

  it('goes to an older epoch only on the word of a fresh link', () => {
    const held = aSnapshot({ epoch: 2 });
    const restored = aSnapshot({ epoch: 1 });
    expect(applyUpdate(held, restored)).toBe(held);
    expect(applyUpdate(held, restored, { fresh: true })).toEqual(restored);
  });

  it('does not count a new session by the numbers of the last one', () => {
    const held = aSnapshot({ situation: 90, profile: 90 });
    const opened = aSnapshot({ situation: 4, profile: 4, sessionId: 's2' });
    expect(applyUpdate(held, opened)).toBe(held);
    expect(applyUpdate(held, opened, { fresh: true })).toEqual(opened);
    expect(applyUpdate(applyUpdate(held, opened, { fresh: true }), held)).toEqual(opened);
  });

  it('holds nothing as long as it has not been told everything', () => {
    const { epoch, now, expiresAt, profile } = aSnapshot();
    expect(applyUpdate(null, { epoch, now, expiresAt, profile })).toBeNull();
  });
});
