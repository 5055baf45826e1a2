import { controls } from '../catalogue/index.ts';
import { findControl } from './decide.ts';
import { reasonOf } from './reason.ts';
import { type Rights, slotOf } from './rights.ts';
import type { Reason } from './types.ts';

const indexOf: ReadonlyMap<string, number> = new Map(controls.map(({ id }, at) => [id, at]));

/**
 * Why a control cannot be used whatever the moment: the lasting term that the banner would name; null where it can be,
 * once an interaction, an activity and the connection allow it. Of a family (`top.custom`) it is asked whether there is
 * any row, of `top.custom.<row>` whether there is that one.
 * @throws {RangeError} when the catalogue has no such control
 */
export function lastingReason(id: string, rights: Rights): Reason | null {
  const found = indexOf.has(id) ? null : findControl(id);
  const at = indexOf.get(found?.control.id ?? id);
  if (at === undefined) throw new RangeError(`no such control: ${id}`);
  const { terms } = controls[at]!;
  const slot = slotOf(at, null);
  // As the banner says it: what hides goes before what locks.
  const first = rights.hiding[slot]! >= 0 ? rights.hiding[slot]! : rights.locking[slot]!;
  if (first >= 0) return reasonOf(terms[first]!, rights.noProfile ?? 'plain');
  if (found?.row === undefined || found.row === null || rights.rows.get(controls[at]!.id)!.includes(found.row)) return null;
  return reasonOf(terms.find((term) => term.kind === 'row')!, 'plain');
}
