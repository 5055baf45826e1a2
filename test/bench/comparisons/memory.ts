/** What an idle live link keeps in the hub's memory. */
import { type Comparison, interleave, measuresOf, type Options, type Result } from '../harness/comparison.ts';
import { FLAGS, TOKEN, withHub } from '../harness/hub-program.ts';
import { type Program, startProgram } from '../harness/program.ts';

const COUNT = 5000;
/** These come and go first: what is made once, for the first (compiled code, connections to the database), is not each one's. */
const FIRST = 500;

/** Bytes of the process for each connection more. */
async function perConnection(server: Program, kind: string): Promise<number> {
  const memory = async () => (await server.ask({ memory: true })).memory as number;
  const connect = (count: number) => startProgram('clients.ts', { port: server.ready.port, kind, count, token: TOKEN });
  await (await connect(FIRST)).stop();
  const before = await memory();
  const clients = await connect(COUNT);
  const after = await memory();
  await clients.stop();
  return (after - before) / COUNT / 1024;
}

async function ofWs(flags: readonly string[]): Promise<number> {
  const server = await startProgram('web-socket-server.ts', {}, process.execPath, flags);
  return perConnection(server, 'plain').finally(() => server.stop());
}

async function* run({ rounds, say }: Options): AsyncGenerator<Result> {
  say(`${COUNT} connections, servers started anew for each round`);
  const samples = await interleave(rounds, {
    'the hub': () => withHub({ people: COUNT, quiet: true }, (hub) => perConnection(hub, 'hub')),
    ws: () => ofWs([]),
    'ws, with the flags of the hub': () => ofWs(FLAGS),
  });
  yield {
    title: `Memory of an idle connection, of ${COUNT}`,
    measures: measuresOf(samples, 'kB'),
    targets: [{ of: 'the hub', against: 'ws', by: 'ratio', most: 1.2 }],
    notes: [
      `Resident memory after garbage was collected, of ${COUNT} that came after ${FIRST} had come and gone. The hub knows of each whose it is, until when, and what was sent.`,
      `The hub is started with ${FLAGS.join(' ')}, as npm run hub does.`,
    ],
  };
}

export const memoryComparison: Comparison = { name: 'memory', about: 'what an idle connection keeps in memory, beside ws', run };
