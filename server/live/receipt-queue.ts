import type { Db } from '../db/connect.ts';
import type { Logger } from '../log.ts';
import { type PersonReceipt, recordReceipts } from '../session/receipts.ts';

export interface ReceiptQueue {
  add(receipt: PersonReceipt): void;
  /** Resolves once all that was added is written, or could not be. */
  flush(): Promise<void>;
}

/** Writes receipts many at a time: a publish is answered by everybody at once. */
export function createReceiptQueue({ db, log, everyMs }: { readonly db: Db; readonly log: Logger; readonly everyMs: number }): ReceiptQueue {
  let waiting: PersonReceipt[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const receipts = waiting;
    waiting = [];
    if (receipts.length === 0) return writing;
    const write = () =>
      recordReceipts(db, receipts).catch((error: unknown) => log.warn({ err: error, receipts: receipts.length }, 'receipts are lost'));
    return (writing = writing.then(write));
  };
  return {
    add(receipt) {
      waiting.push(receipt);
      timer ??= setTimeout(() => void flush(), everyMs).unref();
    },
    flush,
  };
}
