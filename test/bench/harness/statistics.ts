/** What is made of samples: pure, and in whatever unit they are. */

/** Of sorted or unsorted samples, by the nearest rank. @throws {RangeError} where there is none */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('no samples');
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** The middle one; between the two middle ones where there are two. */
export function median(samples: readonly number[]): number {
  if (samples.length === 0) throw new RangeError('no samples');
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How far samples are apart. @throws {RangeError} where there is none */
export const spread = (samples: readonly number[]): number => quantile(samples, 1) - quantile(samples, 0);

/** How one measure stands to another, round by round, as the machine was in that round: of two runs apart it says less. */
export const ratios = (of: readonly number[], to: readonly number[]): number[] => pairs(of, to, (a, b) => a / b);
export const differences = (of: readonly number[], to: readonly number[]): number[] => pairs(of, to, (a, b) => a - b);

function pairs(of: readonly number[], to: readonly number[], make: (a: number, b: number) => number): number[] {
  if (of.length !== to.length) throw new RangeError('rounds of two measures that were not taken together');
  return of.map((value, round) => make(value, to[round]!));
}
