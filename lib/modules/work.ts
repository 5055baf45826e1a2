/** Cases and tasks: alike, but for what a task is about. */
import { column, customer, email, field, owner, phone, resourceColumn, resourceField, verb } from './declare.ts';
import type { FormField, Panel } from './types.ts';

/** What is to be done first stands first, what is done last. */
const ORDER: Panel['order'] = { by: 'state', descending: false };

const STATES = ['open', 'waiting', 'done'];
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];

const columns: Panel['columns'] = [
  column('title', 'text', { sorts: true }),
  customer,
  column('state', 'choice', { choices: STATES, filters: true, sorts: true, thenBy: 'dueAt' }),
  column('priority', 'choice', { choices: PRIORITIES, filters: true, sorts: true, thenBy: 'dueAt' }),
  column('dueAt', 'instant', { sorts: true }),
  owner,
  { ...phone, detail: true },
  email,
  column('text', 'longText', { detail: true }),
];

const priority = field('priority', 'choice', { choices: PRIORITIES, required: true });
const about: readonly FormField[] = [
  field('title', 'text', { required: true, max: 120 }),
  field('customer', 'text', { max: 120 }),
  field('phone', 'phone'),
  field('email', 'email'),
];
const rest: readonly FormField[] = [priority, field('dueAt', 'instant'), field('text', 'longText')];
const state = field('state', 'choice', { choices: STATES, required: true });
const assign: readonly FormField[] = [field('owner', 'person', { required: true })];
/** What is made is open, and of whoever makes it. */
const OPEN = { state: STATES[0]! };

export const cases: Panel = {
  module: 'mod.cases',
  columns,
  order: ORDER,
  reach: { field: 'cases.scope' },
  verbs: [
    verb('case.create', 'create', 'module', { form: [...about, ...rest], sets: OPEN }),
    verb('case.edit', 'change', 'row', { form: [...about, state, ...rest] }),
    verb('case.delete', 'delete', 'rows', { destroys: 'undo' }),
    verb('case.assign', 'change', 'rows', { form: assign }),
  ],
};

export const tasks: Panel = {
  module: 'mod.tasks',
  columns: columns.flatMap((each) => (each.id === 'state' ? [resourceColumn('categories'), each] : [each])),
  order: ORDER,
  reach: { field: 'tasks.scope' },
  verbs: [
    verb('task.create', 'create', 'module', { form: [resourceField('categories'), ...about, ...rest], sets: OPEN }),
    verb('task.edit', 'change', 'row', { form: [...about, state, ...rest] }),
    verb('task.delete', 'delete', 'rows', { destroys: 'undo' }),
    verb('task.assign', 'change', 'rows', { form: assign }),
  ],
};
