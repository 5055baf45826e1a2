/** What a seed draws is drawn again by it, and of all that may happen nothing is left out. */
import { expect, it } from 'vitest';
import { drawDay, type DeskStep } from './desk-steps.ts';
import { chanceOf } from './settings.ts';
import { drawHistory, PEOPLE, PROFILES, type Step } from './steps.ts';

const STEPS = 2000;
const drawn = (seed: number) => drawHistory(chanceOf(seed, 'history'), STEPS);

it('the same seed draws the same history, another one another', () => {
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(8)).not.toEqual(drawn(7));
  expect(drawDay(chanceOf(7, 'desk'), STEPS)).toEqual(drawDay(chanceOf(7, 'desk'), STEPS));
});

it('a history has as many steps as were asked for, quiet in between and at its end', () => {
  const batches = drawn(7);
  expect(batches.flat().filter((step) => step.do !== 'quiet')).toHaveLength(STEPS);
  expect(batches.at(-1)).toEqual([{ do: 'quiet' }]);
  expect(batches.some((batch) => batch.length > 1), 'some at once').toBe(true);
});

it.each<Step['do']>(['edit', 'publish', 'rollBack', 'dropDraft', 'assign', 'revoke', 'switch', 'activity', 'refresh', 'ring', 'suspend', 'offer', 'accept', 'record', 'overreach', 'hangUp', 'obey', 'turn', 'turnHub', 'ask', 'answer'])('%s is in it', (kind) => {
  expect(drawn(7).flat().filter((step) => step.do === kind).length).toBeGreaterThan(10);
});

it('every fault of the road, every kill, a pause, every person and every profile are in it', () => {
  const all = drawn(7).flat();
  const of = <K extends Step['do']>(kind: K) => all.filter((step): step is Extract<Step, { do: K }> => step.do === kind);
  expect(new Set(of('road').map(({ is }) => is))).toEqual(new Set(['clear', 'slow', 'blackHole', 'split', 'joined', 'notRead', 'reset', 'halfOpen']));
  expect(new Set(of('kill').map(({ what }) => what))).toEqual(new Set(['hub', 'database', 'both']));
  expect(new Set(of('activity').map(({ name }) => name))).toContain('pause');
  expect(new Set(of('assign').map(({ person, profile }) => `${person} ${profile}`)).size).toBe(PEOPLE * PROFILES);
});

it.each<DeskStep['do']>(['suspend', 'lull', 'agedToken', 'road', 'kill', 'publish', 'assign', 'revoke', 'switch', 'open', 'reload', 'press'])('%s is in a day', (kind) => {
  expect(drawDay(chanceOf(7, 'desk'), STEPS).flat().filter((step) => step.do === kind).length).toBeGreaterThan(5);
});
