/** A program beside the bench: told and answering in lines of JSON, one answer for each thing told. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly pid: number;
  /** What it said first. */
  readonly ready: JsonValue;
  ask(message: object): Promise<JsonValue>;
  /** SIGKILL. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Told by a program of the bench itself: whoever asked knows what it is. */
type JsonValue = ReturnType<typeof JSON.parse>;

/** @param file in test/bench/programs @param runtime Node's own, or Bun @param more flags of Node */
export async function startProgram(file: string, options: object = {}, runtime = process.execPath, more: readonly string[] = []): Promise<Program> {
  const path = fileURLToPath(new URL(`../programs/${file}`, import.meta.url));
  const flags = runtime === process.execPath ? ['--expose-gc', ...more] : [];
  const child = spawn(runtime, [...flags, path, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${file} ended with ${child.exitCode ?? child.signalCode}`);
    return JSON.parse(value);
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    pid: child.pid!,
    ready: await said(),
    ask(message) {
      const answer = last.then(() => {
        child.stdin.write(`${JSON.stringify(message)}\n`);
        return said();
      });
      last = answer.catch(() => {});
      return answer;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.stdin.end();
      await gone;
    },
  };
}
