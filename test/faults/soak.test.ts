/** The soak: what the hub holds stays what it was, however long people work. A short form of it is in test/unit/soak.test.ts. */
import { expect, it } from 'vitest';
import { CLIENTS, MINUTES, say, SEED } from './settings.ts';
import { soak, thirds } from './soak.ts';

it(`with ${CLIENTS} clients for ${MINUTES} minutes memory and handles stay flat`, async () => {
  const end = Date.now() + MINUTES * 60_000;
  const { samples, ...counts } = await soak({ clients: CLIENTS, seed: SEED, goesOn: (rounds) => rounds < 7 || Date.now() < end });
  const [heap, resident, handles] = [thirds(samples, 'heapBytes'), thirds(samples, 'residentBytes'), thirds(samples, 'handles')];
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  say(`${samples.length} rounds: ${counts.publishes} publishes, ${counts.switches} switches, ${counts.comings} who came back`);
  say(`heap after collection ${mb(heap[0])} in the first third, ${mb(heap[1])} in the last; resident ${mb(resident[0])}, ${mb(resident[1])}; handles ${handles[0]}, ${handles[1]}`);
  expect(new Set(samples.map(({ links }) => links))).toEqual(new Set([CLIENTS]));
  expect(heap[1]).toBeLessThan(heap[0] * 1.1 + 2e6);
  expect(handles[1]).toBeLessThanOrEqual(handles[0] + 10);
});
