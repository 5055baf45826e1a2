import { panelByModule, recordsOf } from '../../lib/modules/panels.ts';
import type { Panel, Verb } from '../../lib/modules/types.ts';
import type { Db } from '../db/connect.ts';
import type { Call, Handlers } from '../http/handler.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Live } from '../parts.ts';
import { requireControl } from '../session/decided.ts';
import { wholeSession } from '../session/lock.ts';
import type { Snapshots } from '../session/snapshots.ts';
import { type Asker, askerOf } from './asker.ts';
import { auditVerb } from './audit-verb.ts';
import { readColleagues } from './colleagues.ts';
import { listedRow, pageOfListed, type ReadListed } from './listed.ts';
import { namesIn } from './names.ts';
import { readQuery, writeAfter } from './query.ts';
import { scopeOf } from './reach.ts';
import { findRecord, pageOfRecords } from './records.ts';
import { rowOf } from './row.ts';
import { readStatistics } from './statistics.ts';

/** Modules whose rows are worked out from what the hub keeps anyway; those of all others are records. */
const LISTED: Readonly<Record<string, ReadListed>> = {
  'mod.colleagues': readColleagues,
  'mod.statistics': readStatistics,
};

export interface ModuleDependencies {
  readonly snapshots: Snapshots;
  readonly now: () => number;
  /** ISO 3166-1 alpha-2: whose numbers are shown the national way; empty for none. */
  readonly country: string;
  /** Whoever reads a list is told of what changes after it. */
  readonly follow: Live['follow'];
}

export function moduleHandlers({ snapshots, now, country, follow }: ModuleDependencies): Pick<Handlers, 'listModule' | 'readModuleRow' | 'readModuleFile'> {
  /** The panel and who asks; decided by the state of now, as a command is. */
  const open = async ({ db, params, session }: Pick<Call<'listModule'>, 'db' | 'params' | 'session'>) => {
    const panel = panelOf(params.module);
    const whole = await wholeSession(db, snapshots, session.id);
    requireControl(panel.module, whole, now());
    return { panel: recordsOf(panel), asker: askerOf(whole, now()), require: (control: string) => requireControl(control, whole, now()) };
  };
  return {
    async listModule(call) {
      const { panel, asker } = await open(call);
      const { db, query, session } = call;
      const asked = readQuery(panel, query, asker.masks);
      const read = LISTED[panel.module];
      if (read) return { answer: pageOfListed(panel, await read(db, panel, asker, now()), asked) };
      // Before it is read: what changes from here on is in the list, or is said.
      if (asked.after === null) await follow({ sessionId: session.id, accountId: asker.accountId, module: panel.module, scope: await scopeOf(db, panel, asker) });
      const { records, last, total, means } = await pageOfRecords(db, panel, asker, asked);
      const names = await namesIn(db, panel, records);
      const rows = records.map((record) => rowOf(panel, asker, record, names, now(), false, country));
      return { answer: { rows, next: last && writeAfter(asked.order, last), total, ...(Object.keys(means).length > 0 ? { means } : {}) } };
    },

    async readModuleRow(call) {
      const { panel, asker } = await open(call);
      return { answer: await oneRow(call.db, panel, asker, call.params.id, now(), country) };
    },

    async readModuleFile(call) {
      const { panel, asker, require } = await open(call);
      const { db, params, query } = call;
      const verb = query.play && panel.plays ? null : fileVerb(panel);
      if (verb) require(verb.control);
      const record = await findRecord(db, panel, asker, params.id);
      const file = record && (await db.selectFrom('record_file').selectAll().where('record_id', '=', record.id).executeTakeFirst());
      if (!file) throw notFound();
      if (verb) await db.transaction().execute((trx) => auditVerb(trx, asker, panel, verb, { id: record.id, after: record.values }));
      return { answer: { name: file.name, type: file.type, base64: file.bytes.toString('base64') } };
    },
  };
}

/** @throws {ProblemError} control.unknown: no module has this id, or none with rows */
function panelOf(module: string): Panel {
  const panel = panelByModule.get(module);
  if (!panel) throw new ProblemError('control.unknown', { detail: 'There is no such module.' });
  return panel;
}

/** @throws {ProblemError} notFound: rows of this module have no file to keep */
function fileVerb({ verbs }: Panel): Verb {
  const verb = verbs.find(({ file }) => file);
  if (!verb) throw notFound();
  return verb;
}

async function oneRow(db: Db, panel: Panel, asker: Asker, id: string, now: number, country: string) {
  const read = LISTED[panel.module];
  if (read) {
    const found = (await read(db, panel, asker, now)).find((row) => row.id === id);
    if (!found) throw notFound();
    return listedRow(panel, found, true);
  }
  const record = await findRecord(db, panel, asker, id);
  if (!record) throw notFound();
  return rowOf(panel, asker, record, await namesIn(db, panel, [record]), now, true, country);
}

const notFound = () => new ProblemError('notFound');
