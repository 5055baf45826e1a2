import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consoleFields } from '../../../lib/catalogue/console.ts';
import type { ProfileDocument } from '../../../lib/catalogue/index.ts';
import { canonical, isSameDocument } from '../../../lib/profile/canonical.ts';
import { mergeDrafts } from '../../../lib/profile/merge.ts';
import { parseDocument } from '../../../lib/profile/schema.ts';
import { documentArbitrary, unknownSettingArbitrary, valueArbitrary } from '../../fixtures/arbitraries.ts';

const of = (settings: object, configuration: object = {}): ProfileDocument => ({ schema: 1, settings, configuration });
const rows = (tab: string, ...all: object[]) => of({}, { [tab]: { rows: all } });
const idsIn = (document: ProfileDocument, tab: string) =>
  (document.configuration as Record<string, { rows: { id: string }[] }>)[tab]?.rows.map(({ id }) => id);

const consoleSettings = fc.record(Object.fromEntries(consoleFields.map((field) => [field.id, valueArbitrary(field)])), { requiredKeys: [] });
/** A document with rights of the Maker and with what this catalogue does not know. */
const draftArbitrary = fc.tuple(documentArbitrary, consoleSettings, fc.option(unknownSettingArbitrary)).map(
  ([document, maker, unknown]): ProfileDocument => ({
    ...document,
    settings: { ...document.settings, ...maker, ...(unknown ? { [unknown[0]]: unknown[1] } : {}) },
  }),
);

describe('merging drafts', () => {
  test('a draft with itself is that draft, and nothing meets', () => {
    fc.assert(
      fc.property(draftArbitrary, draftArbitrary, (base, draft) => {
        for (const [from, mine, theirs] of [[draft, draft, draft], [base, draft, draft]] as const) {
          const merge = mergeDrafts(from, mine, structuredClone(theirs));
          expect(isSameDocument(merge.document, draft)).toBe(true);
          expect(merge).toMatchObject({ conflicts: [], onlyMine: [], onlyTheirs: [] });
        }
      }),
    );
  });

  test('what only one side changed is what comes out', () => {
    fc.assert(
      fc.property(draftArbitrary, draftArbitrary, (base, draft) => {
        const mine = mergeDrafts(base, draft, structuredClone(base));
        const theirs = mergeDrafts(base, structuredClone(base), draft);
        expect(canonical(mine.document)).toEqual(canonical(draft));
        expect(canonical(theirs.document)).toEqual(canonical(draft));
        expect(mine).toMatchObject({ conflicts: [], onlyTheirs: [] });
        expect(theirs).toMatchObject({ conflicts: [], onlyMine: [] });
        expect(mine.onlyMine.toSorted()).toEqual(theirs.onlyTheirs.toSorted());
      }),
    );
  });

  test('the same things meet, whoever is asked', () => {
    fc.assert(
      fc.property(draftArbitrary, draftArbitrary, draftArbitrary, (base, a, b) => {
        const [here, there] = [mergeDrafts(base, a, b), mergeDrafts(base, b, a)];
        const ids = ({ conflicts }: typeof here) => conflicts.map(({ id }) => id).toSorted();
        expect(ids(here)).toEqual(ids(there));
        expect(here.onlyMine.toSorted()).toEqual(there.onlyTheirs.toSorted());
        const all = new Map(ids(here).map((id) => [id, 'mine' as const]));
        const settled = mergeDrafts(base, a, b, all);
        const [mine, theirs] = [canonical(settled.document), canonical(there.document)];
        expect(mine.settings).toEqual(theirs.settings);
        expect(Object.keys(mine.configuration)).toEqual(Object.keys(theirs.configuration));
      }),
    );
  });

  test('a merge is a valid document, and keeps every setting that a side added', () => {
    fc.assert(
      fc.property(draftArbitrary, draftArbitrary, draftArbitrary, (base, mine, theirs) => {
        const { document, conflicts } = mergeDrafts(base, mine, theirs);
        expect(parseDocument(document).ok).toBe(true);
        const [is, was] = [canonical(document).settings, canonical(base).settings];
        const meets = new Set(conflicts.map(({ id }) => id));
        for (const side of [mine, theirs]) {
          for (const [id, value] of Object.entries(canonical(side).settings)) {
            if (!Object.hasOwn(was, id) && !meets.has(id)) expect(is).toHaveProperty([id], value);
          }
        }
      }),
    );
  });

  test('a setting changed differently is asked about, theirs until it is answered', () => {
    const base = of({ 'cases.scope': 'own', 'recording.access': true });
    const [mine, theirs] = [of({ 'cases.scope': 'team', 'recording.access': true }), of({ 'cases.scope': 'all' })];
    const merge = mergeDrafts(base, mine, theirs);
    expect(merge.conflicts).toEqual([{ id: 'cases.scope', base: 'own', mine: 'team', theirs: 'all' }]);
    expect(merge.onlyTheirs).toEqual(['recording.access']);
    expect(merge.document.settings).toEqual({ 'cases.scope': 'all' });
    expect(mergeDrafts(base, mine, theirs, new Map([['cases.scope', 'mine']])).document.settings).toEqual({ 'cases.scope': 'team' });
  });

  test("the Maker's rights are settings like others: what is inherited and what is absent are the same", () => {
    const merge = mergeDrafts(of({}), of({ 'console.queues.read': 'inherit' }), of({ 'console.queues.read': 'allow' }));
    expect(merge).toMatchObject({ conflicts: [], onlyTheirs: ['console.queues.read'] });
    expect(merge.document.settings).toEqual({ 'console.queues.read': 'allow' });
  });

  test('two administrators on different attributes of one row do not meet', () => {
    const merge = mergeDrafts(rows('queues', { id: 'q' }), rows('queues', { id: 'q', voice: true }), rows('queues', { id: 'q', scoreVoice: 80 }));
    expect(merge).toMatchObject({ conflicts: [], onlyMine: ['queues/q'], onlyTheirs: ['queues/q'] });
    expect(merge.document.configuration).toEqual({ queues: { rows: [{ id: 'q', voice: true, scoreVoice: 80 }] } });
  });

  test('on the same attribute they meet, and what only one of them changed of the row is in both outcomes', () => {
    const base = rows('queues', { id: 'q', scoreVoice: 10 });
    const [mine, theirs] = [rows('queues', { id: 'q', scoreVoice: 20, voice: true }), rows('queues', { id: 'q', scoreVoice: 30, email: true })];
    const { conflicts } = mergeDrafts(base, mine, theirs);
    expect(conflicts).toEqual([
      {
        id: 'queues/q',
        base: { id: 'q', scoreVoice: 10 },
        mine: { id: 'q', scoreVoice: 20, voice: true, email: true },
        theirs: { id: 'q', scoreVoice: 30, voice: true, email: true },
      },
    ]);
    const settled = mergeDrafts(base, mine, theirs, new Map([['queues/q', 'mine']]));
    expect(settled.document.configuration.queues?.rows).toEqual([conflicts[0]!.mine]);
  });

  test('a row taken away from under a change is asked about; one that nobody changed goes', () => {
    const base = rows('queues', { id: 'a' }, { id: 'b' });
    const mine = rows('queues', { id: 'b', voice: true });
    const theirs = rows('queues', { id: 'a' });
    const merge = mergeDrafts(base, mine, theirs);
    expect(merge.conflicts).toEqual([{ id: 'queues/b', base: { id: 'b' }, mine: { id: 'b', voice: true }, theirs: null }]);
    expect(merge.onlyMine).toEqual(['queues/a']);
    expect(idsIn(merge.document, 'queues')).toEqual([]);
    expect(idsIn(mergeDrafts(base, mine, theirs, new Map([['queues/b', 'mine']])).document, 'queues')).toEqual(['b']);
  });

  test('an order changed by one side stands, with what the other added beside what it stood after', () => {
    const list = (...ids: string[]) => rows('customButtons', ...ids.map((id) => ({ id })));
    const merge = mergeDrafts(list('a', 'b', 'c'), list('c', 'b', 'a'), list('a', 'b', 'new', 'c'));
    expect(merge).toMatchObject({ conflicts: [], onlyMine: ['customButtons'], onlyTheirs: ['customButtons/new'] });
    expect(idsIn(merge.document, 'customButtons')).toEqual(['c', 'b', 'new', 'a']);
  });

  test('two orders are asked about where order means something, and only there', () => {
    const list = (tab: string, ...ids: string[]) => rows(tab, ...ids.map((id) => ({ id })));
    const ordered = ['activities', list('activities', 'a', 'b', 'c'), list('activities', 'b', 'a', 'c'), list('activities', 'a', 'c', 'b')] as const;
    expect(mergeDrafts(ordered[1], ordered[2], ordered[3]).conflicts).toEqual([
      { id: 'activities', base: { order: ['a', 'b', 'c'] }, mine: { order: ['b', 'a', 'c'] }, theirs: { order: ['a', 'c', 'b'] } },
    ]);
    expect(idsIn(mergeDrafts(ordered[1], ordered[2], ordered[3], new Map([['activities', 'mine']])).document, 'activities')).toEqual(['b', 'a', 'c']);
    expect(mergeDrafts(list('queues', 'a', 'b', 'c'), list('queues', 'b', 'a', 'c'), list('queues', 'a', 'c', 'b')).conflicts).toEqual([]);
  });

  test('what a tab itself says is one thing: on one side switched, on the other given another default', () => {
    const base = of({}, { activities: { rows: [{ id: 'a' }, { id: 'b' }], default: 'a' } });
    const side = (chosen: string | null) => of({}, { activities: { rows: [{ id: 'a' }, { id: 'b' }], default: chosen } });
    expect(mergeDrafts(base, side('b'), side(null)).conflicts).toEqual([
      { id: 'activities', base: { default: 'a' }, mine: { default: 'b' }, theirs: {} },
    ]);
    const switched = mergeDrafts(of({}), of({}, { crms: { rows: [], enabled: true } }), of({}, { crms: { rows: [{ id: 'c' }] } }));
    expect(switched.document.configuration).toEqual({ crms: { rows: [{ id: 'c' }], enabled: true } });
  });
});
