/**
 * The real extension in real browsers, its background suspended again and again, on bad roads to a hub that is killed, while
 * its person works and others change what they may.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDay, type Day } from './day.ts';
import { drawDay } from './desk-steps.ts';
import { BROWSERS, chanceOf, say, SEED, STEPS } from './settings.ts';

describe.each(BROWSERS)('in %s', (kind) => {
  let day: Day;
  beforeAll(async () => {
    day = await makeDay(kind, chanceOf(SEED, 'day'));
  });
  afterAll(() => day?.close());

  it(`in a day of ${STEPS} steps no banner goes back or is emptied, a press is done once or said to have failed, and all end with what the hub has`, async () => {
    for (const batch of drawDay(chanceOf(SEED, 'desk'), STEPS)) {
      if (process.env.PENNON_FAULTS_TRACE) say(JSON.stringify(batch));
      await Promise.all(batch.map(day.perform));
      expect(day.wrongs()).toEqual([]);
    }
    const heals = day.heals.map(Math.round).toSorted((a, b) => a - b);
    say(`${kind}, ${STEPS} steps: ${Object.entries(day.counts).map(([name, count]) => `${name} ${count}`).join(', ')}`);
    say(`${day.shown()} things shown; ${day.lives()} lives of the background; equal to the database ${heals[Math.floor(heals.length / 2)]} ms after the last fault (median of ${heals.length}), ${heals.at(-1)} ms (longest)`);
  });
});
