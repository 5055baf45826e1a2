import { describe, expect, it } from 'vitest';
import { interleave, judge, type Target } from '../../bench/harness/comparison.ts';
import { say } from '../../bench/harness/report.ts';
import { middleOf } from '../../bench/harness/page-cost.ts';
import { median, quantile, ratios, spread } from '../../bench/harness/statistics.ts';

describe('statistics of samples', () => {
  it('take the middle one, or between the two middle ones', () => {
    expect([median([30, 10, 20]), median([4, 1, 3, 2]), median([7])]).toEqual([20, 2.5, 7]);
  });

  it('take a quantile by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile(hundred, 1), quantile([5], 0.01)]).toEqual([50, 99, 100, 5]);
  });

  it('are as far apart as the least and the greatest', () => {
    expect([spread([3, 9, 4]), spread([5])]).toEqual([6, 0]);
    expect(() => spread([])).toThrow(RangeError);
  });

  it('of several loads have the middle of each figure by itself', () => {
    const loads = [{ task: 50, heap: 900, frame: null }, { task: 90, heap: 700, frame: null }, { task: 60, heap: 800, frame: null }];
    expect(middleOf(loads)).toEqual({ task: 60, heap: 800, frame: null });
    expect(() => middleOf([])).toThrow(RangeError);
  });

  it('have no middle of nothing', () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  it('compare only what was taken in the same rounds', () => {
    expect(ratios([2, 9], [1, 3])).toEqual([2, 3]);
    expect(() => ratios([1], [1, 2])).toThrow(RangeError);
  });
});

describe('a target', () => {
  const measures = [
    { name: 'ours', unit: 'ms', samples: [8, 20, 90] },
    { name: 'theirs', unit: 'ms', samples: [10, 20, 100] },
  ] as const;
  const verdictOf = (target: Target) => judge({ measures, targets: [target] })[0]!;

  it('is held against the median of the rounds, each beside its own', () => {
    expect(verdictOf({ of: 'ours', against: 'theirs', by: 'ratio', most: 0.9 })).toMatchObject({ figure: 0.9, reached: true });
    expect(verdictOf({ of: 'ours', against: 'theirs', by: 'ratio', most: 0.89 })).toMatchObject({ reached: false });
    expect(verdictOf({ of: 'ours', against: 'theirs', by: 'difference', most: -3 })).toMatchObject({ figure: -2, reached: false });
    expect(verdictOf({ of: 'ours', against: null, by: 'itself', least: 20 })).toMatchObject({ figure: 20, reached: true });
  });

  it('is said with what came', () => {
    expect(say(verdictOf({ of: 'ours', against: 'theirs', by: 'ratio', most: 0.85 }))).toBe('ours is 0.900 × theirs, wanted ≤ 0.850');
    expect(say(verdictOf({ of: 'ours', against: 'theirs', by: 'difference', most: 20 }))).toBe('ours is theirs − 2.00, wanted ≤ 20.0');
  });

  it('of something that was not measured is refused', () => {
    expect(() => verdictOf({ of: 'nothing', against: null, by: 'itself' })).toThrow(RangeError);
  });
});

it('goes through the rounds with one after the other', async () => {
  const order: string[] = [];
  const run = (name: string) => async () => order.push(name);
  expect(await interleave(3, { a: run('a'), b: run('b') })).toEqual({ a: [1, 3, 5], b: [2, 4, 6] });
  expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
});
