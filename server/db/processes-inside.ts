import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import type { Identity } from './postgres-user.ts';

/**
 * The living processes that work inside a folder, by their numbers. PostgreSQL's all work inside their cluster, also those that outlive a
 * killed parent for a moment: until they are gone nobody else may open it. Linux alone can tell.
 *
 * @param user asked as this user: root of a container may not see what others work in, they themselves may
 */
export function processesInside(folder: string, user: Identity | null): Promise<number[]> {
  const place = realpathSync(folder);
  const list = 'ls -ld /proc/[0-9]*/cwd 2>/dev/null';
  return new Promise((resolve) => {
    // Processes that end meanwhile make it fail: what it did list counts.
    execFile('/bin/sh', ['-c', list], { ...user, cwd: '/', maxBuffer: 16_000_000 }, (_error, listed) =>
      resolve(listed.split('\n').flatMap((line) => (line.endsWith(` -> ${place}`) ? Number(/\/proc\/(\d+)\/cwd/.exec(line)![1]) : []))),
    );
  });
}
