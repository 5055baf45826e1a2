/** Payments of invoices: asked for here, by a payment module; it is that which says how they ended. */
import type { Values } from '../../lib/modules/check.ts';
import { amountDue, stateAfter } from '../../lib/modules/invoice-rules.ts';
import { requirePaymentTaker } from '../connector/carrier.ts';
import type { Trx } from '../db/connect.ts';
import { auditVerb } from './audit-verb.ts';
import { type Act, holdRows, readForm } from './doing.ts';
import { keepRecord } from './keep-record.ts';
import { invoiceOf } from './rules.ts';

type Way = 'card' | 'smartRouting' | 'linkSms' | 'linkEmail';

/**
 * Asks a payment module of the profile for what is due: all that is open, or the next instalment. Nothing of a card passes
 * through here: by card and by smart routing the customer gives it to the module, by a link on its page.
 */
export const askPayment: Act = async (doing) => {
  const { trx, panel, verb, asker, now } = doing;
  await requirePaymentTaker(trx, asker.accountId);
  for (const record of await holdRows(doing)) {
    const { resourceId, ...to } = readForm(doing, { before: record.values });
    const amount = amountDue(invoiceOf(record.values));
    const way = verb.sets!['way'] as Way;
    await trx
      .insertInto('payment_request')
      .values({
        account_id: asker.accountId,
        invoice_id: record.id,
        resource_id: resourceId as string,
        way,
        sent_to: ((to['phone'] ?? to['email']) as string | undefined) ?? null,
        amount,
        asked_by: asker.personId,
        asked_at: new Date(now),
        ended_at: null,
      })
      .execute();
    await keepInvoice(trx, asker.accountId, record, { ...record.values, state: 'pending' });
    await auditVerb(trx, asker, panel, verb, { id: record.id, before: record.values, after: { ...record.values, state: 'pending' }, more: { amount, way } });
  }
};

/**
 * For the payment module: how a payment ended. One that has ended already is left as it is.
 *
 * @returns whether it ended now
 */
export async function endPayment(trx: Trx, requestId: string, how: 'confirmed' | 'failed', now: number): Promise<boolean> {
  const request = await trx
    .updateTable('payment_request')
    .set({ state: how, ended_at: new Date(now) })
    .where('id', '=', requestId)
    .where('state', '=', 'pending')
    .returning(['account_id', 'invoice_id', 'amount'])
    .executeTakeFirst();
  if (!request) return false;
  const row = await trx.selectFrom('record').selectAll().where('id', '=', request.invoice_id).forNoKeyUpdate().executeTakeFirst();
  if (!row || row.deleted_at) return true;
  const invoice = invoiceOf(row.values);
  const paid = invoice.paid + (how === 'confirmed' ? request.amount : 0);
  const record = { id: row.id, ownerId: row.owner_id, resourceId: row.resource_id };
  await keepInvoice(trx, request.account_id, record, { ...row.values, paid, state: stateAfter(invoice, paid) });
  return true;
}

const keepInvoice = (trx: Trx, accountId: string, record: { id: string; ownerId: string | null; resourceId: string | null }, values: Values) =>
  keepRecord(trx, { id: record.id, ownerId: record.ownerId, resourceId: record.resourceId, accountId, module: 'mod.invoices', values });
