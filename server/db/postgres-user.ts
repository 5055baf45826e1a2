import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '../fault.ts';

const run = promisify(execFile);

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** Where binaries are copied to that the user `postgres` cannot reach where they are installed. */
const SHARED = '/var/lib/pennon';

/** PostgreSQL refuses to run as root: there it runs as the user `postgres`, made if need be; else null. */
export async function postgresUser(): Promise<Identity | null> {
  if (process.getuid?.() !== 0) return null;
  const found = await identityOf('postgres');
  if (found) return found;
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']).catch(() => {});
  const made = await identityOf('postgres');
  if (made) return made;
  throw new Fault(
    'PostgreSQL does not run as root, and the user postgres could not be made: start the hub as another user, or give a database by DATABASE_URL.',
  );
}

async function identityOf(name: string): Promise<Identity | null> {
  const id = (flag: string) => run('id', [flag, name]).then(({ stdout }) => Number(stdout));
  return Promise.all([id('-u'), id('-g')]).then(([uid, gid]) => ({ uid, gid }), () => null);
}

/** Whether the user may enter a folder, and all those above it. */
export const mayEnter = (user: Identity, folder: string): Promise<boolean> =>
  run('/bin/sh', ['-c', 'cd -- "$0"', folder], { ...user, cwd: '/' }).then(() => true, () => false);

/**
 * A copy of the platform's binaries that every user can reach: made once for each version, under a folder of root's own
 * so that nobody else can put theirs there.
 *
 * @param packageFolder of the platform's package
 * @returns the folder of the executables
 */
export function sharedBinaries(packageFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const place = join(SHARED, `postgres-${version}`);
  try {
    if (!existsSync(place)) {
      const unfinished = `${place}.${process.pid}`;
      mkdirSync(SHARED, { recursive: true, mode: 0o755 });
      cpSync(join(packageFolder, 'native'), unfinished, { recursive: true, verbatimSymlinks: true });
      renameSync(unfinished, place);
    }
  } catch (error) {
    rmSync(`${place}.${process.pid}`, { recursive: true, force: true });
    if (!existsSync(place)) {
      throw new Fault(
        `PostgreSQL does not run as root, and its programs cannot be copied to ${place} (${(error as NodeJS.ErrnoException).code}): start the hub as another user.`,
      );
    }
  }
  return join(place, 'bin');
}
