/**
 * What a run of the suite is made of: from the environment, which `scripts/faults.ts` fills from its options. A run with
 * the same seed and the same lengths does the same things in the same order; what the machine makes of their timing is
 * its own.
 */
import { BROWSER_KINDS, type BrowserKind } from '../../scripts/browsers.ts';

const number = (name: string, otherwise: number): number => {
  const given = Number(process.env[name]);
  return Number.isInteger(given) && given > 0 ? given : otherwise;
};

export const SEED = number('PENNON_FAULTS_SEED', 1);
/** Steps of the model test and of the test of suspension. */
export const STEPS = number('PENNON_FAULTS_STEPS', 150);
/** Kills of the durability test. */
export const KILLS = number('PENNON_FAULTS_KILLS', 50);
/** Hubs killed while they publish. */
export const PUBLISHES = number('PENNON_FAULTS_PUBLISHES', 12);
/** How often the disk is full, of the disk test. */
export const FULL = number('PENNON_FAULTS_FULL', 3);

/** Real browsers, of the test of suspension. */
export const BROWSERS: readonly BrowserKind[] = BROWSER_KINDS.filter((kind) => (process.env.PENNON_FAULTS_BROWSER ?? kind) === kind);

/** Of the soak. */
export const CLIENTS = number('PENNON_FAULTS_CLIENTS', 300);
export const MINUTES = number('PENNON_FAULTS_MINUTES', 3);

export interface Chance {
  /** Between 0 and 1. */
  next(): number;
  /** From 0 to below `most`. */
  below(most: number): number;
  /** From `least` to `most`, both included. */
  between(least: number, most: number): number;
  of<T>(all: readonly T[]): T;
}

/** Mulberry32: small, and the same everywhere. @param name so that each user of one seed has a sequence of its own */
export function chanceOf(seed: number, name = ''): Chance {
  let state = [...name].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), seed) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(next() * most);
  return { next, below, between: (least, most) => least + below(most - least + 1), of: (all) => all[below(all.length)]! };
}

/** Says a figure that was measured, for `docs/reliability.md`. */
export const say = (text: string): void => console.log(`  ${text}`);
