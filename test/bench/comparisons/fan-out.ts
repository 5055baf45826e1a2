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

async function ofSize(count: number, { rounds, say }: Options): Promise<Result> {
  return withHub({ people: count, quiet: true }, async (hub) => {
    const sides: Record<string, Side> = {};
    const add = async (name: string, server: Program, kind: string) => {
      say(`${count} clients of ${name}`);
      sides[name] = { server, clients: await startProgram('clients.ts', { port: server.ready.port, kind, count, token: TOKEN, quiet: true, awake: true }) };
    };
    const bun = bunProgram();
    try {
      await add('Pennon', hub, 'hub');
      await add('ws', await startProgram('web-socket-server.ts'), 'plain');
      await add('Socket.IO', await startProgram('socket-io-server.ts'), 'socket.io');
      await add('better-sse', await startProgram('better-sse-server.ts'), 'events');
      if (bun) await add('bun', await startProgram('bun-server.ts', {}, bun), 'plain');
      const samples: Record<string, number[]> = {};
      const cpu: Record<string, number[]> = {};
      // The first two rounds are for compilers.
      for (let round = -2; round < rounds; round++) {
        for (const [name, side] of Object.entries(sides)) {
          const pushes: Push[] = [];
          for (let nth = 0; nth < PUSHES; nth++) {
            const marker = `round-${round}-${nth}-of-${name}-`;
            const times = await fanOut(side, name === 'Pennon' ? marker : (hub.ready.sample as string).replace('MARKER', marker), marker);
            pushes.push({ times, cpu: (await side.server.ask({ counted: true })).cpu });
          }
          if (round < 0) continue;
          (cpu[`${name}, server's processor time`] ??= []).push(median(pushes.map((push) => push.cpu)));
          for (const [point, share] of Object.entries(POINTS)) (samples[`${name}, ${point}`] ??= []).push(median(pushes.map(({ times }) => quantile(times, share))));
        }
      }
      return {
        title: `A snapshot of ${(hub.ready.sample.length / 1024).toFixed(1)} KB to ${count} sockets, the middle of ${PUSHES} pushes a round`,
        measures: measuresOf({ ...samples, ...cpu }, 'ms'),
        targets: targets(bun !== null),
        notes: ['The clients look for what they expect without sleeping: waking them is none of a server\'s work on a network.', `ws ${versionOf('ws')}, Socket.IO ${versionOf('socket.io')}, better-sse ${versionOf('better-sse')}, ${bun ? `bun ${versionOf('bun')}` : 'bun is not there for this machine'}`],
      };
    } finally {
      for (const [name, { server, clients }] of Object.entries(sides)) {
        await clients.stop();
        if (name !== 'Pennon') await server.stop();
      }
    }
  });
}

const targets = (bun: boolean): Target[] => [
  { of: 'Pennon, last', against: 'ws, last', by: 'ratio', most: 0.85 },
  ...(bun ? [{ of: 'Pennon, last', against: 'bun, last', by: 'ratio', most: 1.3 } as const] : []),
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
