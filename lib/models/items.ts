/** What stands in the bar: the shown controls, one for each row where a control is made for each row. */
import { type Control, type ControlId, controls, type Place, type Resources, type ResourceSummary } from '../catalogue/index.ts';
import type { Decision, Decisions } from '../decide/index.ts';

/** Places drawn in the bar itself, in their order; the connection ends it. */
export const BAR_PLACES = ['identity', 'flows', 'pools', 'outgoing', 'modules', 'topBar'] as const satisfies readonly Place[];
export type BarPlace = (typeof BAR_PLACES)[number];

export interface BarItem {
  /** The control's id, with the row's where it is made for each row: what `data-control` says. */
  readonly id: string;
  readonly place: BarPlace;
  readonly control: Control<ControlId>;
  readonly decision: Decision;
  /** The row's resource, for a control made for each row. */
  readonly resource: ResourceSummary | null;
}

const isBarPlace = (place: Place): place is BarPlace => (BAR_PLACES as readonly Place[]).includes(place);

/** In the order of the bar. Controls of one place keep the catalogue's order, rows the profile's. */
export function barItems(decisions: Decisions, resources: Resources): BarItem[] {
  const items = (controls as readonly Control<ControlId>[]).flatMap((control): BarItem[] => {
    const { place } = control;
    const decision = decisions.of(control.id);
    if (!isBarPlace(place) || !decision.shown) return [];
    if (!control.forEach) return [{ id: control.id, place, control, decision, resource: null }];
    return decisions.rows(control.id).map((row) => ({
      id: `${control.id}.${row}`,
      place,
      control,
      decision,
      resource: resources[row] ?? null,
    }));
  });
  return BAR_PLACES.flatMap((place) => items.filter((item) => item.place === place));
}
