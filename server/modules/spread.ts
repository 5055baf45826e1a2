import { spread } from '../../lib/modules/invoice-rules.ts';
import { auditVerb } from './audit-verb.ts';
import { type Act, holdRows, readForm } from './doing.ts';
import { keepRecord } from './keep-record.ts';
import { invoiceOf } from './rules.ts';

/** Makes of what is open of an invoice a plan of instalments, a month apart. */
export const spreadInvoice: Act = async (doing) => {
  const { trx, panel, verb, asker } = doing;
  const { instalments, nextAt } = readForm(doing) as { instalments: number; nextAt: number };
  for (const record of await holdRows(doing)) {
    const { amount, paid } = invoiceOf(record.values);
    const values = { ...record.values, state: 'spread', plan: spread(amount - paid, instalments, nextAt) };
    await keepRecord(trx, { ...record, accountId: asker.accountId, module: panel.module, values });
    await auditVerb(trx, asker, panel, verb, { id: record.id, before: record.values, after: values, more: { instalments } });
  }
};
