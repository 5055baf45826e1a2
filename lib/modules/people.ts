/** Colleagues, and what one writes to them. */
import { at, column, field, NEWEST, verb } from './declare.ts';
import type { Panel } from './types.ts';

/** Statuses as a session has them; without one a person is offline. */
const STATUSES = ['connected', 'absent', 'busy', 'inCall', 'offline'];

export const colleagues: Panel = {
  module: 'mod.colleagues',
  columns: [
    column('name', 'text', { sorts: true }),
    column('status', 'choice', { choices: STATUSES, filters: true, sorts: true }),
    column('activity', 'text', { sorts: true }),
    column('profile', 'text', { sorts: true }),
    column('online', 'boolean'),
    column('email', 'email', { detail: true }),
  ],
  order: { by: 'name', descending: false },
  reach: 'account',
  verbs: [],
  ownPanel: true,
};

/** A thread is a row, of those who write in it. Writing needs the module alone. */
export const conversations: Panel = {
  module: 'mod.conversations',
  columns: [
    column('with', 'text'),
    column('topic', 'text', { sorts: true }),
    column('last', 'text'),
    at,
    column('thread', 'longText', { detail: true }),
  ],
  order: NEWEST,
  reach: 'own',
  verbs: [
    verb('mod.conversations', 'start', 'module', {
      name: 'start',
      form: [field('person', 'person', { required: true }), field('topic', 'text', { max: 120 }), field('text', 'longText', { required: true, max: 4000 })],
    }),
    verb('mod.conversations', 'write', 'row', { name: 'write', form: [field('text', 'longText', { required: true, max: 4000 })] }),
  ],
};
