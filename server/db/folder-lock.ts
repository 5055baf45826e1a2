import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processMark } from './process-mark.ts';

const FILE = 'hub.lock';

export interface FolderLock {
  release(): void;
}

/** Which process holds a folder. `mark` tells it from a later process that got the same number. */
export interface Holder {
  readonly pid: number;
  readonly mark: string;
}

/**
 * Takes a folder for this process, also over a holder that is no longer alive.
 *
 * @returns the lock, or who holds it
 */
export function lockFolder(folder: string): FolderLock | { readonly heldBy: Holder } {
  const file = join(folder, FILE);
  const own = `${file}.${randomUUID()}`;
  const me: Holder = { pid: process.pid, mark: processMark(process.pid) ?? '' };
  writeFileSync(own, JSON.stringify({ ...me, nonce: randomUUID() }), { mode: 0o600 });
  try {
    for (;;) {
      if (linked(own, file)) return { release: () => rmSync(file, { force: true }) };
      const holder = readHolder(file);
      if (holder && processMark(holder.pid) === holder.mark) return { heldBy: holder };
      setAside(file, holder);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Who holds the folder now, if anybody alive does. */
export function holderOf(folder: string): Holder | null {
  const holder = readHolder(join(folder, FILE));
  return holder && processMark(holder.pid) === holder.mark ? holder : null;
}

/** A link is made or fails in one step, where writing a file could be seen half done. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Removes a dead holder's lock; puts it back should it meanwhile have become a live one's. */
function setAside(file: string, dead: Holder | null): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved && (moved.pid !== dead?.pid || moved.mark !== dead.mark)) linked(aside, file);
  rmSync(aside, { force: true });
}
