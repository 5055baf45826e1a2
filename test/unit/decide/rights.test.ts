import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tabById, tabs } from '../../../lib/catalogue/index.ts';
import { type ActiveProfile, decide, rightsAfter, rightsOf, type Situation } from '../../../lib/decide/index.ts';
import { activeProfileArbitrary, grantIds, noProfileArbitrary, personArbitrary, situationArbitrary, unknownSettingArbitrary, withSetting } from '../../fixtures/arbitraries.ts';

const plain = ({ hiding, locking, maximum, noProfile, rows }: ReturnType<typeof rightsOf>) => ({
  hiding: [...hiding],
  locking: [...locking],
  maximum,
  noProfile,
  rows: [...rows],
});

/** Another profile, and the ids of what in it is different. */
function mix(from: ActiveProfile, to: ActiveProfile, ids: readonly string[]): ActiveProfile {
  const settings: Record<string, unknown> = { ...from.document.settings };
  const configuration: Record<string, unknown> = { ...from.document.configuration };
  for (const id of ids) {
    const [target, source] = id.includes('.') ? [settings, to.document.settings] : [configuration, to.document.configuration];
    if (id in source) target[id] = (source as Record<string, unknown>)[id];
    else delete target[id];
  }
  return { document: { ...from.document, settings, configuration }, resources: from.resources };
}

const maxima = ['voice', 'email', 'messages'].map((channel) => `flow.${channel}.manage.maxSimultaneous`);
const changeable = [...grantIds, ...maxima, ...tabs.filter(({ kept }) => kept === 'document').map(({ id }) => id)];

test('after a change are the same as worked out afresh', () => {
  fc.assert(
    fc.property(activeProfileArbitrary, activeProfileArbitrary, personArbitrary, fc.subarray(changeable, { maxLength: 6 }), (from, to, person, ids) => {
      const after = mix(from, to, ids);
      expect(plain(rightsAfter(rightsOf(from, person), after, person, ids))).toEqual(plain(rightsOf(after, person)));
    }),
  );
});

test('after changes decide as those worked out afresh, each from the decisions before', () => {
  const steps = fc.array(fc.record({ to: activeProfileArbitrary, ids: fc.subarray(changeable, { maxLength: 6 }), turned: fc.boolean() }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(activeProfileArbitrary, personArbitrary, situationArbitrary, situationArbitrary, steps, (from, person, one, other, changes) => {
      let [profile, situation] = [from, one];
      let rights = rightsOf(profile, person);
      let decisions = decide(rights, situation);
      for (const { to, ids, turned } of changes) {
        profile = mix(profile, to, ids);
        if (turned) situation = situation === one ? other : one;
        rights = rightsAfter(rights, profile, person, ids);
        decisions = decide(rights, situation, decisions);
        const afresh = decide(rightsOf(profile, person), situation);
        expect([...decisions]).toEqual([...afresh]);
        expect(decisions.rows('top.custom')).toEqual(afresh.rows('top.custom'));
      }
    }),
  );
});

test('after a change of how many one may have at once, what that locks is decided anew', () => {
  const channels = { voice: true, email: true, messages: true };
  const flow = { on: true, forced: null };
  const busy: Situation = {
    now: 1, activity: { id: 'a', channels }, flows: { voice: flow, email: flow, messages: flow }, pauses: { inboundUntil: 0, outboundUntil: 0 },
    interaction: null, inHand: { voice: 1, email: 1, messages: 1 }, leases: [], pending: [], connection: 'live',
  };
  const settings = Object.fromEntries(grantIds.map((id) => [id, true]));
  const kind = tabById.get('queues')!.resource;
  const configuration = { queues: { enabled: true, rows: [{ id: 'q', ...channels }] } };
  const resources = { q: { id: 'q', kind, name: 'Queue', attributes: {} } };
  const of = (more: object): ActiveProfile => ({ document: { schema: 1, settings: { ...settings, ...more }, configuration }, resources });
  const person = { licence: 'smart', type: 'agent', allow: [], deny: [], accountOptions: [] } as const;
  const before = rightsOf(of({}), person);
  for (const field of maxima) {
    const decisions = decide(before, busy);
    const after = decide(rightsAfter(before, of({ [field]: 2 }), person, [field]), busy, decisions);
    expect([...after]).toEqual([...decide(rightsOf(of({ [field]: 2 }), person), busy)]);
    expect([...after], field).not.toEqual([...decisions]);
  }
});

test('after a change that nothing follows from, the decisions before are what comes back', () => {
  fc.assert(
    fc.property(activeProfileArbitrary, personArbitrary, situationArbitrary, unknownSettingArbitrary, (profile, person, situation, [key, value]) => {
      const rights = rightsOf(profile, person);
      const decisions = decide(rights, situation);
      expect(decide(rightsAfter(rights, withSetting(profile, key, value), person, [key]), situation, decisions)).toBe(decisions);
    }),
  );
});

test('after a change leave those before as they were', () => {
  fc.assert(
    fc.property(activeProfileArbitrary, personArbitrary, fc.constantFrom(...grantIds), (profile, person, field) => {
      const before = rightsOf(profile, person);
      const copy = plain(before);
      rightsAfter(before, withSetting(profile, field, true), person, [field]);
      expect(plain(before)).toEqual(copy);
    }),
  );
});

test('after a change that no control reads are the same', () => {
  fc.assert(
    fc.property(activeProfileArbitrary, personArbitrary, unknownSettingArbitrary, (profile, person, [key, value]) => {
      const before = rightsOf(profile, person);
      expect(plain(rightsAfter(before, withSetting(profile, key, value), person, [key]))).toEqual(plain(before));
    }),
  );
});

test('from or to no profile are worked out afresh', () => {
  fc.assert(
    fc.property(activeProfileArbitrary, noProfileArbitrary, personArbitrary, (profile, none, person) => {
      expect(plain(rightsAfter(rightsOf(profile, person), none, person, []))).toEqual(plain(rightsOf(none, person)));
      expect(plain(rightsAfter(rightsOf(none, person), profile, person, []))).toEqual(plain(rightsOf(profile, person)));
    }),
    { numRuns: 20 },
  );
});

test('grant a field only with everything that it depends on', () => {
  const person = { licence: 'smart', type: 'agent', allow: [], deny: [], accountOptions: [] } as const;
  const of = (settings: object) => rightsOf({ document: { schema: 1, settings, configuration: {} }, resources: {} }, person);
  expect(of({ 'recording.delete': true }).granted('recording.delete')).toBe(false);
  expect(of({ 'recording.delete': true, 'recording.access': true }).granted('recording.delete')).toBe(true);
  expect(of({ 'flow.voice.out.premium': true }).granted('flow.voice.out.premium')).toBe(false);
  expect(of({ 'flow.voice.out.premium': true, 'flow.voice.out.direct': true }).granted('flow.voice.out.premium')).toBe(true);
  expect(of({ 'supervision.access': true }).granted('supervision.access')).toBe(false);
  expect(of({ 'surveys.access': true }).granted('surveys.access')).toBe(false);
  expect(of({}).granted('no.such.field')).toBe(false);
  expect(of({}).granted('__proto__')).toBe(false);
});
