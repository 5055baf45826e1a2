/** The program's own side of `harness/program.ts`; also run by Bun. */
import { createInterface } from 'node:readline';

type JsonValue = ReturnType<typeof JSON.parse>;

export const options = JSON.parse(process.argv[2] ?? '{}') as JsonValue;

/** Milliseconds since the epoch and a fraction: the one clock that processes, and Node and Bun, have in common. */
export const clock = (): number => performance.timeOrigin + performance.now();

export const answer = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

/** Says that it is ready, then does what it is told; ends when whoever started it is gone or lets it go. */
export async function serve(ready: object, handle: (message: JsonValue) => unknown, end: () => unknown = () => {}): Promise<void> {
  answer(ready);
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line);
    answer(message.counted ? { cpu: counted() } : ((await handle(message)) ?? null));
  }
  await end();
  process.exit();
}

/** What was done before is over, its garbage too: called by every server before it pushes. */
export async function rest(): Promise<void> {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Milliseconds of processor time since the last push: what other work on the machine changes little. */
let before = process.cpuUsage();
export const startCounting = (): void => void (before = process.cpuUsage());
const counted = (): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

export interface Memory {
  /** What the system counts for the process. */
  readonly resident: number;
  /** What its objects and buffers are. */
  readonly used: number;
}

/** The memory of the process once what is not used is given back, in bytes. */
export async function memory(): Promise<Memory> {
  for (let times = 0; times < 4; times++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss: resident, heapUsed, external } = process.memoryUsage();
  return { resident, used: heapUsed + external };
}
