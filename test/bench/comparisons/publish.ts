/** From a publish acknowledged to its snapshot at sockets, while thousands are served; beside the fan-out alone to the same ones. */
import { type Comparison, measuresOf, type Options, type Result } from '../harness/comparison.ts';
import { TOKEN, withHub } from '../harness/hub-program.ts';
import { startProgram } from '../harness/program.ts';
import { quantile } from '../harness/statistics.ts';
import { fanOut } from './fan-out.ts';

const COUNT = 5000;

async function* run({ rounds, say }: Options): AsyncGenerator<Result> {
  yield await withHub({ people: COUNT }, async (hub) => {
    say(`${COUNT} sockets`);
    const clients = await startProgram('clients.ts', { port: hub.port, kind: 'hub', count: COUNT, token: TOKEN });
    const samples: Record<string, number[]> = {};
    const note = (name: string, times: readonly number[]) => {
      for (const [point, share] of [['p50', 0.5], ['p99', 0.99]] as const) (samples[`${name}, ${point}`] ??= []).push(quantile(times, share));
    };
    for (let round = -1; round < rounds; round++) {
      const marker = `publish-${round}-`;
      await clients.ask({ expect: marker });
      const { at } = await hub.ask({ publish: marker });
      const arrived: number[] = (await clients.ask({ arrived: true })).at;
      const alone = await fanOut({ server: hub, clients }, `alone-${round}-`, `alone-${round}-`);
      if (round < 0) continue;
      note('publish', arrived.map((time) => time - at));
      note('fan-out alone', alone);
    }
    await clients.stop();
    return {
      title: `A publish, from its answer to the frame at ${COUNT} sockets`,
      measures: measuresOf(samples, 'ms'),
      targets: [
        { of: 'publish, p50', against: 'fan-out alone, p50', by: 'difference', most: 25 },
        { of: 'publish, p99', against: 'fan-out alone, p99', by: 'ratio', most: 2 },
      ],
      notes: ['At the socket, not painted. The publish is of the profile that all of them are on.'],
    };
  });
}

export const publishComparison: Comparison = { name: 'publish', about: 'a publish to the frame at 5,000 sockets, beside the fan-out alone', run };
