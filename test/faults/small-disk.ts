/** A disk of its own for a test, small enough to be filled: a tmpfs, which root alone may mount. */
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room there is left, and what comes free, until it is cleared. */
  fill(): void;
  /** Gives back all that was taken. */
  clear(): void;
  unmount(): void;
}

const PIECES = [1_048_576, 4096];
const AGAIN_MS = 100;

/** @returns why there can be none, as a word of the machine's own where it says one */
export function mountSmallDisk(megabytes: number): SmallDisk | string {
  if (process.platform !== 'linux') return 'only Linux has a tmpfs';
  const folder = mkdtempSync(join(tmpdir(), 'pennon-disk-'));
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { encoding: 'utf8' });
  if (status !== 0) {
    rmdirSync(folder);
    return error?.message ?? stderr.split('\n')[0]!;
  }
  // Under root PostgreSQL runs as another user, and must get through.
  chmodSync(folder, 0o755);
  const ballast = join(folder, 'ballast');
  const take = () => PIECES.forEach((bytes) => append(ballast, Buffer.alloc(bytes)));
  let again: NodeJS.Timeout | undefined;
  return {
    folder,
    fill() {
      take();
      again ??= setInterval(take, AGAIN_MS);
    },
    clear() {
      clearInterval(again);
      again = undefined;
      rmSync(ballast, { force: true });
    },
    unmount() {
      spawnSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

/** As often as there is room. */
function append(file: string, piece: Buffer): void {
  const to = openSync(file, 'a');
  try {
    while (writeSync(to, piece) > 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(to);
  }
}
