/** Who reads or changes rows, and what of the decision about them the modules need. */
import { type Control, type ControlId, controlById, type TabId } from '../../lib/catalogue/index.ts';
import { decideControl, matchingRows } from '../../lib/decide/index.ts';
import type { Masks } from '../../lib/modules/mask.ts';
import type { Panel, Verb } from '../../lib/modules/types.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { WholeSession } from '../session/lock.ts';
import { rightsIn, situationOf } from '../session/situation.ts';
import { masksOf } from './masking.ts';

export interface Asker {
  readonly accountId: string;
  readonly personId: string;
  /** The active profile; null without one. */
  readonly profileId: string | null;
  readonly type: WholeSession['person']['type'];
  readonly masks: Masks;
  /** A setting of the active profile; undefined without one. */
  setting(field: string): unknown;
  /** The rows of a tab of the active profile, those with these attributes, by the resources that they name. */
  rowsOf(tab: TabId, where?: Readonly<Record<string, boolean>>): ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Whether this control may be used now. */
  may(control: string): boolean;
  /**
   * The resources that the rows must belong to for a control to be used with them: a control that needs a row of the
   * panel's tab with certain attributes is for the rows of just those. Null where any will do.
   */
  resourcesFor(panel: Panel, control: string): Pick<ReadonlySet<string>, 'has'> | null;
}

export function askerOf(whole: WholeSession, now: number): Asker {
  const view = whole.profile.active?.view ?? null;
  const rights = rightsIn(view, whole.person);
  const situation = situationOf(whole.situation, view, now);
  const decided = new Map<string, boolean>();
  const rowsOf: Asker['rowsOf'] = (tab, where) => new Map(view ? matchingRows(view, { tab, ...(where ? { where } : {}) }).map((row) => [row.id, row]) : []);
  return {
    accountId: whole.head.accountId,
    personId: whole.head.personId,
    profileId: whole.head.profileId,
    type: whole.person.type,
    masks: masksOf(whole),
    setting: (field) => (view?.document.settings as Readonly<Record<string, unknown>> | undefined)?.[field],
    rowsOf,
    may(control) {
      if (!decided.has(control)) decided.set(control, decideControl(control, rights, situation).enabled);
      return decided.get(control)!;
    },
    resourcesFor({ ofTab }, control) {
      const where = (controlById.get(control) as Control<ControlId>).terms.flatMap((term) => (term.kind === 'row' && term.tab === ofTab && term.where ? [term.where] : []))[0];
      return ofTab && where ? rowsOf(ofTab, where) : null;
    },
  };
}

/** @throws {ProblemError} control.refused: the profile allows it, but not with a row of this resource */
export function refuseResource(asker: Asker, panel: Panel, { control }: Verb, resourceId: string | null): void {
  const allowed = asker.resourcesFor(panel, control);
  if (!allowed || (resourceId !== null && allowed.has(resourceId))) return;
  throw new ProblemError('control.refused', { control, reason: { code: 'resource.noneSuch', layer: 'resource', setting: panel.ofTab ?? null, askable: false } });
}
