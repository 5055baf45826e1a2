/** What every act of a verb is given, and what they have in common. */
import { checkValues, type Issue, type Values } from '../../lib/modules/check.ts';
import { DOT, isMasked, masked } from '../../lib/modules/mask.ts';
import { columnOf } from '../../lib/modules/panels.ts';
import type { Panel, Verb } from '../../lib/modules/types.ts';
import type { Trx } from '../db/connect.ts';
import { refuseOtherRevision } from '../db/revision.ts';
import { ProblemError } from '../http/problem-error.ts';
import { type Asker, refuseResource } from './asker.ts';
import { holdRecords, type StoredRecord } from './records.ts';
import { isIn } from './row.ts';
import { rulesOf } from './rules.ts';

export interface Doing {
  readonly trx: Trx;
  readonly panel: Panel;
  readonly verb: Verb;
  /** The session is held: this is how things are to the end of the transaction. */
  readonly asker: Asker;
  /** None for a verb of the module. */
  readonly rows: readonly { readonly id: string; readonly revision?: number | undefined }[];
  readonly sent: Values;
  readonly restore: boolean;
  readonly now: number;
}
/** @throws {ProblemError} request.invalid, notFound, record.conflict, record.state, control.refused and what the rules refuse with */
export type Act = (doing: Doing) => Promise<void>;

/**
 * What is sent, held against the verb's form.
 *
 * @param before what there is already: what is hidden of it and comes back as it was shown stays as it was
 * @throws {ProblemError} request.invalid, each thing wrong at its field
 */
export function readForm(doing: Doing, { partial = false, before = {} }: { readonly partial?: boolean; readonly before?: Values } = {}): Values {
  const { verb, asker } = doing;
  const checked = checkValues(verb.form ?? [], unmasked(doing, before), { partial, rowsOf: (tab) => new Set(asker.rowsOf(tab).keys()) });
  if (checked.ok) return checked.values;
  throw invalid(checked.issues);
}

export const invalid = (issues: readonly Issue[]) =>
  new ProblemError('request.invalid', { issues: issues.map(({ path, message }) => ({ path: ['values', ...path], message })) });

/**
 * The rows that a verb is for, held: each seen by the asker, of the revision that was decided by, and such that the verb
 * applies to it.
 *
 * @param unread rows for which no revision need be said: what is added there is in nobody's way
 */
export async function holdRows({ trx, panel, verb, asker, rows, now }: Doing, { unread = false } = {}): Promise<StoredRecord[]> {
  const held = await holdRecords(trx, panel, asker, rows.map(({ id }) => id), null);
  return [...new Map(rows.map((row) => [row.id, row])).values()].map(({ id, revision }) => {
    const record = held.get(id);
    if (!record) throw new ProblemError('notFound', { detail: 'There is no such row, or it is not for you to see.' });
    if (revision === undefined && !unread) throw new ProblemError('request.precondition', { detail: 'Say the revision of the row that was read.' });
    if (revision !== undefined) refuseOtherRevision(record, String(revision));
    refuseResource(asker, panel, verb, record.resourceId);
    if (!isIn(verb, record.values)) throw new ProblemError('record.state', { detail: 'It is not in a state in which this can be done.' });
    const refused = rulesOf(panel.module).refuses?.(verb, record.values, now);
    if (refused) throw new ProblemError(refused);
    return record;
  });
}

/** @throws {ProblemError} request.invalid: what is hidden changed in part, which would lose the rest */
function unmasked({ panel, asker, sent }: Doing, before: Values): Values {
  return Object.fromEntries(
    Object.entries(sent).map(([id, value]) => {
      const column = columnOf(panel, id);
      if (!column || !isMasked(column, asker.masks)) return [id, value];
      if (value === masked(column.personal!, before[id])) return [id, before[id]];
      if (typeof value === 'string' && value.includes(DOT)) throw invalid([{ path: [id], message: 'hidden in part' }]);
      return [id, value];
    }),
  );
}

/** @throws {ProblemError} request.invalid: nobody of the account who can sign in, or nobody that the asker may choose */
export async function refusePerson({ trx, asker }: Doing, field: string, id: unknown, among: 'all' | readonly string[] = 'all'): Promise<void> {
  if (id === null || id === undefined) return;
  const person = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', id as string)
    .where('account_id', '=', asker.accountId)
    .where('disabled', '=', false)
    .executeTakeFirst();
  if (person && (among === 'all' || among.includes(person.id))) return;
  throw invalid([{ path: [field], message: 'nobody who can be chosen' }]);
}
