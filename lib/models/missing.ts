/** Every control that is not there, with the reason, grouped by the layer that hides it. */
import { type Control, type ControlId, controlById, LAYERS, type Layer } from '../catalogue/index.ts';
import type { Decisions, Reason } from '../decide/index.ts';

export interface Missing {
  readonly control: Control<ControlId>;
  readonly reason: Reason;
}
export interface MissingGroup {
  readonly layer: Layer;
  readonly controls: readonly Missing[];
}

export function missingControls(decisions: Decisions): Missing[] {
  return [...decisions].flatMap(({ shown, reason, control }) =>
    !shown && reason ? [{ control: controlById.get(control)!, reason }] : [],
  );
}

/** What a person can do something about stands first: the profile, then what it lacks to work on, then the rest. */
const ORDER: readonly Layer[] = ['profile', 'resource', 'person', 'account', 'licence', ...LAYERS];

export function groupMissing(missing: readonly Missing[]): MissingGroup[] {
  return [...new Set(ORDER)].flatMap((layer) => {
    const group = missing.filter(({ reason }) => reason.layer === layer);
    return group.length > 0 ? [{ layer, controls: group }] : [];
  });
}

/** Whether every word of a search stands in the text, whatever the case or the accents. */
export function matchesSearch(text: string, search: string): boolean {
  const plain = (value: string) => value.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
  const within = plain(text);
  return plain(search).split(/\s+/).every((word) => within.includes(word));
}
