import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTS } from '../../lib/api/parts.ts';
import type { ClientState } from '../../lib/session/client-state.ts';
import { createMirror, MIRROR_KEYS, readMirror, watchMirror } from '../../lib/store/mirror.ts';
import { settled } from '../fakes/clock.ts';
import { fakeSessionStorage } from '../fakes/ports.ts';
import { aSnapshot, aState } from '../fakes/state.ts';

const first = aSnapshot();
const published = { ...first, now: first.now + 1, profile: { ...first.profile, seq: first.profile.seq + 1 } };

/** A storage that keeps what was written in each call, and fails where it is told to. */
function watched() {
  const storage = fakeSessionStorage();
  const writes: string[][] = [];
  let fails = false;
  return {
    ...storage,
    writes,
    fail: (next: boolean) => (fails = next),
    mirror: createMirror({
      async set(items) {
        writes.push(Object.keys(items));
        if (fails) throw new Error('no room');
        await storage.area.set(items);
      },
    }),
  };
}

describe('the mirror', () => {
  it('writes a document only where it is another one', async () => {
    const { mirror, writes, area } = watched();
    await mirror(aState({ snapshot: first }));
    await mirror(aState({ snapshot: first, pending: ['flow.voice'] }));
    await mirror(aState({ snapshot: published }));
    expect(writes.map((keys) => keys.map((key) => key.replace('pennon.state', '')))).toEqual([['', '.profile', '.person', '.situation'], [''], ['', '.profile']]);
    expect(await readMirror(area)).toEqual(aState({ snapshot: published }));
  });

  it('keeps nothing of anybody who is signed out', async () => {
    const { mirror, held } = watched();
    await mirror(aState({ snapshot: first }));
    await mirror(aState({ phase: 'signedOut', snapshot: null }));
    expect(JSON.stringify([...held])).not.toContain(first.person.name);
  });

  it('is none where a document is not the one that it is about: a write that failed left it behind', async () => {
    const { mirror, area, fail } = watched();
    await mirror(aState({ snapshot: first }));
    fail(true);
    const failing = mirror(aState({ snapshot: published }));
    fail(false);
    // Begun before it was known that the one before it fails.
    await Promise.all([failing, mirror(aState({ snapshot: { ...published, now: published.now + 1 } }))]);
    expect(await readMirror(area)).toBeNull();
    await mirror(aState({ snapshot: published }));
    expect(await readMirror(area)).toEqual(aState({ snapshot: published }));
  });

  it('reads as the state last written, whatever came before', async () => {
    const seq = fc.integer({ min: 1, max: 3 });
    const state = fc.record({ signedIn: fc.boolean(), profile: seq, person: seq, situation: seq, fails: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(state, { minLength: 1 }), async (steps) => {
        const { mirror, area, fail } = watched();
        let last: ClientState | null = null;
        for (const { signedIn, fails, ...seqs } of steps) {
          const snapshot = { ...first };
          for (const part of PARTS) Object.assign(snapshot, { [part]: { ...first[part], seq: seqs[part] } });
          const next = signedIn ? aState({ snapshot }) : aState({ phase: 'signedOut', snapshot: null });
          fail(fails);
          await mirror(next);
          if (!fails) last = next;
        }
        expect(await readMirror(area)).toEqual(last);
      }),
    );
  });

  it('is watched whole, also where only a piece of it changed', async () => {
    const { mirror, area, changes } = watched();
    const seen: ClientState[] = [];
    await mirror(aState({ snapshot: first }));
    const stop = watchMirror(changes, area, (state) => seen.push(state));
    await mirror(aState({ snapshot: published }));
    await settled();
    await area.set({ 'frame.1': {} });
    await settled();
    expect(seen).toEqual([aState({ snapshot: published })]);
    stop();
    await mirror(aState({ snapshot: first }));
    await settled();
    expect(seen).toHaveLength(1);
  });

  it('has the keys it says it has', async () => {
    const { mirror, held } = watched();
    await mirror(aState({ snapshot: first }));
    expect([...held.keys()].toSorted()).toEqual(MIRROR_KEYS.toSorted());
  });
});
