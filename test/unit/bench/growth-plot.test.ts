import { describe, expect, it } from 'vitest';
import { type GrowthPanel, growthPlot } from '../../bench/harness/growth-plot.ts';

const panel = (values: readonly number[], title = 'people'): GrowthPanel => ({ title, sizes: [100, 1000, 10_000], lines: [{ name: 'snapshot', values }] });

/** The points of the first line that is drawn in full, as pixels. */
function pointsOf(svg: string): [x: number, y: number][] {
  const [, path] = /<path d="M([^"]+)" fill="none" stroke="#\w+" stroke-width="2"/.exec(svg)!;
  return path!.split('L').map((point) => point.split(' ').map(Number) as [number, number]);
}

describe('the plot of how a cost grows', () => {
  it('draws what is flat as flat', () => {
    const [first, middle, last] = pointsOf(growthPlot([panel([5, 5, 5])]));
    expect([middle![1], last![1]]).toEqual([first![1], first![1]]);
    expect(middle![0] - first![0]).toBeCloseTo(last![0] - middle![0], 0);
  });

  it('draws what grows tenfold each time as a straight line upwards', () => {
    const [first, middle, last] = pointsOf(growthPlot([panel([1, 10, 100])]));
    expect(first![1]).toBeGreaterThan(middle![1]);
    expect(first![1] - middle![1]).toBeCloseTo(middle![1] - last![1], 0);
  });

  it('has one scale for all panels, and one entry for a line of several', () => {
    const both = growthPlot([panel([1, 1, 1]), panel([1000, 1000, 1000], 'queues')]);
    expect(both.match(/>1,000<\/text>/g)).toHaveLength(4);
    expect(both.match(/>snapshot</g)).toHaveLength(1);
    expect(both).toContain('As queues grow');
  });

  it('draws times that are all the same, and says what is named as it is', () => {
    const svg = growthPlot([{ ...panel([1, 1, 1]), title: 'a < b & c' }]);
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg).toContain('a &lt; b &amp; c');
  });
});
