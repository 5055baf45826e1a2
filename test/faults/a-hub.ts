/** A real hub as a process, with a database that survives it, to be killed and started as often as a test wants. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ConfigOptions } from '../../server/config.ts';
import { type Connection, connect } from '../../server/db/connect.ts';
import { freePort, runningPostgresUrl } from '../../server/db/postgres.ts';
import { atHand, type HubAtHand, makeDataFolder } from '../fixtures/hub.ts';

const PROGRAM = fileURLToPath(new URL('./hub-process.ts', import.meta.url));
/** Long enough for a machine with other work: reached only by a test that fails. */
const PATIENCE_MS = 90_000;

export interface FaultHub extends HubAtHand {
  readonly port: number;
  /** SIGKILL: no goodbye, no flush. */
  kill(): Promise<void>;
  /** SIGKILL to the PostgreSQL under its folder, which the hub has to notice by itself. */
  killDatabase(): void;
  /** Starts it again where it was killed, on the same port and data. */
  start(): Promise<void>;
  /** Resolves once the hub, its database and its listener serve. */
  ready(): Promise<void>;
  /** Lets go of what nothing uses any more, as far as the engine can: what is measured then is held. */
  collect(): Promise<void>;
  /** Turns the clock of its process by so many milliseconds; the database's stays. It stays turned after a kill. */
  turn(by: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param options as for any hub; `DATABASE_URL` for a database that is not its own, `PENNON_DATA` for a folder that is left there */
export async function startFaultHub(options: ConfigOptions = {}): Promise<FaultHub> {
  const given = options.PENNON_DATA === undefined ? null : String(options.PENNON_DATA);
  const folder = options.DATABASE_URL === undefined ? (given ?? (await makeDataFolder())) : null;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: port, LOG_LEVEL: 'silent', DATABASE_POOL: 10, PENNON_DATA: folder ?? undefined, ...options };
  let child: ChildProcess | null = null;
  let said = '';
  let ahead = 0;
  let connection: Connection | null = null;

  const isOver = () => child === null || child.exitCode !== null || child.signalCode !== null;
  async function ready(): Promise<void> {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(25)) {
      if (isOver()) throw new Error(`the hub ended: ${said}`);
      const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
      await answer?.arrayBuffer().catch(() => {});
      if (answer?.ok) return;
    }
    throw new Error(`the hub is not ready: ${said}`);
  }
  async function start(): Promise<void> {
    const started = spawn(process.execPath, ['--expose-gc', PROGRAM], { env: { ...process.env, ...textsOf({ ...env, PENNON_FAULTS_AHEAD: ahead }) }, stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
    child = started;
    said = '';
    for (const stream of [started.stdout!, started.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    await ready();
    await connection?.close();
    connection = connect(String(options.DATABASE_URL ?? runningPostgresUrl(folder!)), 4, () => {});
  }
  /** Nothing where it has ended. */
  async function tell(message: object | string): Promise<void> {
    if (isOver() || !child!.connected) return;
    const over = new AbortController();
    const done = Promise.race([once(child!, 'message', over), once(child!, 'exit', over)]);
    child!.send(message, () => {});
    await done;
    over.abort();
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (isOver()) return;
    const gone = once(child!, 'exit');
    child!.kill(signal);
    await gone;
  }

  await start();
  return {
    ...atHand(url, () => connection!.db),
    get db() {
      return connection!.db;
    },
    port,
    ready,
    start,
    kill: () => end('SIGKILL'),
    killDatabase: () => process.kill(postmasterOf(folder!), 'SIGKILL'),
    collect: () => tell('collect'),
    turn(by) {
      ahead += by;
      return tell({ ahead });
    },
    async stop() {
      await connection?.close();
      await end('SIGTERM');
      if (folder && given === null) await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Killed = 'hub' | 'database' | 'both';

/** For a moment; resolves once it serves again. */
export async function killFor(hub: FaultHub, what: Killed): Promise<void> {
  if (what !== 'hub') hub.killDatabase();
  if (what !== 'database') {
    await hub.kill();
    await pause(200);
    await hub.start();
  }
  await hub.ready();
}

const postmasterOf = (folder: string): number => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

const textsOf = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
