/** `npm start` as a program: what it says, what it leaves behind, what it keeps. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runningPostgresUrl } from '../../server/db/postgres.ts';
import { people } from '../../server/demo/people.ts';
import { accountsTable } from '../../scripts/lib/accounts.ts';
import { readArguments } from '../../scripts/lib/arguments.ts';
import { createProgress } from '../../scripts/lib/progress.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The extension may have to be built. */
const PATIENCE = 240_000;
let folder: string;
const started: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pennon-start-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  for (const child of started.splice(0)) await stop(child);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
  /** Resolves when the line has been said; rejects where the program ends without it. */
  says(text: string): Promise<void>;
}

const start = (...args: string[]): Run => run(['--no-browser', ...args]);

const run = (args: readonly string[], env: Record<string, string> = {}): Run => runProgram(process.execPath, ['scripts/start.ts', ...args], env);

function runProgram(program: string, args: readonly string[], env: Record<string, string>): Run {
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let text = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk;
      for (const look of waiting) look();
    });
  }
  return {
    child,
    said: () => text,
    ended,
    says: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!text.includes(wanted)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without “${wanted}”: ${text}`)));
      }),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  await ended;
}

const freePort = async (): Promise<[number, Server]> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [(server.address() as { port: number }).port, server];
};
async function aPort(): Promise<string> {
  const [port, server] = await freePort();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
async function query(data: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: runningPostgresUrl(data) as string });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

describe('npm start', () => {
  it(
    'starts a hub with the demo centre, ends all of it with Ctrl-C and keeps what was changed',
    async () => {
      const data = join(folder, 'kept');
      const port = await aPort();
      const first = start('--port', port, '--data', data);
      await first.says('Ctrl-C ends everything');
      for (const line of ['Database created', 'Demo centre seeded', 'Hub started', 'amira@harbour.example', 'harbour-demo', 'Load unpacked']) {
        expect(first.said()).toContain(line);
      }
      expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
      expect(await (await fetch(`http://127.0.0.1:${port}/demo/customers/20418`)).text()).toContain('Harbour Mutual');
      await query(data, `update person set name = 'Changed' where email = '${people.ben.email}'`);

      const again = start('--port', await aPort(), '--data', data);
      expect(await again.ended).toBe(1);
      expect(again.said()).toMatch(/A hub already runs on the data folder .* \(process \d+\)/);

      first.child.kill('SIGINT');
      expect(await first.ended).toBe(0);
      expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);
      await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();

      const second = start('--port', port, '--data', data);
      await second.says('Ctrl-C ends everything');
      expect(second.said()).toContain('Demo centre as you left it');
      expect(second.said()).toContain('Changed');
      await query(data, `insert into kysely_migration (name, timestamp) values ('9999-later', 'now')`);
      await stop(second.child);

      const newer = start('--port', port, '--data', data);
      expect(await newer.ended).toBe(1);
      expect(newer.said()).toContain('This data was written by a newer Pennon');
      expect(newer.said()).not.toContain('    at ');

      writeFileSync(join(data, 'mine.txt'), 'not Pennon’s');
      const reset = start('--port', port, '--data', data, '--reset');
      await reset.says('Ctrl-C ends everything');
      expect(reset.said()).toContain('Demo centre seeded');
      expect(reset.said()).not.toContain('Changed');
      expect(readdirSync(data)).toContain('mine.txt');
    },
    PATIENCE,
  );

  it('says in one sentence that the port is taken, before it begins anything', async () => {
    const [port, server] = await freePort();
    const data = join(folder, 'never');
    const run = start('--port', String(port), '--data', data);
    expect(await run.ended).toBe(1);
    expect(run.said()).toBe(`Pennon\nPort ${port} is taken by another program: stop it, or choose another port with --port.\n`);
    expect(existsSync(data)).toBe(false);
    server.close();
  }, PATIENCE);

  it('says in one sentence that the folder cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const run = start('--port', await aPort(), '--data', join(file, 'data'));
    expect(await run.ended).toBe(1);
    expect(run.said()).toMatch(/The data folder .*file\/data cannot be written \(ENOTDIR\): choose another one with --data/);
    expect(run.said()).not.toContain('    at ');
  }, PATIENCE);

  it('ends cleanly when stopped half-way', async () => {
    const data = join(folder, 'half');
    const run = start('--port', await aPort(), '--data', data);
    await run.says('Database started');
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);
  }, PATIENCE);

  it('ends with the shell that npm runs it in, though nobody passes the signal on', async () => {
    const data = join(folder, 'orphan');
    // Two commands, so that the shell stays between.
    const line = `"${process.execPath}" scripts/start.ts --no-browser --port ${await aPort()} --data "${data}"; true`;
    const { child, says, said, ended } = runProgram('sh', ['-c', line], { npm_lifecycle_event: 'start' });
    await says('Database started');
    child.kill('SIGKILL');
    // Its output ends with the last process that writes to it.
    await ended;
    expect(said()).toContain('Stopped.');
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);
  }, PATIENCE);
});

describe('the customers', () => {
  /** Of the process that plays them; null where there is none. */
  const playedBy = ({ child }: Run): number | null => {
    try {
      return Number(execFileSync('pgrep', ['-P', String(child.pid), '-f', 'demo/traffic/main.ts'], { encoding: 'utf8' }).trim());
    } catch {
      return null;
    }
  };

  it('are played by a process of their own that ends with the rest; should it die, that is said and the hub goes on', async () => {
    const data = join(folder, 'customers');
    const port = await aPort();
    const first = start('--port', port, '--data', data);
    await first.says('Ctrl-C ends everything');
    expect(first.said()).toContain('Customers come in');
    await expect.poll(() => readFileSync(join(data, 'traffic.log'), 'utf8'), { timeout: 20_000 }).toContain('Connected to the hub.');
    const pid = playedBy(first)!;
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(first.said()).not.toContain('ended by itself');

    const second = start('--port', port, '--data', data);
    await second.says('Ctrl-C ends everything');
    process.kill(playedBy(second)!, 'SIGKILL');
    await second.says('The traffic has ended by itself, so nobody calls or writes any more');
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
    await stop(second.child);
  }, PATIENCE);

  it('do not come where they are not wanted', async () => {
    const quiet = start('--no-traffic', '--port', await aPort(), '--data', join(folder, 'quiet'));
    await quiet.says('Ctrl-C ends everything');
    expect(quiet.said()).not.toContain('Customers');
    expect(playedBy(quiet)).toBeNull();
  }, PATIENCE);
});

describe('the browser it opens', () => {
  /** Stands in for Chromium: does what it is told with the address it is given last. */
  const program = (name: string, body: string): string => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\nfor address in "$@"; do :; done\n${body}\n`, { mode: 0o755 });
    return file;
  };

  it('has the extension and the demo CRM, and ends with it', async () => {
    const seen = join(folder, 'seen');
    const visit = `"${process.execPath}" -e 'fetch(process.argv[1])' "$address"\necho "$$ $@" > "${seen}"\nexec sleep 600`;
    const data = join(folder, 'browser');
    const { child, says, ended } = run(['--browser', 'chromium', '--headless', '--port', await aPort(), '--data', data], {
      PENNON_CHROMIUM: program('visits', visit),
    });
    await says('Chromium opened on the demo CRM');
    await expect.poll(() => existsSync(seen), { timeout: 20_000 }).toBe(true);
    const [pid, args] = [Number.parseInt(readFileSync(seen, 'utf8'), 10), readFileSync(seen, 'utf8')];
    expect(args).toContain(`--load-extension=${join(data, 'extension', 'chrome-mv3')}`);
    const profile = /--user-data-dir=(\S+)/.exec(args)?.[1] as string;
    expect(existsSync(profile)).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(existsSync(profile)).toBe(false);
  }, PATIENCE);

  it('that ends by itself is said, with how to go on by hand', async () => {
    const { says, said } = run(['--browser', 'chromium', '--headless', '--port', await aPort(), '--data', join(folder, 'browser')], {
      PENNON_CHROMIUM: program('ends', 'exit 3'),
    });
    await says('Ctrl-C ends everything');
    expect(said()).toContain('Chromium ended by itself and has not opened the demo CRM.');
    expect(said()).toContain('Load unpacked');
  }, PATIENCE);

  it('that is not there is an error of one sentence', async () => {
    const missing = run(['--browser', 'firefox', '--headless', '--port', await aPort(), '--data', join(folder, 'none')], {
      PENNON_FIREFOX: join(folder, 'no-such-program'),
    });
    expect(await missing.ended).toBe(1);
    expect(missing.said()).toMatch(/PENNON_FIREFOX is .*no-such-program, and there is no program there/);
    expect(missing.said()).not.toContain('    at ');
    expect(existsSync(join(folder, 'none'))).toBe(false);
  }, PATIENCE);
});

describe('its options', () => {
  it('are what they say', () => {
    expect(readArguments([])).toMatchObject({ port: 7420, data: null, browser: null, reset: false, headless: false, noBrowser: false, noTraffic: false });
    expect(readArguments(['--port', '8000', '--browser', 'firefox', '--headless'])).toMatchObject({ port: 8000, browser: 'firefox', headless: true });
  });
  it.each([
    [['--port', 'x'], /--port must be a number/],
    [['--port', '70000'], /--port must be a number/],
    [['--browser', 'lynx'], /--browser must be chromium or firefox/],
    [['--nonsense'], /nonsense/],
    [['--data', ''], /--data needs a folder/],
  ])('%j are refused in one sentence', (args, message) => expect(() => readArguments(args)).toThrow(message));
});

describe('what it prints', () => {
  it('times each step from the one before', () => {
    const lines: string[] = [];
    const times = [0, 1500, 1500, 4000, 4000];
    const progress = createProgress((line) => lines.push(line), () => times.shift() as number);
    progress.done('one');
    progress.done('two');
    expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([' ✓ one 1.5 s', ' ✓ two 2.5 s']);
  });
  it('lines the accounts up', () => {
    const accounts = [
      { name: 'A', email: 'a@example.com', about: '', profiles: ['One', 'Two'] },
      { name: 'Longer', email: 'l@example.com', about: '', profiles: [], note: 'new' },
    ];
    const lines = accountsTable({ accounts, password: 'secret' }).split('\n');
    expect(lines[2]?.indexOf('a@')).toBe(lines[3]?.indexOf('l@'));
    expect(lines[2]).toContain('One, Two');
    expect(lines[3]).toContain('– (new)');
    expect(lines.at(-1)).toContain('secret');
  });
});
