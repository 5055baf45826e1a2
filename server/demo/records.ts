/** What the modules of the demo centre show: the same in every database, but for when it was. */
import type { Trx } from '../db/connect.ts';
import { keepRecords, type NewRecord } from '../modules/keep-record.ts';
import type { Seed } from './records/build.ts';
import { customerRecords, invoiceRecords, judgementRecords, LAST_NUMBERS, shelfRecords, targetRecords, workRecords } from './records/desk.ts';
import { interactionRecords, voicemailRecords } from './records/interactions.ts';

export const demoRecords = (seed: Seed): readonly NewRecord[] => [
  ...customerRecords(seed),
  ...workRecords(seed),
  ...shelfRecords(seed),
  ...targetRecords(seed),
  ...invoiceRecords(seed),
  ...judgementRecords(seed),
  ...interactionRecords(seed),
  ...voicemailRecords(seed),
];

/** @param now milliseconds since the epoch: the demo's days are the ones before it */
export async function insertDemoRecords(trx: Trx, accountId: string, now: number): Promise<void> {
  await keepRecords(trx, demoRecords({ accountId, now }));
  await trx.insertInto('record_counter').values(Object.entries(LAST_NUMBERS).map(([letter, last]) => ({ account_id: accountId, letter, last }))).execute();
}
