import { sql } from 'kysely';
import { ProblemError } from '../http/problem-error.ts';
import { refuseResource } from './asker.ts';
import { auditVerb } from './audit-verb.ts';
import { type Act, type Doing, holdRows } from './doing.ts';
import { RESTORE_MS } from './forget-deleted.ts';
import { keepRecord } from './keep-record.ts';
import { holdRecords } from './records.ts';

/** Deletes rows; for a short while they can be had back, and then are gone with their files. */
export const deleteRows: Act = async (doing) => (doing.restore ? restore(doing) : remove(doing));

async function remove(doing: Doing): Promise<void> {
  const { trx, panel, verb, asker, now } = doing;
  const records = await holdRows(doing);
  const ids = records.map(({ id }) => id);
  await sql`
    update record set deleted_at = ${new Date(now)}, deleted_by = ${asker.personId}::uuid, revision = revision + 1
    where id = any(${ids}::uuid[])`.execute(trx);
  await sql`delete from record_key where record_id = any(${ids}::uuid[])`.execute(trx);
  for (const { id, values } of records) await auditVerb(trx, asker, panel, verb, { id, before: values });
}

async function restore({ trx, panel, verb, asker, rows, now }: Doing): Promise<void> {
  const held = await holdRecords(trx, panel, asker, rows.map(({ id }) => id), new Date(now - RESTORE_MS));
  for (const { id } of rows) {
    const record = held.get(id);
    if (!record) throw new ProblemError('notFound', { detail: 'It is not deleted, or was too long ago.' });
    refuseResource(asker, panel, verb, record.resourceId);
    await keepRecord(trx, { ...record, accountId: asker.accountId, module: panel.module });
    await auditVerb(trx, asker, panel, verb, { id, after: record.values, more: { restored: true } });
  }
}
