/**
 * A disk of its own for a test that fails on command: a file system of the kernel's on a loop device, whose image becomes
 * immutable under it. Each write to the device is then an input/output error, as of a disk that dies; what is read is as it was.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface BadDisk {
  readonly folder: string;
  fail(): void;
  mend(): void;
  /** Whether the system takes no write on it any more: asked while it fails, it comes to that. */
  isReadOnly(): boolean;
  /** Of a mended one that the system has made read-only: whoever still works on it is ended, and it is checked and there again. */
  repair(): Promise<void>;
  /** Whoever still works on it is ended. */
  unmount(): Promise<void>;
}

/** What the system does on an error: goes on, so that the disk may heal, or takes no write any more until it is repaired. */
export type OnError = 'goes on' | 'becomes read-only';

/** A journal that cannot be written stops all there is to write for good, whatever is to be done on errors. */
const MADE: Readonly<Record<OnError, readonly string[]>> = { 'goes on': ['-O', '^has_journal'], 'becomes read-only': ['-O', 'has_journal'] };
const MOUNTED: Readonly<Record<OnError, string>> = { 'goes on': 'loop,errors=continue', 'becomes read-only': 'loop,errors=remount-ro' };

const UNMOUNT_TRIES = 100;

/** @returns why there can be none, as a word of the machine's own where it says one */
export function mountBadDisk(megabytes: number, onError: OnError): BadDisk | string {
  if (process.platform !== 'linux') return 'only Linux has a loop device';
  const place = mkdtempSync(join(tmpdir(), 'pennon-disk-'));
  // Under root PostgreSQL runs as another user, and must get through.
  chmodSync(place, 0o755);
  const [image, folder] = [join(place, 'image'), join(place, 'disk')];
  const mount = () => run('mount', '-o', MOUNTED[onError], image, folder);
  const gone = (why: string) => {
    rmSync(place, { recursive: true, force: true });
    return why;
  };
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1_048_576);
  const refused = run('mkfs.ext4', '-q', '-F', '-E', 'lazy_itable_init=0', ...MADE[onError], image) ?? run('mkdir', folder) ?? run('chattr', '-i', image) ?? mount();
  if (refused !== null) return gone(refused);
  chmodSync(folder, 0o755);
  const must = (...command: [string, ...string[]]) => {
    const why = run(...command);
    if (why !== null) throw new Error(`${command.join(' ')}: ${why}`);
  };
  const leave = async () => {
    for (let tries = 0; run('umount', folder) !== null; tries += 1) {
      if (tries > UNMOUNT_TRIES) throw new Error(`somebody is still on ${folder}`);
      for (const pid of workingIn(folder)) process.kill(pid, 'SIGKILL');
      await pause(100);
    }
  };
  return {
    folder,
    fail: () => must('chattr', '+i', image),
    mend: () => must('chattr', '-i', image),
    isReadOnly() {
      try {
        writeFileSync(join(folder, 'probe'), 'x', { flush: true });
        return false;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EROFS';
      }
    },
    async repair() {
      await leave();
      // 1: errors were corrected.
      const { status, stdout } = spawnSync('fsck.ext4', ['-p', image], { encoding: 'utf8' });
      if (status === null || status > 1) throw new Error(`fsck.ext4: ${stdout}`);
      const why = mount();
      if (why !== null) throw new Error(why);
    },
    async unmount() {
      await leave();
      gone('');
    },
  };
}

/** Those whose working folder it is in, as a database's is. */
const workingIn = (folder: string): number[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return readlinkSync(`/proc/${name}/cwd`).startsWith(folder) ? [Number(name)] : [];
    } catch {
      // It has just ended.
      return [];
    }
  });

/** @returns null where it went well */
function run(program: string, ...args: readonly string[]): string | null {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.split('\n')[0]!);
}
