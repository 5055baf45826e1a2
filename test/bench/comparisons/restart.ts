/** The hub stopped and started again under thousands of the extension's own links: when all are live again. */
import { setTimeout as pause } from 'node:timers/promises';
import { STABLE_MS } from '../../../lib/live/link-core.ts';
import { type Comparison, measuresOf, type Options, type Result } from '../harness/comparison.ts';
import { TOKEN, withHub } from '../harness/hub-program.ts';
import { startProgram } from '../harness/program.ts';

const COUNT = 5000;
/** As a hub has it that is told nothing else. */
const ACCEPT_RATE = 1000;

async function* run({ rounds, say }: Options): AsyncGenerator<Result> {
  yield await withHub({ people: COUNT, config: { PENNON_ACCEPT_RATE: ACCEPT_RATE } }, async (first, restart) => {
    let hub = first;
    const links = await startProgram('links.ts', { url: hub.url, count: COUNT, token: TOKEN });
    const samples: Record<string, number[]> = { 'away': [], 'all live again, after it is ready': [] };
    for (let round = 0; round < rounds; round++) {
      // A hub that has served for a while: a link that does not last makes its client wait longer.
      await pause(STABLE_MS + 1000);
      const stopped = performance.now();
      await hub.stop();
      hub = await restart();
      const ready = performance.timeOrigin + performance.now();
      const { at } = await links.ask({ live: true });
      samples.away!.push((performance.now() - stopped) / 1000 - (at - ready) / 1000);
      samples['all live again, after it is ready']!.push((at - ready) / 1000);
      say(`live again after ${((at - ready) / 1000).toFixed(1)} s`);
    }
    await links.stop();
    return {
      title: `The hub restarted under ${COUNT} clients`,
      measures: measuresOf(samples, 's'),
      targets: [{ of: 'all live again, after it is ready', against: null, by: 'itself', most: 10 }],
      notes: [`The hub takes ${ACCEPT_RATE} links a second, with a burst of as many: ${COUNT / ACCEPT_RATE - 1} s at the least.`],
    };
  });
}

export const restartComparison: Comparison = { name: 'restart', about: 'the hub restarted under 5,000 clients, until all are live again', run };
