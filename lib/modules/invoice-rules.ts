/** What may be done with an invoice, and what follows. All amounts are whole numbers of the currency’s smallest unit. */

/** `pending`: a payment is asked for and not confirmed; `spread`: paid by instalments, none of them pending. */
export const INVOICE_STATES = ['draft', 'issued', 'pending', 'spread', 'partlyPaid', 'paid', 'cancelled'] as const;
export type InvoiceState = (typeof INVOICE_STATES)[number];

/** The states in which something is owed and no payment is under way. */
export const PAYABLE: readonly InvoiceState[] = ['issued', 'spread', 'partlyPaid'];

export interface Instalment {
  readonly at: number;
  readonly amount: number;
}

export interface Invoice {
  readonly state: InvoiceState;
  readonly amount: number;
  readonly paid: number;
  /** Null for a draft. */
  readonly issuedAt: number | null;
  /** Accounting has it already. */
  readonly exported: boolean;
  /** In the order in which they fall due; none where it is paid at once. */
  readonly plan: readonly Instalment[];
}

export type CancelProblem = 'invoice.exported' | 'invoice.oldMonth' | 'invoice.hasPayments';

/**
 * Why an invoice may not be cancelled; null where it may. Accounting must not have it, nothing of it may be paid (that
 * would be a refund), and the month it was issued in must not be over: its figures are reported then. The source says
 * only "if it complies with accounting and tax rules"; these are the rules read into it.
 */
export function whyNotCancel({ exported, paid, issuedAt }: Pick<Invoice, 'exported' | 'paid' | 'issuedAt'>, now: number): CancelProblem | null {
  if (exported) return 'invoice.exported';
  if (paid > 0) return 'invoice.hasPayments';
  if (issuedAt !== null && monthOf(issuedAt) < monthOf(now)) return 'invoice.oldMonth';
  return null;
}

/** Months since year 0, in UTC: the same on every hub. */
function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Equal parts a month apart, what is odd with the first. @param count 2 to 12 */
export function spread(open: number, count: number, firstAt: number): readonly Instalment[] {
  const part = Math.floor(open / count);
  return Array.from({ length: count }, (_, n) => ({ at: monthsAfter(firstAt, n), amount: part + (n === 0 ? open - part * count : 0) }));
}

/** On the same day, or the month's last where it has no such day. */
function monthsAfter(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** The next instalment that is not paid in full; null without one. */
export function nextInstalment({ plan, paid }: Pick<Invoice, 'plan' | 'paid'>): Instalment | null {
  let left = paid;
  for (const { at, amount } of plan) {
    if (left < amount) return { at, amount: amount - left };
    left -= amount;
  }
  return null;
}

/** What a payment now is of: the next instalment, or all that is open. */
export const amountDue = (invoice: Pick<Invoice, 'amount' | 'paid' | 'plan'>): number => nextInstalment(invoice)?.amount ?? invoice.amount - invoice.paid;

/** What an invoice is once so much of it is paid and nothing is pending. */
export function stateAfter({ amount, plan }: Pick<Invoice, 'amount' | 'plan'>, paid: number): InvoiceState {
  if (paid >= amount) return 'paid';
  if (plan.length > 0) return 'spread';
  return paid > 0 ? 'partlyPaid' : 'issued';
}
