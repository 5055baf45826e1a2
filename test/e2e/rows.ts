/** Rows of modules that no person enters, asked of the hub's own process: it writes them as it writes its own. */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Db } from '../../server/db/connect.ts';
import { keepRecords, type NewRecord } from '../../server/modules/keep-record.ts';

/** Without files, which do not go as a message. */
export type Row = Omit<NewRecord, 'file'>;

interface Asked {
  readonly id: string;
  readonly rows: readonly Row[];
}
interface Answered {
  readonly kept: string;
  readonly problem?: string;
}

/** @throws Error where one of them cannot be written */
export function askToKeep(hub: ChildProcess, rows: readonly Row[]): Promise<void> {
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    const hear = ({ kept, problem }: Answered) => {
      if (kept !== id) return;
      hub.off('message', hear);
      if (problem === undefined) resolve();
      else reject(new Error(problem));
    };
    hub.on('message', hear);
    hub.send({ id, rows } satisfies Asked, (error) => error && reject(error));
  });
}

/** In the hub's process: answers whoever started it. */
export function keepRows(db: Db): void {
  process.on('message', (asked: Asked | object) => {
    if (!('rows' in asked)) return;
    const say = (problem?: string) => void process.send?.({ kept: asked.id, ...(problem === undefined ? {} : { problem }) } satisfies Answered);
    db.transaction().execute((trx) => keepRecords(trx, asked.rows)).then(() => say(), (error: Error) => say(error.message));
  });
}
