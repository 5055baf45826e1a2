/** What interactions leave behind: their history, recordings, voice messages, qualifications, and numbers made of them. */
import { at, channel, column, customer, email, field, NEWEST, note, owner, phone, resourceColumn, resourceField, verb } from './declare.ts';
import { judged } from './quality.ts';
import type { Panel } from './types.ts';

const queue = resourceColumn('queues');
const duration = column('duration', 'duration', { sorts: true });

export const history: Panel = {
  module: 'mod.history',
  columns: [
    customer,
    channel,
    column('direction', 'choice', { choices: ['inbound', 'outbound'], filters: true }),
    queue,
    at,
    duration,
    column('outcome', 'choice', { choices: ['handled', 'missed', 'refused', 'transferred', 'abandoned'], filters: true }),
    owner,
    { ...phone, detail: true },
    email,
    column('disposition', 'text', { detail: true }),
    note,
  ],
  order: NEWEST,
  reach: 'team',
  verbs: [],
};

export const recordings: Panel = {
  module: 'mod.recordings',
  columns: [
    customer,
    phone,
    owner,
    queue,
    at,
    duration,
    column('recorded', 'choice', { choices: ['automatic', 'manual'], filters: true }),
  ],
  order: NEWEST,
  reach: 'team',
  plays: true,
  verbs: [
    // Of whom it is and of which interaction, the recording says.
    verb('eval.add', 'evaluate', 'row', { name: 'evaluate', form: [resourceField('evaluationGrids'), ...judged] }),
    verb('rec.download', 'file', 'row', { file: true }),
    verb('rec.delete', 'delete', 'rows', { destroys: 'undo' }),
  ],
};

export const voicemail: Panel = {
  module: 'mod.voicemail',
  columns: [customer, phone, resourceColumn('voiceMailboxes'), at, duration, note],
  order: NEWEST,
  reach: 'account',
  ofTab: 'voiceMailboxes',
  plays: true,
  verbs: [verb('vm.download', 'file', 'row', { file: true }), verb('vm.delete', 'delete', 'rows', { destroys: 'undo' })],
};

/** In one’s own words, or those that a campaign offers. */
export const qualifications: Panel = {
  module: 'mod.qualifications',
  columns: [customer, channel, column('disposition', 'text', { sorts: true }), owner, at, { ...queue, detail: true }, note],
  order: NEWEST,
  reach: 'team',
  verbs: [
    verb('mod.qualifications', 'change', 'row', {
      name: 'qualify',
      form: [field('disposition', 'text', { required: true }), field('note', 'longText')],
    }),
  ],
};

/**
 * Numbers of today, of one's own interactions or those of the teams one manages: a row for each hour, each channel, and
 * one for all of it. A duration is the mean of what was handled.
 */
export const statistics: Panel = {
  module: 'mod.statistics',
  columns: [
    column('of', 'choice', { choices: ['day', 'hour', 'channel'], filters: true }),
    at,
    channel,
    column('handled', 'integer', { sorts: true }),
    column('missed', 'integer', { sorts: true }),
    column('refused', 'integer', { sorts: true }),
    column('mean', 'duration', { sorts: true }),
  ],
  order: { by: 'at', descending: false },
  reach: 'team',
  verbs: [],
  ownPanel: true,
};
