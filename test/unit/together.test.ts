import { describe, expect, it } from 'vitest';
import { together } from '../../server/live/together.ts';

/** A load that is told when to end. */
function createLoads() {
  const begun: { keys: readonly number[]; end: (error?: Error) => void }[] = [];
  const load = (keys: readonly number[]) =>
    new Promise<Map<number, string>>((resolve, reject) => {
      begun.push({ keys, end: (error) => (error ? reject(error) : resolve(new Map(keys.filter((key) => key < 100).map((key) => [key, `of ${key}`])))) });
    });
  return { begun, load };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('what is loaded together', () => {
  it('waits for nobody where nothing is loading, and for one load at the most', async () => {
    const { begun, load } = createLoads();
    const one = together(load, 10);
    const first = one(1);
    expect(begun.map(({ keys }) => keys)).toEqual([[1]]);
    const others = [one(2), one(3), one(2)];
    await turn();
    expect(begun).toHaveLength(1);
    begun[0]!.end();
    expect(await first).toBe('of 1');
    expect(begun.map(({ keys }) => keys)).toEqual([[1], [2, 3, 2]]);
    begun[1]!.end();
    expect(await Promise.all(others)).toEqual(['of 2', 'of 3', 'of 2']);
    const last = one(200);
    begun[2]!.end();
    expect(await last).toBeUndefined();
  });

  it('is so many at once at the most', async () => {
    const { begun, load } = createLoads();
    const one = together(load, 2);
    const all = [1, 2, 3, 4, 5].map(one);
    for (let at = 0; at < 3; at++) {
      begun[at]!.end();
      await turn();
    }
    expect(begun.map(({ keys }) => keys)).toEqual([[1], [2, 3], [4, 5]]);
    expect(await Promise.all(all)).toEqual(['of 1', 'of 2', 'of 3', 'of 4', 'of 5']);
  });

  it('fails for those that the failed load was for, and goes on', async () => {
    const { begun, load } = createLoads();
    const one = together(load, 10);
    const first = one(1);
    const second = one(2);
    begun[0]!.end(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    begun[1]!.end();
    expect(await second).toBe('of 2');
  });
});
