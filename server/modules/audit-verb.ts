import type { Values } from '../../lib/modules/check.ts';
import type { Panel, Verb } from '../../lib/modules/types.ts';
import { audit } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import type { Asker } from './asker.ts';

interface Sides {
  readonly id: string;
  readonly before?: Values;
  readonly after?: Values;
  /** Said as it is. */
  readonly more?: Values;
}

/**
 * Writes down that somebody used a verb on a row, under its control: of the values only what differs, and nothing personal
 * and nothing written at length, for the audit is never deleted from. What needs the module alone is nothing to trace.
 */
export async function auditVerb(trx: Trx, { accountId, personId }: Asker, panel: Panel, { control, file }: Verb, { id, before = {}, after = {}, more = {} }: Sides): Promise<void> {
  if (control === panel.module) return;
  const plain = panel.columns.filter(({ type, personal }) => !personal && type !== 'longText' && type !== 'phone' && type !== 'email').map((column) => column.id);
  const differing = file ? [] : plain.filter((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null));
  const side = (values: Values) => Object.fromEntries(differing.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]])));
  const name = nameOf(panel, { ...before, ...after }) ?? id.slice(0, 8);
  await audit(trx, { accountId, actorId: personId, action: control, subjectId: id, before: { name, ...side(before) }, after: { name, ...side(after), ...more } });
}

/** By which a row is called, where that is nobody's name. */
function nameOf({ columns: [first] }: Panel, values: Values): string | null {
  const name = first && !first.personal ? values[first.id] : null;
  return typeof name === 'string' ? name : null;
}
