/** Histories of steps of any kind, drawn from a seed. */
import type { Chance } from './settings.ts';

interface Drawing<Kind extends string, Step> {
  /** How often each kind comes, of them all; what never comes by itself has none. */
  readonly weights: Readonly<Record<Kind, number>>;
  readonly draw: (chance: Chance, kind: Kind) => Step;
  /** So many steps between two times of quiet. */
  readonly betweenQuiet: number;
  readonly quiet: Step;
}

/** @returns batches: what is in one happens at once. The last is quiet. */
export function drawBatches<Kind extends string, Step>(chance: Chance, steps: number, { weights, draw, betweenQuiet, quiet }: Drawing<Kind, Step>): Step[][] {
  const bag = Object.entries<number>(weights).flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind as Kind));
  const batches: Step[][] = [];
  for (let made = 0, sinceQuiet = 0; made < steps; ) {
    const size = Math.min(chance.between(1, 3), steps - made);
    batches.push(Array.from({ length: size }, () => draw(chance, chance.of(bag))));
    made += size;
    sinceQuiet += size;
    if (sinceQuiet < betweenQuiet && made < steps) continue;
    batches.push([quiet]);
    sinceQuiet = 0;
  }
  return batches;
}
