import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnector } from '../../server/connector/connectors.ts';
import type { Db } from '../../server/db/connect.ts';
import { demoId } from '../../server/demo/identity.ts';

const MAIN = fileURLToPath(new URL('../../server/demo/traffic/main.ts', import.meta.url));
/** It says goodbye for all who wait; after that it is ended without. */
const PATIENCE_MS = 5000;
/** Whoever signs in for the first time may look around before it rings: what rings has to be answered before a profile is switched. */
export const QUIET_MINUTES = 3;

export interface StartedTraffic {
  end(): Promise<void>;
}

interface Dependencies {
  readonly db: Db;
  readonly hubUrl: string;
  /** Where its log is written. */
  readonly folder: string;
  /** It has ended by itself; `log` says why. */
  readonly onDied: (log: string) => void;
}

/** The demo centre's traffic as a process of its own, which knows nothing of the hub but its address and a connector's token. */
export async function startTraffic({ db, hubUrl, folder, onDied }: Dependencies): Promise<StartedTraffic> {
  const { token } = await createConnector(db, demoId('account', 'harbour'), 'Demo traffic', undefined, true);
  const log = join(folder, 'traffic.log');
  const file = openSync(log, 'w', 0o600);
  const child = spawn(process.execPath, [MAIN, '--hub', hubUrl, '--after', String(QUIET_MINUTES * 60)], {
    env: { ...process.env, PENNON_CONNECTOR_TOKEN: token },
    // By the channel it notices when nobody is left who could end it.
    stdio: ['ignore', file, file, 'ipc'],
  });
  let ending = false;
  child.once('error', () => ending || onDied(log));
  child.once('exit', () => ending || onDied(log));
  return {
    async end() {
      ending = true;
      await endChild(child);
    },
  };
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await gone;
  clearTimeout(hard);
}
