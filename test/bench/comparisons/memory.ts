/** What an idle live link keeps in the hub's memory. */
import { type Comparison, measuresOf, type Options, type Result, type Target } from '../harness/comparison.ts';
import { FLAGS, TOKEN, withHub } from '../harness/hub-program.ts';
import { type Program, startProgram } from '../harness/program.ts';
import type { Memory } from '../programs/told.ts';

/** These come first and stay: what is made once, for the first (compiled code, connections to the database), is not each one's. */
const FIRST = 3000;
const MORE = 6000;

/** Kilobytes for each connection more. */
async function perConnection(server: Program, kind: string): Promise<Memory> {
  const memory = async () => (await server.ask({ memory: true })).memory as Memory;
  const connect = (count: number, from: number) => startProgram('clients.ts', { port: server.ready.port, kind, count, from, token: TOKEN, quiet: true });
  const first = await connect(FIRST, 0);
  const before = await memory();
  const more = await connect(MORE, FIRST);
  const after = await memory();
  await more.stop();
  await first.stop();
  const each = (of: keyof Memory) => (after[of] - before[of]) / MORE / 1024;
  return { resident: each('resident'), used: each('used') };
}

async function ofWs(flags: readonly string[]): Promise<Memory> {
  const server = await startProgram('web-socket-server.ts', {}, process.execPath, flags);
  return perConnection(server, 'plain').finally(() => server.stop());
}

/** Started anew once its people are there: what made them is not what serves them. */
const ofHub = (): Promise<Memory> =>
  withHub({ people: FIRST + MORE, quiet: true }, async (hub, restart) => {
    await hub.stop();
    return perConnection(await restart(), 'hub');
  });

async function* run({ rounds, say }: Options): AsyncGenerator<Result> {
  say(`${MORE} connections after ${FIRST}, servers started anew for each round`);
  const sides = { 'the hub': ofHub, ws: () => ofWs([]), 'ws, with the flags of the hub': () => ofWs(FLAGS) };
  const samples: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, side] of Object.entries(sides)) {
      for (const [of, size] of Object.entries(await side())) (samples[`${name}, ${of}`] ??= []).push(size);
    }
  }
  yield {
    title: `Memory of an idle connection, of ${MORE}`,
    measures: measuresOf(samples, 'kB'),
    targets: (['used', 'resident'] as const).map((of): Target => ({ of: `the hub, ${of}`, against: `ws, ${of}`, by: 'ratio', most: 1.2 })),
    notes: [
      `After garbage was collected, of ${MORE} that came while ${FIRST} were there. The hub knows of each whose it is, until when, and what was sent.`,
      'Used is what objects and buffers are; resident is what the process has of the system, which varies from round to round with what its compilers and the allocator keep.',
      `The hub is started with ${FLAGS.join(' ')}, as npm run hub does.`,
    ],
  };
}

export const memoryComparison: Comparison = { name: 'memory', about: 'what an idle connection keeps in memory, beside ws', run };
