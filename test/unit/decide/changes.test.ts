import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ActiveProfile, compare, decide, headlines, isUnchanged, type Person, rightsOf, type Situation } from '../../../lib/decide/index.ts';
import { personArbitrary, profileArbitrary, situationArbitrary } from '../../fixtures/arbitraries.ts';

const person: Person = { licence: 'smart', type: 'manager', allow: [], deny: [], accountOptions: [] };
const quiet: Situation = {
  now: 1000,
  activity: { id: 'a', channels: { voice: true, email: true, messages: true } },
  flows: { voice: { on: false, forced: null }, email: { on: false, forced: null }, messages: { on: false, forced: null } },
  pauses: { inboundUntil: 0, outboundUntil: 0 },
  interaction: { id: 'i', channel: 'voice', phase: 'live', smart: true, autoRecorded: false },
  inHand: { voice: 1, email: 0, messages: 0 },
  leases: [],
  pending: [],
  connection: 'live',
};
const withSettings = (...granted: string[]): ActiveProfile => ({
  document: { schema: 1, settings: Object.fromEntries(granted.map((field) => [field, true])), configuration: {} },
  resources: {},
});
const decided = (profile: ActiveProfile, situation = quiet) => decide(rightsOf(profile, person), situation);

describe('what is different between two decisions', () => {
  test('is what one gains and the other loses, seen from the other side', () => {
    fc.assert(
      fc.property(profileArbitrary, profileArbitrary, personArbitrary, situationArbitrary, (one, other, who, situation) => {
        const now = { ...situation, leases: [] };
        const [before, after] = [decide(rightsOf(one, who), now), decide(rightsOf(other, who), now)];
        const [there, back] = [compare(before, after), compare(after, before)];
        expect(back.lost).toEqual(there.gained);
        expect(back.gained).toEqual(there.lost);
        expect(back.locked).toEqual(there.unlocked);
        const named = Object.values(there).flat();
        expect(new Set(named).size).toBe(named.length);
        expect(isUnchanged(compare(before, before))).toBe(true);
      }),
    );
  });

  test('tells what is gained, lost, locked and unlocked', () => {
    const one = decided(withSettings('history.access', 'flow.voice.access', 'flow.voice.canToggle', 'flow.email.access'));
    const other = decided(withSettings('scripts.access', 'flow.voice.access', 'flow.email.access', 'flow.email.canToggle'));
    expect(compare(one, other)).toEqual({
      gained: ['mod.scripts', 'int.script'],
      lost: ['mod.history'],
      locked: ['flow.voice'],
      unlocked: ['flow.email'],
      leased: [],
    });
  });

  test('keeps apart what is lost later, with the interaction', () => {
    const before = decided(withSettings('flow.voice.process.manualRecord', 'flow.voice.process.mute'));
    const leases = [{ control: 'int.record', interactionId: 'i' }] as const;
    expect(compare(before, decided(withSettings(), { ...quiet, leases }))).toMatchObject({ lost: ['int.mute'], leased: ['int.record'] });
  });

  test('names the custom buttons one by one', () => {
    const buttons = (...ids: string[]): ActiveProfile => ({
      document: { schema: 1, settings: {}, configuration: { customButtons: { rows: ids.map((id) => ({ id })) } } },
      resources: Object.fromEntries(
        ids.map((id) => [id, { id, kind: 'customButton' as const, name: id, attributes: { place: 'topBar' } }]),
      ),
    });
    expect(compare(decided(buttons('a', 'b')), decided(buttons('b', 'c')))).toMatchObject({
      gained: ['top.custom.c'],
      lost: ['top.custom.a'],
    });
  });
});

describe('the changes said in one line', () => {
  test('leave out what goes with its module, and put first what stays longest in the bar', () => {
    const { gained } = compare(decided(withSettings()), decided(withSettings('recording.access', 'recording.delete', 'cases.access')));
    expect(gained).toEqual(['mod.recordings', 'mod.cases', 'rec.delete']);
    expect(headlines(gained)).toEqual(['mod.cases', 'mod.recordings']);
  });

  test('keep an action whose module was there before', () => {
    const { gained } = compare(decided(withSettings('recording.access')), decided(withSettings('recording.access', 'recording.delete')));
    expect(headlines(gained)).toEqual(['rec.delete']);
  });

  test('say transferring once', () => {
    expect(headlines(['int.transfer', 'int.transfer.advisor', 'int.transfer.external'])).toEqual(['int.transfer']);
    expect(headlines(['int.transfer.external'])).toEqual(['int.transfer.external']);
  });
});
