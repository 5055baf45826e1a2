/** The data folder before a start: in use or not, and emptied where asked. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { holderOf } from '../../server/db/folder-lock.ts';
import { Fault } from '../../server/fault.ts';

/** What a hub keeps in its folder; nothing else in it is ever touched. */
const OURS = /^(postgres|postgres\.new|postgres\.new\.password|postgres\.json(\.new)?|postgres\.log|hub\.log|hub\.lock.*)$/;

/** @throws {Fault} where a hub runs on it */
export function refuseFolderInUse(folder: string): void {
  const holder = existsSync(folder) ? holderOf(folder) : null;
  if (holder) {
    throw new Fault(`A hub already runs on the data folder ${folder} (process ${holder.pid}): use that one, stop it, or choose another folder with --data.`);
  }
}

/** @throws {Fault} where it cannot be listened on */
export function refuseTakenPort(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is taken by another program: stop it, or choose another port with --port.`;
      const forbidden = `Port ${port} may not be used by this user: choose one above 1023 with --port.`;
      reject(new Fault(code === 'EADDRINUSE' ? taken : code === 'EACCES' ? forbidden : `Port ${port} cannot be used (${code}): choose another with --port.`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/**
 * Removes what an earlier hub left in the folder.
 *
 * @throws {Fault} where the folder cannot be written, or a database runs in it
 */
export function emptyFolder(folder: string): void {
  if (!existsSync(folder)) return;
  try {
    for (const name of readdirSync(folder)) if (OURS.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  } catch (error) {
    throw new Fault(`The data folder ${folder} cannot be emptied (${(error as NodeJS.ErrnoException).code}): choose another one with --data.`);
  }
}
