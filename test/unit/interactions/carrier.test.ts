import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../lib/catalogue/index.ts';
import { type Candidate, chooseCarrier } from '../../../server/connector/carrier.ts';

const NOW = 1_000_000;
const candidate = (id: number): fc.Arbitrary<Candidate> =>
  fc.record({
    id: fc.constant(`connector-${id}`),
    channels: fc.oneof(fc.constant(null), fc.subarray([...CHANNELS], { minLength: 1 })),
    madeAt: fc.integer({ min: 0, max: 3 }),
    heardAt: fc.oneof(fc.constant(null), fc.constantFrom(NOW - 60_000, NOW - 45_000, NOW - 44_999, NOW)),
  });
const candidates = fc.integer({ min: 0, max: 6 }).chain((many) => fc.tuple(...Array.from({ length: many }, (_, id) => candidate(id))));
const isThere = ({ heardAt }: Candidate) => heardAt !== null && NOW - heardAt < 45_000;

describe('the connector of an outgoing interaction', () => {
  it('carries the channel; there is none only where none does', () => {
    fc.assert(
      fc.property(candidates, fc.constantFrom(...CHANNELS), (all, channel) => {
        const able = all.filter(({ channels }) => channels === null || channels.includes(channel));
        const chosen = chooseCarrier(all, channel, NOW);
        expect(able.length === 0 ? chosen === null : able.includes(chosen!)).toBe(true);
      }),
    );
  });

  it('is one that is there, says that it carries the channel, and was made first, in this order', () => {
    fc.assert(
      fc.property(candidates, fc.constantFrom(...CHANNELS), (all, channel) => {
        const chosen = chooseCarrier(all, channel, NOW);
        fc.pre(chosen !== null);
        const able = all.filter(({ channels }) => channels === null || channels.includes(channel));
        const there = able.some(isThere) ? able.filter(isThere) : able;
        const named = there.some(({ channels }) => channels !== null) ? there.filter(({ channels }) => channels !== null) : there;
        const first = Math.min(...named.map(({ madeAt }) => madeAt));
        const best = named.filter(({ madeAt }) => madeAt === first).map(({ id }) => id);
        expect(chosen!.id).toBe(best.toSorted()[0]);
      }),
    );
  });

  it('does not hang on the order in which they are read', () => {
    const shuffled = candidates.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...CHANNELS), ([all, other], channel) => {
        expect(chooseCarrier(other, channel, NOW)).toEqual(chooseCarrier(all, channel, NOW));
      }),
    );
  });
});
