import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../../lib/catalogue/index.ts';
import type { ActiveProfile, Person } from '../../../lib/decide/index.ts';
import { effectOn, keptOf } from '../../../lib/profile/effect.ts';
import { activeProfileArbitrary, personArbitrary, profileArbitrary } from '../../fixtures/arbitraries.ts';

const of = (settings: object): ActiveProfile => ({
  document: { schema: 1, settings: { 'general.name': 'x', ...settings } as ProfileDocument['settings'], configuration: {} },
  resources: {},
});
const person = (more: Partial<Person> = {}): Person => ({ licence: 'smart', type: 'agent', allow: [], deny: [], accountOptions: [], ...more });

describe('what another document does to a person', () => {
  test('is nothing where it is the same', () => {
    fc.assert(fc.property(profileArbitrary, personArbitrary, (profile, who) => {
      expect(effectOn(profile, structuredClone(profile), who)).toEqual({ gained: [], lost: [] });
    }), { numRuns: 50 });
  });

  test('is never both for one right, and the other way round seen from the other side where nothing is for one channel', () => {
    fc.assert(fc.property(activeProfileArbitrary, activeProfileArbitrary, personArbitrary, (before, after, who) => {
      const [there, back] = [effectOn(before, after, who), effectOn(after, before, who)];
      expect(there.gained.filter((id) => there.lost.includes(id))).toEqual([]);
      for (const id of there.gained) expect(back.lost).toContain(id);
    }), { numRuns: 50 });
  });

  test('follows the person: what is denied them is not gained, what they have besides is not lost', () => {
    const [none, access] = [of({}), of({ 'recording.access': true, 'history.access': true })];
    expect(effectOn(none, access, person())).toEqual({ gained: ['mod.recordings', 'mod.history'], lost: [] });
    expect(effectOn(none, access, person({ deny: ['recording.access'] })).gained).toEqual(['mod.history']);
    expect(effectOn(access, none, person({ allow: ['history.access'] })).lost).toEqual(['mod.recordings']);
  });

  test('counts a flow that one may not switch any more, and a right lost for one channel alone', () => {
    const flow = of({ 'flow.voice.access': true, 'flow.voice.canToggle': true });
    expect(effectOn(flow, of({ 'flow.voice.access': true }), person()).lost).toEqual(['flow.voice']);
    const conference = of({ 'flow.voice.process.conference': true, 'flow.messages.process.conference': true });
    expect(effectOn(conference, of({ 'flow.messages.process.conference': true }), person()).lost).toEqual(['int.conference']);
  });

  test("tells the Maker's rights by name, whatever grants them, and that there is less to see", () => {
    const before = of({ 'console.type': 'read', 'console.queues.elements': 'all', 'console.audit.export': 'allow' });
    const after = of({ 'console.type': 'read', 'console.queues.elements': ['q'], 'console.teams.read': 'deny' });
    const { lost } = effectOn(before, after, person());
    expect(lost).toEqual(['console.teams.read', 'console.queues.elements', 'console.audit.export']);
    expect(effectOn(after, before, person()).gained).toEqual(lost);
    expect(effectOn(before, after, person({ type: 'administrator' }))).toEqual({ gained: [], lost: [] });
  });

  test('keeps for an interaction in hand what is done with it, and no module', () => {
    expect(keptOf(['int.mute', 'int.transfer.advisor', 'mod.history', 'offer.refuse', 'console.queues.read'])).toEqual(['int.mute', 'int.transfer.advisor']);
  });
});
