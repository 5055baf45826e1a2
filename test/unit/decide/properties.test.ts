import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Control, controlById, controls, DOCUMENT_SCHEMA, LAYERS } from '../../../lib/catalogue/index.ts';
import { decide, decideControl, rightsOf } from '../../../lib/decide/index.ts';
import {
  activeProfileArbitrary,
  connectionArbitrary,
  controlIds,
  grantArbitrary,
  interactionArbitrary,
  noProfileArbitrary,
  personArbitrary,
  profileArbitrary,
  resourcesArbitrary,
  situationArbitrary,
  unknownSettingArbitrary,
  withSetting,
} from '../../fixtures/arbitraries.ts';

const all = controls as readonly Control[];
const beyondProfiles = new Set(all.filter(({ core, safety }) => core || safety).map(({ id }) => id));

describe('a profile that says nothing', () => {
  test('shows the core and the safety set, and nothing else', () => {
    fc.assert(
      fc.property(personArbitrary, resourcesArbitrary, situationArbitrary, (person, resources, situation) => {
        const profile = { document: { schema: DOCUMENT_SCHEMA, settings: {}, configuration: {} }, resources };
        const decisions = decide(rightsOf(profile, { ...person, allow: [] }), { ...situation, leases: [] });
        expect(new Set([...decisions].filter(({ shown }) => shown).map(({ control }) => control))).toEqual(beyondProfiles);
      }),
    );
  });
});

describe('no profile at all', () => {
  test('leaves the core and the safety set, whatever the person was given besides', () => {
    fc.assert(
      fc.property(noProfileArbitrary, personArbitrary, situationArbitrary, (none, person, situation) => {
        const decisions = decide(rightsOf(none, person), { ...situation, leases: [] });
        expect(new Set([...decisions].filter(({ shown }) => shown).map(({ control }) => control))).toEqual(beyondProfiles);
      }),
    );
  });
});

describe('any decision', () => {
  const decided = fc.tuple(profileArbitrary, personArbitrary, situationArbitrary);

  test('has a reason exactly where the control is hidden or a term locks it', () => {
    fc.assert(
      fc.property(decided, ([profile, person, situation]) => {
        for (const decision of decide(rightsOf(profile, person), situation)) {
          const { state, shown, enabled, reason } = decision;
          expect(shown).toBe(state !== 'hidden');
          if (state === 'hidden' || state.endsWith('ocked') || state === 'forcedOff' || state === 'stale') {
            expect(reason, decision.control).not.toBeNull();
          }
          if (['on', 'off', 'ready', 'leased'].includes(state)) expect(reason, decision.control).toBeNull();
          expect(enabled).toBe(reason === null && state !== 'pending');
        }
      }),
    );
  });

  test('hides for a reason up to the resources, and locks for one after, but for a lock of the profile', () => {
    fc.assert(
      fc.property(decided, ([profile, person, situation]) => {
        for (const { control, state, reason } of decide(rightsOf(profile, person), situation)) {
          if (!reason) continue;
          const early = LAYERS.indexOf(reason.layer) <= LAYERS.indexOf('resource');
          if (state === 'hidden') expect(early).toBe(true);
          else if (early) expect(['profile.locked', 'person.denied', 'profile.none', 'profile.expired', 'profile.invalid', 'resource.none']).toContain(reason.code);
          if (early && state !== 'hidden') expect(['core.activity', 'flow.voice', 'flow.email', 'flow.messages']).toContain(control);
        }
      }),
    );
  });

  test('never hides a core control', () => {
    fc.assert(
      fc.property(decided, ([profile, person, situation]) => {
        const decisions = decide(rightsOf(profile, person), situation);
        for (const { id, core } of all) if (core) expect(decisions.of(id).shown).toBe(true);
      }),
    );
  });

  test('is the same object for the same outcome', () => {
    fc.assert(
      fc.property(decided, ([profile, person, situation]) => {
        const first = decide(rightsOf(profile, person), situation);
        const again = decide(rightsOf(structuredClone(profile), structuredClone(person)), structuredClone(situation));
        for (const decision of first) expect(again.of(decision.control)).toBe(decision);
        expect(Object.isFrozen(first.of('core.profile'))).toBe(true);
      }),
    );
  });

  test('made again without a difference is what was decided before', () => {
    fc.assert(
      fc.property(decided, ([profile, person, situation]) => {
        const rights = rightsOf(profile, person);
        const first = decide(rights, situation);
        expect(decide(rights, { ...situation }, first)).toBe(first);
      }),
    );
  });

  test('of one control is that of all of them', () => {
    fc.assert(
      fc.property(decided, fc.constantFrom(...controlIds), ([profile, person, situation], control) => {
        const rights = rightsOf(profile, person);
        expect(decideControl(control, rights, situation)).toBe(decide(rights, situation).of(control));
      }),
    );
  });
});

describe('the safety set', () => {
  const phaseOf = { 'offer.accept': 'offered', 'int.hold': 'live', 'int.hangup': 'live', 'int.wrapup.finish': 'wrapup' } as const;

  test('is the four that end or answer an interaction', () => {
    expect(all.filter(({ safety }) => safety).map(({ id }) => id).toSorted()).toEqual(Object.keys(phaseOf).toSorted());
  });

  test('can be used whatever profile, person and connection', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(phaseOf) as (keyof typeof phaseOf)[])),
        profileArbitrary,
        personArbitrary,
        situationArbitrary,
        interactionArbitrary,
        connectionArbitrary,
        (control, profile, person, situation, interaction, connection) => {
          const decision = decideControl(control, rightsOf(profile, person), {
            ...situation,
            connection,
            pending: [],
            interaction: { ...interaction, phase: phaseOf[control] },
          });
          expect(decision).toMatchObject({ shown: true, enabled: true, reason: null });
        },
      ),
    );
  });
});

describe('granting a field', () => {
  test('never takes a control away, neither in a profile, nor as an extra, nor by denying less', () => {
    fc.assert(
      fc.property(activeProfileArbitrary, personArbitrary, situationArbitrary, grantArbitrary, (profile, person, situation, field) => {
        const before = decide(rightsOf(profile, person), situation);
        const afters = [
          decide(rightsOf(withSetting(profile, field, true), person), situation),
          decide(rightsOf(profile, { ...person, allow: [...person.allow, field] }), situation),
          decide(rightsOf(profile, { ...person, deny: person.deny.filter((each) => each !== field) }), situation),
        ];
        for (const after of afters) {
          for (const { control, shown, enabled } of before) {
            if (shown) expect(after.of(control).shown, control).toBe(true);
            if (enabled) expect(after.of(control).enabled, control).toBe(true);
          }
        }
      }),
    );
  });
});

describe('a setting that the catalogue does not know', () => {
  test('changes nothing, whether the profile says it or the person has it as an extra', () => {
    fc.assert(
      fc.property(
        activeProfileArbitrary,
        personArbitrary,
        situationArbitrary,
        unknownSettingArbitrary,
        (profile, person, situation, [key, value]) => {
          const before = decide(rightsOf(profile, person), situation);
          const extra = { ...person, allow: [...person.allow, key], deny: [...person.deny, key] };
          const after = decide(rightsOf(withSetting(profile, key, value), extra), situation);
          expect([...after]).toEqual([...before]);
          for (const decision of before) expect(after.of(decision.control)).toBe(decision);
        },
      ),
    );
  });
});

describe('the extras of a person', () => {
  test('that allow are worth what the profile grants', () => {
    fc.assert(
      fc.property(activeProfileArbitrary, personArbitrary, situationArbitrary, grantArbitrary, (profile, person, situation, field) => {
        const granted = decide(rightsOf(withSetting(profile, field, true), person), situation);
        const allowed = decide(rightsOf(profile, { ...person, allow: [...person.allow, field] }), situation);
        for (const decision of granted) expect(allowed.of(decision.control)).toBe(decision);
      }),
    );
  });

  test('that deny go before what allows and before the profile', () => {
    fc.assert(
      fc.property(activeProfileArbitrary, personArbitrary, situationArbitrary, grantArbitrary, (profile, person, situation, field) => {
        const denying = { ...person, deny: [...person.deny, field] };
        const denied = rightsOf(withSetting(profile, field, true), { ...denying, allow: [...person.allow, field] });
        const without = rightsOf(withSetting(profile, field, false), { ...person, allow: person.allow.filter((each) => each !== field) });
        expect(denied.granted(field)).toBe(false);
        const decisions = decide(without, situation);
        for (const { control, shown, enabled } of decide(denied, situation)) {
          expect(decisions.of(control)).toMatchObject({ shown, enabled });
        }
      }),
    );
  });
});

describe('a lease', () => {
  const unleased = fc.constantFrom(...controlIds.filter((id) => !beyondProfiles.has(id)));

  test('keeps a control that was taken away, to the end of its interaction and not in another', () => {
    fc.assert(
      fc.property(unleased, profileArbitrary, personArbitrary, situationArbitrary, interactionArbitrary, (control, profile, person, situation, interaction) => {
        const rights = rightsOf(profile, person);
        const now = { ...situation, interaction, leases: [{ control, interactionId: interaction.id }] };
        expect(decideControl(control, rights, now).shown).toBe(true);
        const elsewhere = { ...now, leases: [{ control, interactionId: 'another' }] };
        const without = decideControl(control, rights, { ...now, leases: [] });
        expect(decideControl(control, rights, elsewhere)).toBe(without);
        // A lease of what the profile still grants is none.
        if (without.enabled) expect(decideControl(control, rights, now)).toBe(without);
      }),
    );
  });
});

test('every control that is in the catalogue is decided, in its order', () => {
  fc.assert(
    fc.property(profileArbitrary, personArbitrary, situationArbitrary, (profile, person, situation) => {
      const decisions = decide(rightsOf(profile, person), situation);
      expect([...decisions].map(({ control }) => control)).toEqual([...controlById.keys()]);
    }),
    { numRuns: 20 },
  );
});
