/** Random histories of everything at once, against a real hub, with the extension's own client behind bad roads. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chanceOf, say, SEED, STEPS } from './settings.ts';
import { drawHistory } from './steps.ts';
import { makeWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld(chanceOf(SEED, 'world'));
});
afterAll(() => world?.close());

it(`in a history of ${STEPS} steps nothing goes back, nobody is shown what is not theirs, and all end with what the hub has`, async () => {
  for (const batch of drawHistory(chanceOf(SEED, 'history'), STEPS)) {
    if (process.env.PENNON_FAULTS_TRACE) say(JSON.stringify(batch));
    await Promise.all(batch.map(world.perform));
    expect(world.witness.wrongs).toEqual([]);
  }
  await world.checkEnd();
  expect(world.witness.states()).toBeGreaterThan(0);
  const heals = world.heals.map(Math.round).toSorted((a, b) => a - b);
  say(`${STEPS} steps: ${Object.entries(world.counts).map(([name, count]) => `${name} ${count}`).join(', ')}`);
  say(`${world.witness.states()} states seen by clients; equal to the database ${heals[Math.floor(heals.length / 2)]} ms after the last fault (median of ${heals.length}), ${heals.at(-1)} ms (longest)`);
});
