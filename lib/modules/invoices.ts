/** Invoices, from a draft to paid or cancelled. What may be done with one when stands in invoice-rules.ts. */
import { column, customer, field, resourceField, verb } from './declare.ts';
import { INVOICE_STATES, PAYABLE } from './invoice-rules.ts';
import type { FormField, Panel } from './types.ts';

const contact: readonly FormField[] = [field('customer', 'text', { required: true, max: 120 }), field('phone', 'phone'), field('email', 'email')];
const content: readonly FormField[] = [
  field('amount', 'money', { required: true, min: 1, max: 100_000_00 }),
  field('dueAt', 'instant', { required: true }),
  field('text', 'longText'),
];
const DRAFT = { state: ['draft'] };
const payable = { where: { state: PAYABLE } };
const by = resourceField('paymentModules');

export const invoices: Panel = {
  module: 'mod.invoices',
  columns: [
    column('number', 'text', { sorts: true }),
    customer,
    column('amount', 'money', { sorts: true }),
    column('paid', 'money'),
    column('state', 'choice', { choices: INVOICE_STATES, filters: true, sorts: true }),
    column('issuedAt', 'instant', { sorts: true }),
    column('dueAt', 'instant', { sorts: true }),
    column('phone', 'phone', { personal: 'phone', detail: true }),
    column('email', 'email', { personal: 'email', detail: true }),
    column('instalments', 'integer', { detail: true }),
    column('next', 'money', { detail: true }),
    column('nextAt', 'instant', { detail: true }),
    column('exported', 'boolean', { detail: true }),
    column('text', 'longText', { detail: true }),
  ],
  order: { by: 'dueAt', descending: true },
  reach: 'account',
  verbs: [
    verb('inv.create', 'create', 'module', { form: [...contact, ...content], sets: { state: 'draft', paid: 0, exported: false } }),
    verb('inv.modify', 'change', 'row', {
      form: [...contact, ...content, field('state', 'choice', { choices: ['draft', 'issued'], required: true })],
      where: DRAFT,
    }),
    verb('inv.delete', 'delete', 'rows', { destroys: 'undo', where: DRAFT }),
    verb('inv.pay.card', 'pay', 'row', { form: [by], sets: { way: 'card' }, destroys: 'confirm', ...payable }),
    verb('inv.pay.smartRouting', 'pay', 'row', { form: [by], sets: { way: 'smartRouting' }, destroys: 'confirm', ...payable }),
    verb('inv.pay.linkSms', 'pay', 'row', { form: [by, field('phone', 'phone', { required: true })], sets: { way: 'linkSms' }, ...payable }),
    verb('inv.pay.linkEmail', 'pay', 'row', { form: [by, field('email', 'email', { required: true })], sets: { way: 'linkEmail' }, ...payable }),
    verb('inv.spread', 'spread', 'row', {
      form: [field('instalments', 'integer', { required: true, min: 2, max: 12 }), field('nextAt', 'instant', { required: true })],
      where: { state: ['issued'] },
    }),
    verb('inv.cancel', 'change', 'row', { sets: { state: 'cancelled' }, destroys: 'confirm', where: { state: ['issued', 'spread', 'partlyPaid', 'paid'] } }),
  ],
};
