/** A snapshot to thousands of sockets, by the hub and by others. Clients are processes of their own. */
import { type Comparison, measuresOf, type Options, type Result, type Target } from '../harness/comparison.ts';
import { TOKEN, withHub } from '../harness/hub-program.ts';
import { bunProgram, versionOf } from '../harness/peers.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { median, quantile } from '../harness/statistics.ts';

/** In a round. */
const PUSHES = 3;
const SIZES = [1000, 5000];
/** Descriptors that a process of ours needs besides its sockets. */
const SPARE = 500;

const OURS = 'Pennon';
const POINTS = { p50: 0.5, p99: 0.99, last: 1 } as const;

interface Side {
  readonly server: Program;
  readonly clients: Pick<Program, 'ask' | 'stop'>;
}

interface Push {
  /** Of each client, as {@link fanOut} gives them. */
  readonly times: readonly number[];
  readonly cpu: number;
}

/** Milliseconds from the server's first write to each client having all of it. */
export async function fanOut({ server, clients }: Side, text: string, marker: string): Promise<number[]> {
  await clients.ask({ expect: marker });
  const { at } = await server.ask({ push: text });
  const arrived: number[] = (await clients.ask({ arrived: true })).at;
  return arrived.map((time) => time - at);
}

/** Each with its program and what its clients speak. */
const PEERS = {
  ws: [() => startProgram('web-socket-server.ts'), 'plain'],
  'Socket.IO': [() => startProgram('socket-io-server.ts'), 'socket.io'],
  'better-sse': [() => startProgram('better-sse-server.ts'), 'events'],
  'a bare loop': [() => startProgram('bare-server.ts'), 'plain'],
  bun: [() => startProgram('bun-server.ts', {}, bunProgram()!), 'plain'],
} as const satisfies Record<string, readonly [() => Promise<Program>, string]>;

async function ofSize(count: number, options: Options): Promise<Result> {
  const hasBun = bunProgram() !== null;
  // Of servers that are all alike, what is started last is up to a tenth quicker: so once in each order.
  const forth = await sitting(count, 'hub first', options);
  const back = await sitting(count, 'hub last', options);
  const samples = Object.fromEntries(Object.entries(forth.samples).map(([name, some]) => [name, some.map((sample, at) => (sample + back.samples[name]![at]!) / 2)]));
  return {
    title: `A snapshot of ${(forth.bytes / 1024).toFixed(1)} KB to ${count} sockets, the middle of ${PUSHES} pushes in each of two sittings a round`,
    measures: measuresOf(samples, 'ms'),
    targets: targets(hasBun),
    notes: [
      'The clients look for what they expect without sleeping: waking them is none of a server\'s work on a network.',
      'The bare loop writes one frame to each of Node\'s own sockets, and knows nothing of them.',
      'In the second sitting the servers are started, and take turns, in the opposite order.',
      `ws ${versionOf('ws')}, Socket.IO ${versionOf('socket.io')}, better-sse ${versionOf('better-sse')}, ${hasBun ? `bun ${versionOf('bun')}` : 'bun is not there for this machine'}`,
    ],
  };
}

interface Sitting {
  /** One a round. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
  /** Of a snapshot. */
  readonly bytes: number;
}

async function sitting(count: number, order: 'hub first' | 'hub last', { rounds, say }: Options): Promise<Sitting> {
  const sides = new Map<string, Side>();
  const add = async (name: string, server: Program, kind: string) => {
    say(`${count} clients of ${name}`);
    sides.set(name, { server, clients: await startProgram('clients.ts', { port: server.ready.port, kind, count, token: TOKEN, quiet: true, awake: true }) });
  };
  const addPeers = async () => {
    const peers = Object.entries(PEERS).filter(([name]) => name !== 'bun' || bunProgram() !== null);
    for (const [name, [start, kind]] of order === 'hub first' ? peers : peers.toReversed()) await add(name, await start(), kind);
  };
  try {
    if (order === 'hub last') await addPeers();
    return await withHub({ people: count, quiet: true }, async (hub) => {
      await add(OURS, hub, 'hub');
      if (order === 'hub first') await addPeers();
      const sample: string = hub.ready.sample;
      const samples = await samplesOf(sides, sample, rounds);
      await sides.get(OURS)!.clients.stop();
      sides.delete(OURS);
      return { samples, bytes: sample.length };
    });
  } finally {
    for (const { server, clients } of sides.values()) {
      await clients.stop();
      await server.stop();
    }
  }
}

async function samplesOf(sides: ReadonlyMap<string, Side>, sample: string, rounds: number): Promise<Record<string, number[]>> {
  const samples: Record<string, number[]> = {};
  const note = (name: string, sample: number) => (samples[name] ??= []).push(sample);
  // The first two rounds are for compilers.
  for (let round = -2; round < rounds; round++) {
    for (const [name, side] of sides) {
      const pushes: Push[] = [];
      for (let nth = 0; nth < PUSHES; nth++) {
        const marker = `round-${round}-${nth}-of-${name}-`;
        const times = await fanOut(side, name === OURS ? marker : sample.replace('MARKER', marker), marker);
        pushes.push({ times, cpu: (await side.server.ask({ counted: true })).cpu });
      }
      if (round < 0) continue;
      note(`${name}, server's processor time`, median(pushes.map(({ cpu }) => cpu)));
      for (const [point, share] of Object.entries(POINTS)) note(`${name}, ${point}`, median(pushes.map(({ times }) => quantile(times, share))));
    }
  }
  return samples;
}

const targets = (bun: boolean): Target[] => [
  { of: `${OURS}, last`, against: 'ws, last', by: 'ratio', most: 0.85 },
  ...(bun ? [{ of: `${OURS}, last`, against: 'bun, last', by: 'ratio', most: 1.3 } as const] : []),
];

async function* run(options: Options): AsyncGenerator<Result> {
  for (const size of [...SIZES, ...(descriptors() > 10_000 + SPARE ? [10_000] : [])]) yield await ofSize(size, options);
}

/** How many files a process may have open, as far as it is known. */
function descriptors(): number {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = report.userLimits?.open_files?.soft;
  return soft === 'unlimited' ? Infinity : Number(soft ?? 0);
}

export const fanOutComparison: Comparison = { name: 'fan-out', about: 'a snapshot to 1,000, 5,000 and 10,000 sockets, beside ws, Socket.IO, better-sse and bun', run };
