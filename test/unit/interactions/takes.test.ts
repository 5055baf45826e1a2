import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, rowsOf } from '../../../lib/catalogue/index.ts';
import { type ActiveProfile, decideControl, rightsOf } from '../../../lib/decide/index.ts';
import { hasQueue, queuesOf, scoreFor, type Taker, takesDirect } from '../../../lib/distribution/takes.ts';
import { activeProfileArbitrary, personArbitrary, situationArbitrary } from '../../fixtures/arbitraries.ts';

/** Half of them as most people are at work: else hardly any takes anything. */
const atWork: fc.Arbitrary<boolean> = fc.boolean();
const ALL = { voice: true, email: true, messages: true };
const NOBODY_FORCED = { on: true, forced: null };

function working({ document, resources }: ActiveProfile): ActiveProfile {
  const queue = { id: 'queue-1', ...ALL, flow: true };
  const settings = { ...document.settings, ...Object.fromEntries(CHANNELS.map((channel) => [`flow.${channel}.access`, true])) };
  return {
    document: { ...document, settings, configuration: { ...document.configuration, queues: { rows: [queue] } } } as ActiveProfile['document'],
    resources: { ...resources, 'queue-1': { id: 'queue-1', kind: 'queue', name: 'Queue', attributes: ALL } },
  };
}

const takerArbitrary: fc.Arbitrary<Taker> = fc
  .tuple(activeProfileArbitrary, personArbitrary, situationArbitrary, fc.integer({ min: 0, max: 100 }), fc.boolean(), atWork)
  .map(([any, person, said, score, ringing, isAtWork]) => {
    const profile = isAtWork ? working(any) : any;
    const situation = isAtWork
      ? { ...said, activity: { id: 'activity-1', channels: ALL }, flows: { voice: NOBODY_FORCED, email: NOBODY_FORCED, messages: NOBODY_FORCED } }
      : said;
    return {
      profile,
      rights: rightsOf(profile, { ...person, licence: 'smart' }),
      // As the hub itself decides: for it the link is live and nothing is pending.
      situation: { ...situation, connection: 'live', pending: [] },
      personId: 'person-1',
      score,
      ringing,
    };
  });
const channelArbitrary = fc.constantFrom(...CHANNELS);
const queueArbitrary = fc.constantFrom('queue-1', 'queue-2', 'queue-3');
/** Of each taker all are asked: to make one takes a hundred times as long as to ask. */
const EACH = CHANNELS.flatMap((channel) => ['queue-1', 'queue-2', 'queue-3'].map((queueId) => [channel, queueId] as const));

describe('who takes an interaction', () => {
  it('has the queue with the channel and the flow, the flow button on, room for one more, and no pause', () => {
    let taken = 0;
    fc.assert(
      fc.property(takerArbitrary, (taker) => {
        for (const [channel, queueId] of EACH) {
          const score = scoreFor(taker, channel, queueId);
          if (score === null) continue;
          taken += 1;
          const { profile, rights, situation } = taker;
          const row = rowsOf(profile!.document, 'queues').find(({ id }) => id === queueId);
          expect(row).toMatchObject({ [channel]: true, flow: true });
          expect(profile!.resources[queueId]!.attributes[channel]).toBe(true);
          expect(rights.granted(`flow.${channel}.access`)).toBe(true);
          const flow = decideControl(`flow.${channel}`, rights, situation);
          expect(['on', 'onLocked']).toContain(flow.state);
          expect(situation.activity?.channels[channel]).toBe(true);
          expect(situation.flows[channel].forced).toBeNull();
          expect(situation.inHand[channel]).toBeLessThan(rights.maximum[channel]);
          expect(situation.now).toBeGreaterThanOrEqual(situation.pauses.inboundUntil);
          expect(taker.ringing).toBe(false);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(200);
        }
      }),
      { numRuns: 600 },
    );
    // Else it would have said nothing.
    expect(taken).toBeGreaterThan(40);
  });

  it('takes a direct one only with room and without another ringing', () => {
    fc.assert(
      fc.property(takerArbitrary, channelArbitrary, (taker, channel) => {
        if (takesDirect(taker, channel)) expect(taker.ringing).toBe(false);
      }),
    );
  });

  it('sees in a pool the queues of the profile alone', () => {
    fc.assert(
      fc.property(activeProfileArbitrary, channelArbitrary, queueArbitrary, (profile, channel, queueId) => {
        expect(queuesOf(profile, channel).includes(queueId)).toBe(hasQueue(profile, queueId, channel));
        if (hasQueue(profile, queueId, channel)) expect(profile.resources[queueId]).toBeDefined();
      }),
    );
    expect(queuesOf(null, 'voice')).toEqual([]);
  });
});
