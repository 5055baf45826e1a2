import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawingOf } from '../../lib/frame/drawing.ts';
import { DEFAULT_SIZE, dropped, growth, within } from '../../lib/frame/placement.ts';
import { DEFAULT_PLACE, PLACE_MODES, type Place } from '../../lib/settings/schema.ts';

const LABELS = { frame: 'Agent banner', handle: 'Show the agent banner' };
const draw = (place: Partial<Place>, size = DEFAULT_SIZE, src: string | null = null) =>
  drawingOf({ ...DEFAULT_PLACE, ...place }, size, null, LABELS, src);

describe('a drawing', () => {
  test.each(['top', 'bottom', 'left', 'right'] as const)('makes room at the %s for the bar, not for what is open beyond it', (mode) => {
    const { room, edge } = draw({ mode }, { bar: 48, total: 400, width: 720 });
    expect(edge).toBe(mode);
    expect(room).toContainEqual([`border-${mode}`, '48px solid transparent']);
  });

  test('floating or collapsed takes no room from the page', () => {
    expect(draw({ mode: 'floating' }).room).toEqual([]);
    for (const mode of PLACE_MODES) expect(draw({ mode, collapsed: true }).room).toEqual([]);
  });

  test('collapsed has a handle with its own name, and loads no banner page', () => {
    expect(draw({ collapsed: true }, DEFAULT_SIZE, 'chrome-extension://x/banner.html#ticket')).toMatchObject({
      collapsed: true,
      label: LABELS.handle,
      src: null,
    });
  });

  test('says everything of its host to be important, so that no page can undo it', () => {
    for (const mode of PLACE_MODES) {
      for (const collapsed of [true, false]) {
        const host = /^:host\{(.*?)\}/.exec(draw({ mode, collapsed }).css)![1]!;
        const declared = host.split(';').filter(Boolean);
        expect(declared.filter((each) => !each.endsWith('!important'))).toEqual([]);
      }
    }
  });

  test('is left out of print', () => {
    expect(draw({}).css).toContain('@media print{:host{display:none!important}}');
  });

  test('never draws a frame thinner than its bar', () => {
    expect(draw({ mode: 'top' }, { bar: 104, total: 48, width: 720 }).css).toContain('height:min(104px,100%)');
  });
});

describe('letting go of a frame', () => {
  const view = { width: 1000, height: 600 };
  const at = { x: 300, y: 200 };

  test.each([
    ['top', { x: 500, y: 3 }],
    ['bottom', { x: 500, y: 599 }],
    ['left', { x: 4, y: 300 }],
    ['right', { x: 999, y: 300 }],
    ['floating', { x: 500, y: 300 }],
  ] as const)('docks it at the %s, or lets it float', (mode, pointer) => {
    expect(dropped(DEFAULT_PLACE, at, pointer, view).mode).toBe(mode);
  });

  test('always leaves it where it can be got hold of', () => {
    const any = fc.double({ min: -5000, max: 5000, noNaN: true });
    const side = fc.integer({ min: 200, max: 4000 });
    fc.assert(
      fc.property(any, any, side, side, (x, y, width, height) => {
        const kept = within({ x, y }, { width, height });
        return kept.x >= 0 && kept.y >= 0 && kept.x <= width - 32 && kept.y <= height - 32;
      }),
    );
  });
});

describe('growth', () => {
  test('goes away from the edge the bar is docked to', () => {
    const grows = PLACE_MODES.map((mode) => growth({ ...DEFAULT_PLACE, mode }, DEFAULT_SIZE, null));
    expect(grows).toEqual(['down', 'up', 'right', 'left', 'down']);
  });

  test('of a floating one goes to where there is more room', () => {
    const floating = (y: number) => growth({ ...DEFAULT_PLACE, mode: 'floating', y }, DEFAULT_SIZE, { width: 1000, height: 600 });
    expect([floating(10), floating(560)]).toEqual(['down', 'up']);
  });
});
