/** Customers, in the CRMs of the profile. What one may do with them is said for each CRM, in its row. */
import { column, email, field, note, phone, resourceColumn, resourceField, verb } from './declare.ts';
import type { FormField, Panel } from './types.ts';

const form: readonly FormField[] = [
  field('name', 'text', { required: true, max: 120 }),
  field('town', 'text', { max: 120 }),
  field('phone', 'phone'),
  field('mobile', 'phone'),
  field('email', 'email'),
  field('speaks', 'text', { max: 60 }),
  field('contracts', 'longText'),
  field('note', 'longText'),
];

export const crm: Panel = {
  module: 'mod.crm',
  columns: [
    column('name', 'text', { personal: 'name', sorts: true }),
    column('number', 'text', { sorts: true }),
    column('town', 'text', { sorts: true }),
    phone,
    column('mobile', 'phone', { personal: 'phone', detail: true }),
    email,
    resourceColumn('crms'),
    column('speaks', 'text', { detail: true }),
    column('contracts', 'longText', { detail: true }),
    note,
  ],
  order: { by: 'name', descending: false },
  reach: 'account',
  ofTab: 'crms',
  verbs: [
    verb('crm.create', 'create', 'module', { form: [resourceField('crms'), ...form] }),
    verb('crm.modify', 'change', 'row', { form }),
    verb('crm.delete', 'delete', 'rows', { destroys: 'undo' }),
  ],
};
