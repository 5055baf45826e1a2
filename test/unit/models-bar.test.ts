import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fit, type FitItem, STAYS } from '../../lib/models/fit.ts';
import { groupMissing, matchesSearch, missingControls } from '../../lib/models/missing.ts';
import { createViewOf } from '../../lib/models/view.ts';
import { inbound } from '../fixtures/gallery/profiles.ts';
import { NOW, openState, snapshotOf } from '../fixtures/gallery/scenes.ts';

const item: fc.Arbitrary<Omit<FitItem, 'id'>> = fc
  .record({
    group: fc.constantFrom('flows', 'outgoing', 'modules'),
    priority: fc.integer({ min: 0, max: 120 }),
    narrow: fc.integer({ min: 32, max: 60 }),
    label: fc.integer({ min: 0, max: 120 }),
    keepsLabel: fc.boolean(),
  })
  .map(({ label, ...rest }) => ({ ...rest, wide: rest.narrow + label }));
const items = fc.array(item, { maxLength: 30 }).map((all) => all.map((each, at) => ({ ...each, id: `item${at}` })));
const group = 17;
const more = 60;
const lengthOf = (all: readonly FitItem[], { labelled, more: moved }: ReturnType<typeof fit>) => {
  const staying = all.filter(({ id }) => !moved.has(id));
  const own = staying.reduce((sum, each) => sum + (labelled.has(each.id) ? each.wide : each.narrow), 0);
  return own + group * new Set(staying.map((each) => each.group)).size + (moved.size > 0 ? more : 0);
};

describe('what fits in the bar', () => {
  it('is never longer than the room unless it says that it is tight', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 3000 }), (all, length) => {
        const fitted = fit(all, { length, group, more });
        expect(lengthOf(all, fitted) <= length || fitted.tight).toBe(true);
      }),
    );
  });

  it('never moves a control of priority 100 or more', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 3000 }), (all, length) => {
        const { more: moved } = fit(all, { length, group, more });
        expect(all.filter(({ id, priority }) => priority >= STAYS && moved.has(id))).toEqual([]);
      }),
    );
  });

  it('moves by priority: none stays in the bar that matters less than one that moved', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 3000 }), (all, length) => {
        const { more: moved } = fit(all, { length, group, more });
        const gone = all.filter(({ id }) => moved.has(id)).map(({ priority }) => priority);
        const stay = all.filter(({ id, priority }) => !moved.has(id) && priority < STAYS).map(({ priority }) => priority);
        expect(Math.max(...gone, -1)).toBeLessThanOrEqual(Math.min(...stay, STAYS));
      }),
    );
  });

  it('gives up labels before it moves anything, and keeps everything where there is room', () => {
    const all: FitItem[] = [
      { id: 'call', group: 'outgoing', priority: 85, wide: 80, narrow: 36 },
      { id: 'history', group: 'modules', priority: 46, wide: 36, narrow: 36 },
    ];
    expect(fit(all, { length: 200, group, more }).labelled).toEqual(new Set(['call']));
    const less = fit(all, { length: 110, group, more });
    expect([less.labelled.size, less.more.size, less.tight]).toEqual([0, 0, false]);
  });

  /** The bar of an inbound advisor, in the pixels of its labels. */
  const label = (id: string, priority: number, width: number): FitItem => ({ id, group: 'outgoing', priority, wide: 48 + width, narrow: 36 });
  const advisor: FitItem[] = [
    ...['voice', 'email', 'messages'].map((id) => ({ id, group: 'flows', priority: 100, wide: 90, narrow: 36, keepsLabel: true })),
    { id: 'pool', group: 'pools', priority: 70, wide: 100, narrow: 36 },
    label('call', 85, 26),
    label('write', 85, 36),
    label('sms', 85, 30),
    ...[60, 55, 52, 50, 48, 46, 44, 42, 40, 38, 36].map((priority) => ({ id: `mod${priority}`, group: 'modules', priority, wide: 36, narrow: 36 })),
    { id: 'custom', group: 'topBar', priority: 40, wide: 120, narrow: 36 },
  ];
  const shown = (length: number) => {
    const { labelled, more: moved } = fit(advisor, { length, group, more });
    const count = (place: string) => advisor.filter((each) => each.group === place && !moved.has(each.id)).length;
    return { labelled: [...labelled], modules: count('modules'), pools: count('pools'), outgoing: count('outgoing'), moved: moved.size };
  };
  const flows = ['voice', 'email', 'messages'];
  const starts = ['call', 'write', 'sms'];

  it.each([
    ['as wide as it likes', 1600, { labelled: [...flows, 'pool', ...starts, 'custom'], modules: 11, pools: 1, outgoing: 3, moved: 0 }],
    ['at 1440 pixels of screen', 830, { labelled: [...flows, ...starts], modules: 4, pools: 1, outgoing: 3, moved: 8 }],
    ['at 1280', 690, { labelled: [...flows, 'call'], modules: 3, pools: 1, outgoing: 3, moved: 9 }],
    ['at 1024', 560, { labelled: flows, modules: 0, pools: 1, outgoing: 3, moved: 12 }],
    ['at 800', 420, { labelled: ['voice'], modules: 0, pools: 1, outgoing: 3, moved: 12 }],
    ['at 640, on a row of its own', 630, { labelled: flows, modules: 2, pools: 1, outgoing: 3, moved: 10 }],
  ])('keeps the words on what a person starts before it keeps every module: %s', (_, length, expected) => {
    expect(shown(length)).toEqual(expected);
  });
});

describe('what is missing', () => {
  const { decisions } = createViewOf()(openState(snapshotOf(inbound)), NOW);

  it('has a reason for every control that is not shown, each in one group', () => {
    const missing = missingControls(decisions);
    expect(missing.map(({ control }) => control.id)).toEqual([...decisions].filter(({ shown }) => !shown).map(({ control }) => control));
    const grouped = groupMissing(missing).flatMap(({ controls }) => controls);
    expect(grouped.toSorted(byId)).toEqual(missing.toSorted(byId));
  });

  it('is found by any of its words, whatever the case and the accents', () => {
    expect(matchesSearch('Contrôle qualité des appels', 'APPELS qualite')).toBe(true);
    expect(matchesSearch('Contrôle qualité', 'appels')).toBe(false);
    expect(matchesSearch('anything', '')).toBe(true);
  });
});
const byId = (a: { control: { id: string } }, b: { control: { id: string } }) => a.control.id.localeCompare(b.control.id);
