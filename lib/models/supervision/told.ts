/** Notices of supervisors, said once in whichever tab is looked at. */
import { createModel, effect, type ReadonlySignal, untracked } from '@preact/signals-core';
import type { Told } from '../../api/shapes-supervision.ts';
import type { SupervisionHub } from '../../supervision/hub.ts';
import type { Changes } from '../changes.ts';
import type { Notice, Notices } from '../notices.ts';

export interface TellingEdges {
  readonly hub: SupervisionHub;
  /** Of the situation, the newest first. */
  readonly told: ReadonlySignal<readonly Told[]>;
  /** Whether this tab is in front: what is said in one behind nobody reads. */
  readonly visible: ReadonlySignal<boolean>;
  readonly notices: InstanceType<typeof Notices>;
}

export const Telling = createModel(({ hub, told, visible, notices }: TellingEdges) => {
  /** The hub's word that one is seen takes a moment. */
  const said = new Set<string>();
  effect(() => {
    const next = told.value.findLast(({ id, seen }) => !seen && !said.has(id));
    const current = notices.current.value;
    // One after the other; what else is being said, most likely that the rights have changed, is said along with it.
    if (!visible.value || !next || current?.kind === 'told') return;
    said.add(next.id);
    untracked(() => notices.say({ kind: 'told', told: next, ...changesOf(current) }));
    void hub.ask('seeNotices', { body: { ids: [next.id] } });
  });
  return {};
});

function changesOf(notice: Notice | null): Partial<Changes> {
  if (!notice || !('gained' in notice)) return {};
  const { gained = [], lost = [], leased = [] } = notice;
  return { gained, lost, leased };
}
