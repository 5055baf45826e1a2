/** What sees wrong banners does see them. */
import { expect, it } from 'vitest';
import { type Shown, wrongsOf } from './shown.ts';

const shown = (count: number, profile: string | null, change: Partial<Shown> = {}): Shown => ({
  frame: 'one', count, born: 1000, at: 1000 + 100 * count, profile, connection: 'live', wayIn: false, buttons: 5, ...change,
});
const later = { frame: 'two', born: 2000 };

it.each<[string, readonly Shown[], number]>([
  ['newer and newer', [shown(0, 'Alpha 1'), shown(1, 'Alpha 2'), shown(2, 'Beta 1'), shown(3, 'Alpha 2')], 0],
  ['older than before', [shown(0, 'Alpha 2'), shown(1, 'Beta 1'), shown(2, 'Alpha 1')], 1],
  ['older than before, told out of order', [shown(1, 'Alpha 1'), shown(0, 'Alpha 2')], 1],
  ['older than a frame before it had shown', [shown(0, 'Alpha 2'), shown(0, 'Alpha 1', { ...later, at: 2100 })], 1],
  ['older than a frame beside it shows', [shown(0, 'Alpha 2', { at: 2050 }), shown(0, 'Alpha 1', { ...later, at: 2100 })], 0],
  ['empty at first', [shown(0, null, { buttons: 0 }), shown(1, 'Alpha 1')], 0],
  ['empty after it was drawn', [shown(0, 'Alpha 1'), shown(1, null, { buttons: 0 })], 1],
  ['signed out', [shown(0, 'Alpha 1'), shown(1, null, { wayIn: true })], 1],
  ['no profile', [shown(0, 'Alpha 1'), shown(1, 'No profile'), shown(2, 'Alpha 1')], 0],
])('%s', (_what, all, wrongs) => {
  expect(wrongsOf(all)).toHaveLength(wrongs);
});
