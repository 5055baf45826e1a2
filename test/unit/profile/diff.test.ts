import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../../lib/catalogue/index.ts';
import { decide, rightsAfter, rightsOf } from '../../../lib/decide/index.ts';
import { canonical, isSameDocument } from '../../../lib/profile/canonical.ts';
import { changedIds, diff, isEmptyDiff } from '../../../lib/profile/diff.ts';
import { parseDocument } from '../../../lib/profile/schema.ts';
import { documentArbitrary, personArbitrary, resourcesArbitrary, situationArbitrary } from '../../fixtures/arbitraries.ts';

const of = (settings: object, configuration: object = {}): ProfileDocument => ({ schema: 1, settings, configuration });
const tab = (before: object, after: object) => diff(of({}, before), of({}, after)).tabs;
const UNCHANGED = { added: [], removed: [], changed: [], reordered: false, switched: null, default: null, unknown: [] };

describe('the difference of two documents', () => {
  test('is none between a document and itself, nor between what is absent and its default', () => {
    fc.assert(fc.property(documentArbitrary, (document) => isEmptyDiff(diff(document, structuredClone(document)))));
    const spelt = of(
      { 'recording.access': false, 'cases.scope': 'own', 'flow.voice.out.countries': [], 'interactions.maxMissed': null, 'general.alias': '' },
      { queues: { rows: [] }, directory: { rows: [], enabled: false }, activities: { rows: [], default: null } },
    );
    expect(isEmptyDiff(diff(of({}), spelt))).toBe(true);
    expect(isSameDocument(of({}), spelt)).toBe(true);
  });

  test('tells what is granted, taken, changed and not known', () => {
    const before = of({ 'recording.access': true, 'cases.scope': 'team', 'later.thing': 1 });
    const after = of({ 'history.access': true, 'cases.scope': 'all', 'later.thing': 2, 'interactions.maxMissed': 3 });
    expect(diff(before, after).settings).toEqual([
      { id: 'interactions.maxMissed', kind: 'changed', before: null, after: 3 },
      { id: 'recording.access', kind: 'taken', before: true, after: false },
      { id: 'cases.scope', kind: 'changed', before: 'team', after: 'all' },
      { id: 'history.access', kind: 'granted', before: false, after: true },
      { id: 'later.thing', kind: 'unknown', before: 1, after: 2 },
    ]);
  });

  test('sees no order in a list of countries', () => {
    const countries = (...codes: string[]) => of({ 'flow.voice.out.countries': codes });
    expect(isEmptyDiff(diff(countries('FR', 'BE'), countries('BE', 'FR', 'BE')))).toBe(true);
    expect(diff(countries('FR'), of({ 'flow.voice.out.countries': 'all' })).settings).toHaveLength(1);
  });

  test('tells rows that came, went and changed', () => {
    const before = { queues: { rows: [{ id: 'a', voice: true }, { id: 'b' }, { id: 'c', voice: false }] } };
    const after = { queues: { rows: [{ id: 'c', scoreVoice: 50 }, { id: 'a', voice: false, scoreVoice: 80, urgency: 1 }, { id: 'd' }] } };
    expect(tab(before, after)).toEqual([
      {
        ...UNCHANGED,
        tab: 'queues',
        added: ['d'],
        removed: ['b'],
        changed: [
          {
            row: 'a',
            values: [
              { id: 'voice', before: true, after: false },
              { id: 'scoreVoice', before: 50, after: 80 },
              { id: 'urgency', before: undefined, after: 1 },
            ],
          },
        ],
      },
    ]);
  });

  test('minds the order of rows where it means something', () => {
    const rows = (...ids: string[]) => ({ rows: ids.map((id) => ({ id })) });
    expect(tab({ customButtons: rows('a', 'b') }, { customButtons: rows('b', 'a') })).toEqual([
      { ...UNCHANGED, tab: 'customButtons', reordered: true },
    ]);
    expect(tab({ customButtons: rows('a', 'b', 'c') }, { customButtons: rows('a', 'c') })).toEqual([
      { ...UNCHANGED, tab: 'customButtons', removed: ['b'] },
    ]);
    expect(tab({ queues: rows('a', 'b') }, { queues: rows('b', 'a') })).toEqual([]);
  });

  test('tells a tab that is switched, and another row at login', () => {
    expect(tab({}, { directory: { rows: [], enabled: true } })).toEqual([{ ...UNCHANGED, tab: 'directory', switched: 'on' }]);
    const rows = [{ id: 'calls' }, { id: 'pause' }];
    expect(tab({ activities: { rows, default: 'calls' } }, { activities: { rows, default: 'pause' } })).toEqual([
      { ...UNCHANGED, tab: 'activities', default: { before: 'calls', after: 'pause' } },
    ]);
  });

  test('passes over nothing that it does not know', () => {
    expect(diff(of({}, { moods: { rows: [] } }), of({}, {})).unknownTabs).toEqual([{ id: 'moods', before: { rows: [] }, after: undefined }]);
    expect(tab({ queues: { rows: [] } }, { queues: { rows: [], sortedBy: 'name' } })).toEqual([
      { ...UNCHANGED, tab: 'queues', unknown: [{ id: 'sortedBy', before: undefined, after: 'name' }] },
    ]);
  });

  test('seen from the other side is the other way round', () => {
    fc.assert(fc.property(documentArbitrary, documentArbitrary, (a, b) => {
      const [there, back] = [diff(a, b), diff(b, a)];
      expect(back.settings.map(({ id, before, after }) => [id, after, before])).toEqual(
        there.settings.map(({ id, before, after }) => [id, before, after]),
      );
      expect(back.tabs.map(({ added, removed }) => [new Set(removed), new Set(added)])).toEqual(
        there.tabs.map(({ added, removed }) => [new Set(added), new Set(removed)]),
      );
    }));
  });

  test('names every id that the rights must be looked at again for', () => {
    fc.assert(fc.property(documentArbitrary, documentArbitrary, resourcesArbitrary, personArbitrary, situationArbitrary, (a, b, resources, person, situation) => {
      const after = { document: b, resources };
      const rights = rightsAfter(rightsOf({ document: a, resources }, person), after, person, changedIds(diff(a, b)));
      expect([...decide(rights, situation)]).toEqual([...decide(rightsOf(after, person), situation)]);
    }));
  });
});

describe('the canonical form of a document', () => {
  test('means the same, is valid, and is its own', () => {
    fc.assert(fc.property(documentArbitrary, (document) => {
      const form = canonical(document);
      expect(isEmptyDiff(diff(document, form))).toBe(true);
      expect(parseDocument(form).ok).toBe(true);
      expect(JSON.stringify(canonical(form))).toBe(JSON.stringify(form));
    }));
  });

  test('is the same exactly where there is no difference', () => {
    fc.assert(fc.property(documentArbitrary, documentArbitrary, fc.boolean(), (a, b, same) => {
      const other = same ? (JSON.parse(JSON.stringify(a)) as ProfileDocument) : b;
      expect(isSameDocument(a, other)).toBe(isEmptyDiff(diff(a, other)));
    }));
  });

  test('decides the same', () => {
    fc.assert(fc.property(documentArbitrary, resourcesArbitrary, personArbitrary, situationArbitrary, (document, resources, person, situation) => {
      const as = (each: ProfileDocument) => [...decide(rightsOf({ document: each, resources }, person), situation)];
      expect(as(canonical(document))).toEqual(as(document));
    }));
  });

  test('keeps what it does not know, keys in order', () => {
    const document = of({ 'later.thing': { b: 1, a: [2, { d: 1, c: 2 }] } }, { moods: { z: 1, a: 2 }, queues: { rows: [{ id: 'q', urgency: 1 }] } });
    expect(JSON.stringify(canonical(document))).toBe(
      '{"schema":1,"settings":{"later.thing":{"a":[2,{"c":2,"d":1}],"b":1}},"configuration":{"moods":{"a":2,"z":1},"queues":{"rows":[{"id":"q","urgency":1}]}}}',
    );
  });
});
