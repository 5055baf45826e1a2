/** The short form of `npm run test:faults -- soak`: clients come and go, publishes and switches pass, and nothing is left of them. */
import { expect, it } from 'vitest';
import { soak, thirds } from '../faults/soak.ts';

const CLIENTS = 60;

it('what a hub holds does not grow with what has passed', { timeout: 120_000 }, async () => {
  const { samples } = await soak({ clients: CLIENTS, seed: 1, goesOn: (rounds) => rounds < 13 });
  expect(samples.map(({ links }) => links)).toEqual(samples.map(() => CLIENTS));
  const [heap, handles] = [thirds(samples, 'heapBytes'), thirds(samples, 'handles')];
  expect(heap[1]).toBeLessThan(heap[0] * 1.1 + 2e6);
  expect(handles[1]).toBeLessThanOrEqual(handles[0] + 10);
});
