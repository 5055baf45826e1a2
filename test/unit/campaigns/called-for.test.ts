import fc from 'fast-check';
import { expect, it } from 'vitest';
import { personOf, rightsOf, situationOf } from '../../../lib/decide/index.ts';
import type { ProfileView } from '../../../lib/api/snapshot.ts';
import { blendingOf, calledFor, isFreeToCall } from '../../../lib/distribution/campaigns.ts';
import { anInteraction } from '../../fakes/interaction.ts';
import { everything } from '../../fixtures/gallery/profiles.ts';
import { NOW, snapshotOf } from '../../fixtures/gallery/scenes.ts';

interface Case {
  readonly access: boolean;
  readonly mayBlend: boolean;
  readonly delay: number;
  readonly bears: boolean;
  readonly flow: boolean;
  readonly campaigns: readonly { id: string; active: boolean; callBlending: boolean; subscribed: boolean; since: number }[];
  readonly quietSince: number;
  readonly activitySince: number;
  readonly inHand: 'none' | 'inbound' | 'outbound';
  readonly pause: number;
}
const moment = fc.integer({ min: NOW - 600_000, max: NOW });
const cases: fc.Arbitrary<Case> = fc.record({
  access: fc.boolean(),
  mayBlend: fc.boolean(),
  delay: fc.integer({ min: 0, max: 120 }),
  bears: fc.boolean(),
  flow: fc.boolean(),
  campaigns: fc.tuple(...['renewals', 'winback', 'survey'].map((id) => fc.record({ id: fc.constant(id), active: fc.boolean(), callBlending: fc.boolean(), subscribed: fc.boolean(), since: moment }))),
  quietSince: moment,
  activitySince: moment,
  inHand: fc.constantFrom('none' as const, 'inbound' as const, 'outbound' as const),
  pause: fc.constantFrom(0, NOW + 1000),
});

function callerOf({ access, mayBlend, delay, bears, flow, campaigns, quietSince, activitySince, inHand, pause }: Case) {
  const { document, resources } = everything;
  const settings = { ...document.settings, 'voiceCampaigns.access': access, 'voiceCampaigns.callBlending': mayBlend, 'voiceCampaigns.callBlendingDelaySec': delay };
  const configuration = { ...document.configuration, voiceCampaigns: { rows: campaigns.map(({ id, callBlending }) => ({ id, mode: 'progressive', callBlending })) } };
  const profile = {
    ...everything,
    document: { ...document, settings, configuration },
    resources: {
      ...resources,
      calls: { ...resources['calls']!, attributes: { ...resources['calls']!.attributes, campaigns: bears } },
      ...Object.fromEntries(campaigns.map(({ id, active }) => [id, { ...resources[id]!, attributes: { active } }])),
    },
  } as ProfileView;
  const interactions = inHand === 'none' ? [] : [anInteraction({ direction: inHand })];
  const off = { on: false, forced: null };
  const { person, situation } = snapshotOf(profile, { interactions, pauses: { inboundUntil: pause, outboundUntil: 0 }, flows: { voice: { on: flow, forced: null }, email: off, messages: off } });
  return {
    profile,
    rights: rightsOf(profile, personOf(person)),
    situation: situationOf(situation, profile, { now: NOW, connection: 'live', pending: [] }),
    interactions,
    activitySince,
    campaigns: { quietSince, subscribed: campaigns.filter(({ subscribed }) => subscribed).map(({ id, since }) => ({ id, since })) },
  };
}

it('nobody is called without the right or for a campaign that is stopped; who has not subscribed only as a back-up, while it is quiet', () => {
  const called = { subscriber: 0, backUp: 0 };
  fc.assert(
    fc.property(cases, (given) => {
      const caller = callerOf(given);
      const all = calledFor(caller);
      const isSubscribed = ({ subscribed }: { readonly subscribed: boolean }) => given.bears && subscribed;
      for (const { id, blends, part } of all) {
        called[part] += 1;
        const campaign = given.campaigns.find((each) => each.id === id)!;
        expect([given.access, campaign.active]).toEqual([true, true]);
        expect(blends).toBe(given.mayBlend && campaign.callBlending);
        expect(part).toBe(isSubscribed(campaign) ? 'subscriber' : 'backUp');
        if (part === 'subscriber') continue;
        expect([blends, given.flow]).toEqual([true, true]);
        expect(given.inHand).not.toBe('inbound');
        expect(NOW - Math.max(given.quietSince, given.activitySince)).toBeGreaterThanOrEqual(given.delay * 1000);
      }
      // Who has subscribed is called at any time.
      const always = given.campaigns.filter((each) => each.active && isSubscribed(each));
      if (given.access) expect(all.filter(({ part }) => part === 'subscriber').map(({ id }) => id)).toEqual(always.map(({ id }) => id));
      expect(isFreeToCall(caller)).toBe(given.inHand === 'none' && given.pause <= NOW);
      if (blendingOf(caller) !== null) expect(given.flow && given.mayBlend && given.access).toBe(true);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(called.subscriber, called.backUp)).toBeGreaterThan(60);
});
