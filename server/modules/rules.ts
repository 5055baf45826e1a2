/** What is true of the rows of one module alone: everything else follows from the panels. */
import { sql } from 'kysely';
import type { ProblemCode } from '../../lib/api/problem.ts';
import type { Values } from '../../lib/modules/check.ts';
import { type Invoice, nextInstalment, whyNotCancel } from '../../lib/modules/invoice-rules.ts';
import type { Verb } from '../../lib/modules/types.ts';
import type { Trx } from '../db/connect.ts';
import type { Asker } from './asker.ts';
import { evaluations } from './evaluations.ts';
import type { Names } from './names.ts';
import type { StoredRecord } from './records.ts';

/** A row as it is about to be written. */
export interface Draft {
  readonly accountId: string;
  /** Who writes it, and with which profile. */
  readonly by: Pick<Asker, 'personId' | 'profileId'>;
  readonly resourceId: string | null;
  readonly values: Values;
  /** What of the values was sent with this change. */
  readonly given: Values;
}

export interface ModuleRules {
  /** What follows from the values that are given. @param before what there was; null for a new row */
  complete?(trx: Trx, draft: Draft, before: Values | null, now: number): Promise<Values>;
  /** Why a verb cannot be used with a row that it otherwise applies to. */
  refuses?(verb: Verb, values: Values, now: number): ProblemCode | null;
  /** What is shown and not kept. @param personId who sees it */
  shown?(record: StoredRecord, names: Names, personId: string): Values;
}

export interface Message {
  readonly at: number;
  readonly by: string;
  readonly text: string;
}
export const messagesOf = (values: Values): readonly Message[] => (values['messages'] as readonly Message[] | undefined) ?? [];

/** The values of an invoice, which only the hub writes. */
export const invoiceOf = (values: Values): Invoice => {
  const { state, amount = 0, paid = 0, issuedAt = null, exported = false, plan = [] } = values as unknown as Partial<Invoice> & Pick<Invoice, 'state'>;
  return { state, amount, paid, issuedAt, exported, plan };
};

const invoices: ModuleRules = {
  async complete(trx, { accountId, values }, before, now) {
    // Numbers of invoices leave none out, so a draft, which may be deleted, has one of another row.
    if (!before) return { ...values, number: await nextNumber(trx, accountId, 'D') };
    const issued = values['state'] === 'issued' && before['state'] === 'draft';
    return issued ? { ...values, number: await nextNumber(trx, accountId, 'F'), issuedAt: now } : values;
  },
  refuses: ({ sets }, values, now) => (sets?.['state'] === 'cancelled' ? whyNotCancel(invoiceOf(values), now) : null),
  shown({ values }) {
    const invoice = invoiceOf(values);
    const next = nextInstalment(invoice);
    return { instalments: invoice.plan.length || null, next: next?.amount ?? null, nextAt: next?.at ?? null };
  },
};

const crm: ModuleRules = {
  complete: async (trx, { accountId, values }, before) => (before ? values : { ...values, number: await nextNumber(trx, accountId, 'C') }),
};

const conversations: ModuleRules = {
  shown({ people, values }, names, personId) {
    const messages = messagesOf(values);
    const nameOf = (id: string) => names.people.get(id) ?? '';
    return {
      with: people.filter((id) => id !== personId).map(nameOf).filter(Boolean).join(', '),
      last: messages.at(-1)?.text.slice(0, 200) ?? null,
      thread: messages.map(({ by, text }) => `${nameOf(by)}: ${text}`).join('\n'),
      messages: messages.map(({ at, by, text }) => ({ at, by: { id: by, name: nameOf(by) }, mine: by === personId, text })),
    };
  },
};

/** With whose rights it will be sent: of whoever planned it last, or put it into the pool. */
const smsCampaigns: ModuleRules = {
  complete: async (_trx, { by, values }) => ({ ...values, by: by.personId, profileId: by.profileId, why: null }),
};

const RULES: Readonly<Record<string, ModuleRules>> = {
  'mod.invoices': invoices,
  'mod.evaluations': evaluations,
  'mod.crm': crm,
  'mod.conversations': conversations,
  'mod.smsCampaigns': smsCampaigns,
};
export const rulesOf = (module: string): ModuleRules => RULES[module] ?? {};

/** Counts on for each account and letter, held to the end of the transaction: no number is given twice, and none is left out. */
async function nextNumber(trx: Trx, accountId: string, letter: string): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    insert into record_counter (account_id, letter, last) values (${accountId}::uuid, ${letter}, 1)
    on conflict (account_id, letter) do update set last = record_counter.last + 1 returning last`.execute(trx);
  return `${letter}-${String(rows[0]!.last).padStart(6, '0')}`;
}
