/** How well it went: evaluations on a grid, answers to surveys. */
import { at, channel, column, customer, field, NEWEST, note, owner, resourceColumn, resourceField, verb } from './declare.ts';
import type { Panel } from './types.ts';

/**
 * What an evaluation says. A grid with criteria is answered, and the score follows from the answers; one without any has a
 * score given by hand. `passed` follows from the score and the grid: nobody says it.
 */
export const judged = [field('answers', 'answers'), field('score', 'score', { min: 0, max: 100 }), field('note', 'longText')];

export const evaluations: Panel = {
  module: 'mod.evaluations',
  columns: [
    owner,
    resourceColumn('evaluationGrids'),
    column('score', 'score', { sorts: true, averages: true }),
    column('passed', 'choice', { choices: ['yes', 'no'], filters: true }),
    at,
    column('by', 'person'),
    column('customer', 'text', { personal: 'name', detail: true }),
    column('channel', 'choice', { choices: channel.choices!, detail: true }),
    column('heldAt', 'instant', { detail: true }),
    note,
  ],
  order: NEWEST,
  reach: 'team',
  ofTab: 'evaluationGrids',
  verbs: [
    verb('eval.add', 'create', 'module', { form: [field('owner', 'person', { required: true }), resourceField('evaluationGrids'), ...judged] }),
    verb('eval.edit', 'change', 'row', { form: judged }),
    verb('eval.delete', 'delete', 'rows', { destroys: 'undo' }),
  ],
};

export const surveys: Panel = {
  module: 'mod.surveys',
  columns: [resourceColumn('surveys'), customer, column('score', 'integer', { sorts: true, averages: true }), at, owner, note],
  order: NEWEST,
  reach: 'team',
  ofTab: 'surveys',
  verbs: [
    verb('mod.surveys', 'create', 'module', {
      name: 'answer',
      form: [
        resourceField('surveys'),
        field('customer', 'text', { required: true, max: 120 }),
        field('score', 'integer', { required: true, min: 0, max: 10 }),
        field('note', 'longText'),
      ],
    }),
  ],
};
