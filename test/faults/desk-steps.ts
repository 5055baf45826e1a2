/** What may happen to somebody at a browser, its background, the network, the hub and their profiles; drawn from a seed. */
import { drawBatches } from './batches.ts';
import type { Chance } from './settings.ts';

/** Of the person; the first one is theirs at login. */
export const NAMES = ['Alpha', 'Beta'] as const;
export const MOST_PAGES = 2;

export type Meets = 'nothing' | 'suspend' | 'reset' | 'halfOpen' | 'blackHole' | 'kill';
export type DeskStep =
  | { readonly do: 'suspend' | 'quiet' | 'agedToken' | 'lull' }
  | { readonly do: 'road'; readonly is: 'clear' | 'slow' | 'blackHole' | 'split' | 'joined' | 'notRead' | 'reset' | 'halfOpen' }
  | { readonly do: 'kill'; readonly what: 'hub' | 'database' | 'both' }
  | { readonly do: 'publish' | 'assign' | 'revoke' | 'switch'; readonly profile: number }
  /** With the background suspended so many milliseconds after it began: the page and the banner in it ask it while they load. */
  | { readonly do: 'open'; readonly suspended: number | null }
  | { readonly do: 'reload'; readonly page: number; readonly waits: boolean; readonly suspended: number | null }
  /** Makes a case; so many milliseconds after the press it meets with a fault. */
  | { readonly do: 'press'; readonly meets: Meets; readonly after: number };

const WEIGHTS: Readonly<Record<DeskStep['do'], number>> = {
  suspend: 18, open: 6, reload: 8, press: 12, road: 16, kill: 5, publish: 16, assign: 6, revoke: 5, switch: 7, agedToken: 2, lull: 1, quiet: 0,
};
const BETWEEN_QUIET = 15;

export const drawDay = (chance: Chance, steps: number): DeskStep[][] =>
  drawBatches<DeskStep['do'], DeskStep>(chance, steps, { weights: WEIGHTS, draw, betweenQuiet: BETWEEN_QUIET, quiet: { do: 'quiet' } });

const whileLoading = (chance: Chance): number | null => chance.of([null, null, 0, 20, 50, 100, 150, 200, 300]);

function draw(chance: Chance, kind: DeskStep['do']): DeskStep {
  switch (kind) {
    case 'road':
      return { do: kind, is: chance.of(['clear', 'slow', 'blackHole', 'split', 'joined', 'notRead', 'reset', 'reset', 'halfOpen']) };
    case 'kill':
      return { do: kind, what: chance.of(['hub', 'hub', 'database', 'both']) };
    case 'publish':
    case 'assign':
    case 'revoke':
    case 'switch':
      return { do: kind, profile: chance.below(NAMES.length) };
    case 'open':
      return { do: kind, suspended: whileLoading(chance) };
    case 'reload':
      return { do: kind, page: chance.below(MOST_PAGES), waits: chance.next() < 0.5, suspended: whileLoading(chance) };
    case 'press':
      return { do: kind, meets: chance.of(['nothing', 'suspend', 'suspend', 'reset', 'halfOpen', 'blackHole', 'kill']), after: chance.of([0, 0, 2, 5, 10, 20, 50]) };
    default:
      return { do: kind };
  }
}
