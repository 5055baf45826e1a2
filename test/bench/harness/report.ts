/** How a result reads on a terminal. */
import { judge, type Measure, type Result, type Verdict } from './comparison.ts';
import { median } from './statistics.ts';

export function print(result: Result): string {
  const wide = Math.max(...result.measures.map(({ name }) => name.length), 10);
  const measures = result.measures.map((measure) => `  ${measure.name.padEnd(wide)}  ${spread(measure)}`);
  const verdicts = judge(result).map((verdict) => `  ${verdict.reached ? 'reached' : 'MISSED '}  ${say(verdict)}`);
  const notes = (result.notes ?? []).map((note) => `  ${note}`);
  return [result.title, ...measures, ...verdicts, ...notes, ''].join('\n');
}

const spread = ({ samples, unit }: Measure): string =>
  `${figure(median(samples)).padStart(9)} ${unit}  (${figure(Math.min(...samples))}–${figure(Math.max(...samples))}, ${samples.length} rounds)`;

/** A verdict as a sentence: what was asked for, and what came. */
export function say({ target, figure: came }: Verdict): string {
  const { of, against, by, least, most } = target;
  const bounds = [least === undefined ? [] : [`≥ ${figure(least)}`], most === undefined ? [] : [`≤ ${figure(most)}`]].flat().join(' and ');
  if (by === 'itself') return `${of} is ${figure(came)}, wanted ${bounds}`;
  return `${of} is ${by === 'ratio' ? `${figure(came)} × ${against}` : `${against} ${came < 0 ? '−' : '+'} ${figure(Math.abs(came))}`}, wanted ${bounds}`;
}

/** Three digits that say something, at least. */
export const figure = (value: number): string => {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 || value === 0 ? 2 : 3);
};
