import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseTargets, type FreeCaller, isDueFor, MOST_TRIES, type Target, TRY_AGAIN_MS } from '../../../lib/distribution/targets.ts';

const NOW = 100_000_000;
const PEOPLE = ['p0', 'p1', 'p2', 'p3'] as const;
const CAMPAIGNS = ['c0', 'c1', 'c2'] as const;

const targetArbitrary: fc.Arbitrary<Target> = fc.record({
  id: fc.uuid(),
  campaignId: fc.constantFrom(...CAMPAIGNS),
  state: fc.constantFrom('planned' as const, 'pool' as const, 'unreached' as const),
  owner: fc.option(fc.constantFrom(...PEOPLE)),
  at: fc.option(fc.integer({ min: NOW - 3 * TRY_AGAIN_MS, max: NOW + TRY_AGAIN_MS })),
  tries: fc.integer({ min: 0, max: MOST_TRIES + 1 }),
  madeAt: fc.integer({ min: 0, max: NOW }),
  left: fc.array(fc.tuple(fc.constantFrom(...PEOPLE), fc.integer({ min: NOW - 2 * TRY_AGAIN_MS, max: NOW })), { maxLength: 2 }).map((all) => new Map(all)),
});

interface Told extends FreeCaller {
  readonly cannotReach: ReadonlySet<string>;
}
/** Some with no campaign at all: not subscribed, without the right, or with an activity that bears none; some as back-ups. */
const callersArbitrary = (targets: readonly Target[]): fc.Arbitrary<Told[]> =>
  fc.array(fc.record({ idleSince: fc.integer({ min: 0, max: NOW }), campaigns: fc.tuple(fc.subarray([...CAMPAIGNS]), fc.array(fc.constantFrom('subscriber' as const, 'backUp' as const), { minLength: CAMPAIGNS.length, maxLength: CAMPAIGNS.length })), cannotReach: fc.subarray(targets.map(({ id }) => id)) }), { maxLength: PEOPLE.length }).map((all) =>
    all.map(({ idleSince, campaigns: [campaigns, parts], cannotReach }, at) => {
      const cannot = new Set(cannotReach);
      return { sessionId: `s${at}`, personId: PEOPLE[at]!, idleSince, campaigns: new Map(campaigns.map((id, n) => [id, parts[n]!])), cannotReach: cannot, reaches: ({ id }) => !cannot.has(id) };
    }),
  );
const cases = fc.uniqueArray(targetArbitrary, { selector: ({ id }) => id, maxLength: 10 }).chain((targets) => fc.tuple(fc.constant(targets), callersArbitrary(targets)));

const rankOf = ({ state, owner }: Target) => (state === 'planned' ? (owner === null ? 1 : 0) : state === 'pool' ? 2 : 3);
const mayBeGiven = (target: Target, { campaigns, personId, reaches }: Told) => campaigns.has(target.campaignId) && isDueFor(target, personId, NOW) && reaches(target);

describe('who is called next', () => {
  it('is given to one person, at most one each, and only to who takes part, may reach it, and whose it is', () => {
    let given = 0;
    fc.assert(
      fc.property(cases, ([targets, callers]) => {
        const all = chooseTargets(targets, callers, NOW);
        given += all.length;
        expect(new Set(all.map(({ targetId }) => targetId)).size).toBe(all.length);
        expect(new Set(all.map(({ sessionId }) => sessionId)).size).toBe(all.length);
        for (const { targetId, sessionId } of all) {
          const target = targets.find(({ id }) => id === targetId)!;
          const caller = callers.find((each) => each.sessionId === sessionId)!;
          expect(mayBeGiven(target, caller)).toBe(true);
          if (target.state === 'planned') {
            expect(target.owner === null || target.owner === caller.personId).toBe(true);
            expect(target.at === null || target.at <= NOW).toBe(true);
          }
          if (target.state === 'unreached') expect(target.tries).toBeLessThan(MOST_TRIES);
        }
      }),
      { numRuns: 2000 },
    );
    expect(given).toBeGreaterThan(1000);
  });

  it('is for each person the first of those that are left: their own, planned, the pool, the least tried; for back-ups after all who subscribed', () => {
    fc.assert(
      fc.property(cases, ([targets, callers]) => {
        const left = new Set(targets);
        const given = new Map(chooseTargets(targets, callers, NOW).map(({ targetId, sessionId }) => [sessionId, targetId]));
        const inTurn = callers.toSorted((a, b) => a.idleSince - b.idleSince || (a.personId < b.personId ? -1 : 1));
        const done = new Set<string>();
        for (const part of ['subscriber', 'backUp'] as const) {
          for (const caller of inTurn.filter(({ sessionId }) => !done.has(sessionId))) {
            const able = [...left].filter((target) => mayBeGiven(target, caller) && caller.campaigns.get(target.campaignId) === part);
            if (able.length === 0) continue;
            const target = able.find(({ id }) => id === given.get(caller.sessionId));
            expect(target).toBeDefined();
            const rank = Math.min(...able.map(rankOf));
            expect(rankOf(target!)).toBe(rank);
            const same = able.filter((each) => rankOf(each) === rank);
            if (rank < 2) expect(target!.at ?? 0).toBe(Math.min(...same.map(({ at }) => at ?? 0)));
            if (rank === 2) expect(target!.madeAt).toBe(Math.min(...same.map(({ madeAt }) => madeAt)));
            if (rank === 3) expect(target!.tries).toBe(Math.min(...same.map(({ tries }) => tries)));
            left.delete(target!);
            done.add(caller.sessionId);
          }
        }
        expect(done).toEqual(new Set(given.keys()));
      }),
      { numRuns: 2000 },
    );
  });

  it('comes back to who left it, and to who was not reached, only after a while', () => {
    const target = { state: 'pool', owner: null, at: null, tries: 0, left: new Map([['p0', NOW]]) } as const;
    expect([NOW, NOW + TRY_AGAIN_MS - 1, NOW + TRY_AGAIN_MS].map((now) => isDueFor(target, 'p0', now))).toEqual([false, false, true]);
    expect(isDueFor(target, 'p1', NOW)).toBe(true);
    const unreached = { ...target, state: 'unreached', at: NOW, left: new Map<string, number>() } as const;
    expect([NOW, NOW + TRY_AGAIN_MS].map((now) => isDueFor(unreached, 'p0', now))).toEqual([false, true]);
  });
});
