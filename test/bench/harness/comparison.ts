/** What a comparison is, and what comes of it. */
import { differences, median, ratios } from './statistics.ts';

export type Unit = 'ns' | 'ms' | 's' | 'kB' | 'a second' | 'bytes' | 'a load' | 'of 1';

/** One sample a round, of rounds that all measures of a comparison went through together. */
export interface Measure {
  readonly name: string;
  readonly unit: Unit;
  readonly samples: readonly number[];
}

/** What a measure must reach: beside another one, round by round, or by itself. */
export interface Target {
  readonly of: string;
  /** Null: by itself. */
  readonly against: string | null;
  readonly by: 'ratio' | 'difference' | 'itself';
  readonly least?: number;
  readonly most?: number;
}

export interface Result {
  readonly title: string;
  readonly measures: readonly Measure[];
  readonly targets: readonly Target[];
  /** What a reader must know to judge the figures. */
  readonly notes?: readonly string[];
  /** What of it is drawn. */
  readonly plot?: { readonly file: string; readonly svg: string };
}

export interface Options {
  readonly rounds: number;
  /** Says what goes on. */
  readonly say: (text: string) => void;
}

export interface Comparison {
  readonly name: string;
  readonly about: string;
  /** One after the other, each said as it comes. */
  run(options: Options): AsyncIterable<Result>;
}

export interface Verdict {
  readonly target: Target;
  /** The median of the rounds. */
  readonly figure: number;
  readonly reached: boolean;
}

/** @throws {RangeError} for a target of a measure that was not taken */
export function judge({ measures, targets }: Pick<Result, 'measures' | 'targets'>): Verdict[] {
  const samplesOf = (name: string) => {
    const found = measures.find((measure) => measure.name === name);
    if (!found) throw new RangeError(`nothing measured: ${name}`);
    return found.samples;
  };
  return targets.map((target) => {
    const { of, against, by, least = -Infinity, most = Infinity } = target;
    const own = samplesOf(of);
    const beside = against === null ? own : samplesOf(against);
    const figure = median(by === 'ratio' ? ratios(own, beside) : by === 'difference' ? differences(own, beside) : own);
    return { target, figure, reached: figure >= least && figure <= most };
  });
}

/** A B C A B C …, so that whatever else the machine does is shared by all of them. @returns the samples of each, by round */
export async function interleave<N extends string>(rounds: number, runs: Readonly<Record<N, () => number | Promise<number>>>): Promise<Record<N, number[]>> {
  const names = Object.keys(runs) as N[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<N, number[]>;
  for (let round = 0; round < rounds; round++) for (const name of names) samples[name].push(await runs[name]());
  return samples;
}

export const measuresOf = (samples: Readonly<Record<string, readonly number[]>>, unit: Unit): Measure[] =>
  Object.entries(samples).map(([name, of]) => ({ name, unit, samples: of }));
