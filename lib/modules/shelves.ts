/** What one looks up: directories, knowledge, documents, scripts. None of it is changed here. */
import { column, note, resourceColumn, verb } from './declare.ts';
import type { Panel } from './types.ts';

const LANGUAGES = ['en', 'fr', 'es', 'de', 'he'];
const language = column('language', 'choice', { choices: LANGUAGES, filters: true });
const updatedAt = column('updatedAt', 'instant', { sorts: true });
const title = column('title', 'text', { sorts: true });
const text = column('text', 'longText', { detail: true });
const BY_TITLE: Panel['order'] = { by: 'title', descending: false };

export const directory: Panel = {
  module: 'mod.directory',
  columns: [
    column('name', 'text', { sorts: true }),
    column('role', 'text', { sorts: true }),
    column('town', 'text', { sorts: true }),
    column('phone', 'phone'),
    column('email', 'email'),
    resourceColumn('directory'),
    note,
  ],
  order: { by: 'name', descending: false },
  reach: 'account',
  ofTab: 'directory',
  verbs: [],
};

export const knowledge: Panel = {
  module: 'mod.knowledge',
  columns: [title, resourceColumn('knowledgeBase'), language, updatedAt, text],
  order: BY_TITLE,
  reach: 'account',
  ofTab: 'knowledgeBase',
  verbs: [],
};

export const documents: Panel = {
  module: 'mod.documents',
  columns: [title, resourceColumn('documentCenter'), language, column('size', 'integer', { sorts: true }), updatedAt, note],
  order: BY_TITLE,
  reach: 'account',
  ofTab: 'documentCenter',
  verbs: [verb('mod.documents', 'file', 'row', { name: 'open', file: true })],
};

/** A script is written for a queue: it is there for those whose profile has the queue. */
export const scripts: Panel = {
  module: 'mod.scripts',
  columns: [title, resourceColumn('queues'), language, updatedAt, text],
  order: BY_TITLE,
  reach: 'account',
  ofTab: 'queues',
  verbs: [],
};
