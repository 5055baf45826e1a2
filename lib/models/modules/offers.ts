/** Which verbs of a panel may be used, with which rows: decided by the rights here and by what the hub says of the row. */
import type { ModuleRow } from '../../api/routes-modules.ts';
import { type Control, type ControlId, controlById } from '../../catalogue/index.ts';
import type { Decision, Reason } from '../../decide/index.ts';
import type { Panel, Verb } from '../../modules/types.ts';
import type { View } from '../view.ts';

export interface Offer {
  readonly verb: Verb;
  readonly control: Control<ControlId>;
  readonly decision: Decision;
}

const LOST: Reason = { code: 'connection.lost', layer: 'connection', setting: null, askable: false };

/** As its control is decided and, where that is the module's own, with what every command needs: the link. */
export function decisionOf({ control }: Pick<Verb, 'control'>, { decisions, situation }: Pick<View, 'decisions' | 'situation'>): Decision {
  const decision = decisions.of(control);
  const linked = situation.connection === 'live' || situation.connection === 'reconnecting';
  return decision.enabled && !linked ? { ...decision, enabled: false, state: 'locked', reason: LOST } : decision;
}

/** Those of the module itself, those of a row, those of several rows. */
export function offersOf({ verbs }: Panel, view: Pick<View, 'decisions' | 'situation'>, on: 'module' | 'row' | 'rows', rows: readonly ModuleRow[] = []): Offer[] {
  return verbs.flatMap((verb): Offer[] => {
    const stands = on === 'row' ? verb.on !== 'module' : verb.on === on;
    const decision = decisionOf(verb, view);
    if (!stands || !decision.shown || !rows.every((row) => appliesTo(verb, row))) return [];
    return [{ verb, control: controlById.get(verb.control)!, decision }];
  });
}

/** Whether the hub lets this person use it with this row, and the row is such a one. */
export const appliesTo = ({ control, where = {} }: Verb, { may, values }: ModuleRow): boolean =>
  may.includes(control) && Object.entries(where).every(([column, allowed]) => allowed.includes(String(values[column])));
