/** What stands behind the verbs of all panels: each by what its declaration says that it does. */
import { moduleCommand } from '../../lib/api/routes-modules.ts';
import type { Effect, Panel, Verb } from '../../lib/modules/types.ts';
import { panels } from '../../lib/modules/panels.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Command, Commands } from '../session/commands.ts';
import { askerOf } from './asker.ts';
import { changeRows } from './change.ts';
import { startThread, writeInThread } from './conversation.ts';
import { createRow } from './create.ts';
import { deleteRows } from './delete.ts';
import type { Act, Doing } from './doing.ts';
import { evaluateRow } from './evaluate.ts';
import { askPayment } from './pay.ts';
import { spreadInvoice } from './spread.ts';

const ACTS: Readonly<Record<Exclude<Effect, 'file'>, Act>> = {
  create: createRow,
  evaluate: evaluateRow,
  change: changeRows,
  delete: deleteRows,
  pay: askPayment,
  spread: spreadInvoice,
  start: startThread,
  write: writeInThread,
};

/** By the control's id: all verbs that the panels declare. */
export function moduleCommands({ now }: { readonly now: () => number }): Commands {
  // Shown over rows of another module, a verb is that one's, with the reach of that one.
  const verbs = panels.filter(({ rowsOf }) => !rowsOf).flatMap((panel) => panel.verbs.map((verb) => ({ panel, verb })));
  const byControl = Map.groupBy(verbs, ({ verb }) => verb.control);
  return Object.fromEntries([...byControl].map(([control, all]) => [control, commandOf(all, now)]));
}

/** Verbs of one control are told apart by whether they are for a row. */
function commandOf(all: readonly { readonly panel: Panel; readonly verb: Verb }[], now: () => number): Command {
  return async ({ trx, read, hold }) => {
    const body = read(moduleCommand);
    const rows = body.rows ?? (body.id === undefined ? [] : [{ id: body.id, revision: body.revision }]);
    const found = all.find(({ verb }) => (verb.on === 'module') === (rows.length === 0));
    if (!found) throw new ProblemError('request.invalid', { detail: rows.length === 0 ? 'Say which row it is for.' : 'This is not for a row.' });
    const { panel, verb } = found;
    if (verb.does === 'file') throw new ProblemError('request.method', { detail: 'A file is got by GET /api/modules/{module}/{id}/file.' }, { allow: 'GET' });
    if (verb.on === 'row' && rows.length > 1) throw new ProblemError('request.invalid', { detail: 'This is for one row at a time.' });
    if (body.restore && verb.does !== 'delete') throw new ProblemError('request.invalid', { detail: 'Only what is deleted can be had back.' });
    const doing: Doing = { trx, panel, verb, asker: askerOf(await hold(), now()), rows, sent: body.values ?? {}, restore: body.restore ?? false, now: now() };
    await ACTS[verb.does](doing);
  };
}
