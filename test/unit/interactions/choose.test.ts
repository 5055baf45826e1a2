import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASK_AGAIN_MS, choose, type Candidate, type Waiting } from '../../../lib/distribution/choose.ts';

const NOW = 1_000_000;

const waitingArbitrary: fc.Arbitrary<Waiting> = fc.record({
  id: fc.uuid(),
  channel: fc.constantFrom('voice' as const, 'email' as const, 'messages' as const),
  queueId: fc.constantFrom('q1', 'q2', 'q3'),
  forPerson: fc.option(fc.constantFrom('p0', 'p1', 'p2'), { freq: 4 }),
  priority: fc.integer({ min: 0, max: 3 }),
  offeredAt: fc.integer({ min: 0, max: NOW }),
  asked: fc.array(fc.tuple(fc.constantFrom('p0', 'p1', 'p2', 'p3'), fc.integer({ min: NOW - 2 * ASK_AGAIN_MS, max: NOW })), { maxLength: 3 }).map((all) => new Map(all)),
});

interface Told extends Candidate {
  readonly takes: ReadonlyMap<string, number>;
}
/** Who takes which queue and channel, and how well. */
const candidatesArbitrary: fc.Arbitrary<Told[]> = fc
  .array(fc.record({ idleSince: fc.integer({ min: 0, max: NOW }), takes: fc.array(fc.tuple(fc.stringMatching(/^q[123] (voice|email|messages)$/), fc.integer({ min: 0, max: 200 })), { maxLength: 9 }) }), { maxLength: 6 })
  .map((all) =>
    all.map(({ idleSince, takes }, at) => {
      const by = new Map(takes);
      return { sessionId: `s${at}`, personId: `p${at}`, idleSince, takes: by, scoreFor: ({ queueId, channel, forPerson }) => (forPerson === null ? (by.get(`${queueId} ${channel}`) ?? null) : 0) };
    }),
  );

const cases = fc.tuple(fc.uniqueArray(waitingArbitrary, { selector: ({ id }) => id, maxLength: 8 }), candidatesArbitrary);
const find = <T>(all: readonly T[], is: (one: T) => boolean): T => all.find(is)!;

describe('who is asked next', () => {
  it('is each person once and for each interaction one, and only who takes it', () => {
    fc.assert(
      fc.property(cases, ([waiting, candidates]) => {
        const pairs = choose(waiting, candidates, NOW);
        expect(new Set(pairs.map(({ interactionId }) => interactionId)).size).toBe(pairs.length);
        expect(new Set(pairs.map(({ sessionId }) => sessionId)).size).toBe(pairs.length);
        for (const { interactionId, sessionId } of pairs) {
          const one = find(waiting, ({ id }) => id === interactionId);
          const who = find(candidates, (each) => each.sessionId === sessionId);
          expect(who.scoreFor(one)).not.toBeNull();
          if (one.forPerson !== null) expect(who.personId).toBe(one.forPerson);
          const asked = one.asked.get(who.personId);
          if (asked !== undefined) expect(one.forPerson === null && NOW - asked >= ASK_AGAIN_MS).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves nothing waiting that somebody left over takes', () => {
    fc.assert(
      fc.property(cases, ([waiting, candidates]) => {
        const pairs = choose(waiting, candidates, NOW);
        const given = new Set(pairs.map(({ interactionId }) => interactionId));
        const taken = new Set(pairs.map(({ sessionId }) => sessionId));
        for (const one of waiting.filter(({ id }) => !given.has(id))) {
          const alone = choose([one], candidates.filter(({ sessionId }) => !taken.has(sessionId)), NOW);
          expect(alone).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is the best score, and of equals the longest idle', () => {
    fc.assert(
      fc.property(fc.tuple(waitingArbitrary.map((one) => ({ ...one, forPerson: null, asked: new Map<string, number>() })), candidatesArbitrary), ([one, candidates]) => {
        const [pair] = choose([one], candidates, NOW);
        const able = candidates.filter((each) => each.scoreFor(one) !== null);
        if (!pair) {
          expect(able).toEqual([]);
          return;
        }
        const chosen = find(candidates, ({ sessionId }) => sessionId === pair.sessionId);
        const best = Math.max(...able.map((each) => each.scoreFor(one)!));
        expect(chosen.scoreFor(one)).toBe(best);
        expect(chosen.idleSince).toBe(Math.min(...able.filter((each) => each.scoreFor(one) === best).map(({ idleSince }) => idleSince)));
      }),
    );
  });

  it('goes by priority, then by who has waited longest', () => {
    const candidate = { sessionId: 's', personId: 'p', idleSince: 0, scoreFor: () => 100 };
    const one = (id: string, priority: number, offeredAt: number): Waiting => ({ id, channel: 'voice', queueId: 'q', forPerson: null, priority, offeredAt, asked: new Map() });
    expect(choose([one('new', 0, 5), one('old', 0, 1)], [candidate], NOW)).toEqual([{ interactionId: 'old', sessionId: 's' }]);
    expect(choose([one('old', 0, 1), one('urgent', 9, 5)], [candidate], NOW)).toEqual([{ interactionId: 'urgent', sessionId: 's' }]);
  });
});
