/**
 * What Pennon is measured against: packages of `test/bench` alone, not there until the suite is first run. So nothing here
 * is imported by name; whoever uses one says what of it is used.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../', import.meta.url));
const LOCK = join(FOLDER, 'package-lock.json');
/** What npm writes of the last installation. */
const INSTALLED = join(FOLDER, 'node_modules', '.package-lock.json');

/** Installs them where they are not there as the lockfile says, from the registry alone: no package's script runs. */
export function installPeers(say: (text: string) => void): void {
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs) return;
  say('Installing what Pennon is measured against, in test/bench');
  const windows = process.platform === 'win32';
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts'], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'], shell: windows });
  if (status !== 0) throw new Error('The peers are not installed: npm ci failed in test/bench.');
}

export const peer = async <T>(name: string): Promise<T> => (await import(name)) as T;

export const versionOf = (name: string): string => (JSON.parse(readFileSync(join(FOLDER, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;

/** Bun's own program of this machine, as its package brings it; null where it brings none. */
export function bunProgram(): string | null {
  const { platform, arch } = process;
  const file = join(FOLDER, 'node_modules/@oven', `bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}`, 'bin', platform === 'win32' ? 'bun.exe' : 'bun');
  return existsSync(file) ? file : null;
}
