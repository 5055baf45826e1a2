import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, rightsOf } from '../../../lib/decide/index.ts';
import { lastingReason } from '../../../lib/decide/lasting.ts';
import { personArbitrary, profileArbitrary, situationArbitrary } from '../../fixtures/arbitraries.ts';

const LASTING: ReadonlySet<string> = new Set(['safety', 'licence', 'person', 'account', 'profile', 'resource']);

describe('what lasts of a decision', () => {
  test('is the reason of every control that is hidden, or locked by something that lasts, whatever the moment', () => {
    fc.assert(
      fc.property(profileArbitrary, personArbitrary, situationArbitrary, (profile, person, situation) => {
        const rights = rightsOf(profile, person);
        const now = { ...situation, interaction: null, leases: [], pending: [] };
        for (const decision of decide(rights, now)) {
          const lasting = lastingReason(decision.control, rights);
          if (!decision.shown || (decision.reason && LASTING.has(decision.reason.layer))) expect(lasting).toEqual(decision.reason);
          else expect(lasting).toBeNull();
        }
      }),
    );
  });

  test('of one row asks for that row', () => {
    const document = { schema: 1, settings: {}, configuration: { customButtons: { rows: [{ id: 'a' }] } } };
    const resources = { a: { id: 'a', kind: 'customButton' as const, name: 'A', attributes: { place: 'topBar' } } };
    const rights = rightsOf({ document, resources }, { licence: 'smart', type: 'agent', allow: [], deny: [], accountOptions: [] });
    expect([lastingReason('top.custom', rights), lastingReason('top.custom.a', rights)]).toEqual([null, null]);
    expect(lastingReason('top.custom.b', rights)).toMatchObject({ layer: 'resource', setting: 'customButtons' });
  });

  test('of a control that there is not is an error', () => {
    const rights = rightsOf('none', { licence: 'smart', type: 'agent', allow: [], deny: [], accountOptions: [] });
    expect(() => lastingReason('fly', rights)).toThrow(RangeError);
  });
});
