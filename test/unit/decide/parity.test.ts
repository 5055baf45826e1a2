/** The hub decides by what is in its database, the banner by what came over the wire: the answer must be the same. */
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { type Snapshot, snapshot } from '../../../lib/api/snapshot.ts';
import { type ActiveProfile, decide, rightsOf, situationOf } from '../../../lib/decide/index.ts';
import { personOf, profileOf, situationOf as situationInBanner } from '../../../lib/models/situation.ts';
import type { ClientState } from '../../../lib/session/client-state.ts';
import { rightsIn, situationOf as situationInHub } from '../../../server/session/situation.ts';
import { anInteraction } from '../../fakes/interaction.ts';
import { activeProfileArbitrary, connectionArbitrary, controlIds, personArbitrary, situationArbitrary } from '../../fixtures/arbitraries.ts';

/** What the hub sends along: the resources that a profile's rows point to, and no others. */
function resourcesInRows({ document, resources }: ActiveProfile): ActiveProfile['resources'] {
  const tabs = Object.values(document.configuration) as unknown as { rows: { id: string }[] }[];
  const ids = new Set(tabs.flatMap(({ rows }) => rows.map(({ id }) => id)));
  return Object.fromEntries(Object.entries(resources).filter(([id]) => ids.has(id)));
}

const heldByHub: fc.Arbitrary<Snapshot> = fc
  .tuple(fc.option(activeProfileArbitrary, { freq: 9 }), personArbitrary, situationArbitrary)
  .map(([profile, person, { now, activity, flows, pauses, interaction, leases }]) => ({
    epoch: 1,
    now,
    expiresAt: now + 60_000,
    profile: {
      seq: 3,
      active: profile && { id: 'p', name: 'Profile', version: 2, publishedAt: now, document: profile.document, resources: resourcesInRows(profile) },
    },
    person: {
      seq: 2,
      id: 'person-1',
      name: 'Someone',
      email: 'someone@example.org',
      licence: person.licence,
      type: person.type,
      allow: [...person.allow],
      deny: [...person.deny],
      account: { id: 'a', name: 'Account', options: [...person.accountOptions] },
      profiles: [],
    },
    situation: {
      seq: 4,
      sessionId: 's',
      status: 'connected' as const,
      activity: activity && { id: activity.id, since: now },
      flows: Object.fromEntries(
        Object.entries(flows).map(([channel, { on, forced }]) => [channel, { on, forced: forced && { by: forced, who: null } }]),
      ) as Snapshot['situation']['flows'],
      pauses,
      interactions: interaction ? [anInteraction(interaction)] : [],
      next: null,
      leases: [...leases],
    },
  }));

const received = (held: Snapshot): Snapshot => v.parse(snapshot, JSON.parse(JSON.stringify(held)));

const stateOf = (held: Snapshot, connection: ClientState['connection']['state']): ClientState => ({
  hub: 'http://127.0.0.1',
  phase: 'open',
  ended: null,
  elsewhere: null,
  problem: null,
  connection: { state: connection, since: 0, asOf: null, nextTryAt: null },
  snapshot: held,
  confirmed: true,
  clockOffset: 0,
  pending: [],
});

test('banner and hub decide every control alike', () => {
  fc.assert(
    fc.property(heldByHub, (held) => {
      const { profile, person, situation, now } = held;
      const onHub = decide(rightsIn(profile.active, person), situationInHub(situation, profile.active, now));
      const seen = received(held);
      const inBanner = decide(rightsOf(profileOf(seen, now), personOf(seen)), situationInBanner(stateOf(seen, 'live'), now));
      for (const id of controlIds) expect(inBanner.of(id)).toBe(onHub.of(id));
    }),
  );
});

test('both read what the hub reports as the decision itself does', () => {
  fc.assert(
    fc.property(heldByHub, connectionArbitrary, (held, connection) => {
      const profile = held.profile.active ?? 'none';
      const moment = { now: held.now, pending: [] };
      expect(situationInHub(held.situation, held.profile.active, held.now)).toEqual(
        situationOf(held.situation, profile, { ...moment, connection: 'live' }),
      );
      const seen = received(held);
      expect(situationInBanner(stateOf(seen, connection), held.now)).toEqual(
        situationOf(seen.situation, seen.profile.active ?? 'none', { ...moment, connection }),
      );
    }),
  );
});
