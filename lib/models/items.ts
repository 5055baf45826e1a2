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

/**
 * In the order of the bar. Controls of one place keep the catalogue's order, rows the profile's.
 * @param before the items drawn last: one of which nothing is another is the same object, and is drawn no second time
 */
export function barItems(decisions: Decisions, resources: Resources, before: readonly BarItem[] = []): readonly BarItem[] {
  const drawn = new Map(before.map((item) => [item.id, item]));
  const kept = (item: BarItem): BarItem => {
    const last = drawn.get(item.id);
    return last && isSame(last, item) ? last : item;
  };
  const items = (controls as readonly Control<ControlId>[]).flatMap((control): BarItem[] => {
    const { place } = control;
    const decision = decisions.of(control.id);
    if (!isBarPlace(place) || !decision.shown) return [];
    if (!control.forEach) return [kept({ id: control.id, place, control, decision, resource: null })];
    return decisions.rows(control.id).map((row) =>
      kept({
        id: `${control.id}.${row}`,
        place,
        control,
        decision,
        resource: resources[row] ?? null,
      }),
    );
  });
  return BAR_PLACES.flatMap((place) => items.filter((item) => item.place === place));
}

/** Decisions are the same objects where they are the same; resources come anew with each copy of a profile. */
const isSame = (a: BarItem, b: BarItem): boolean =>
  a.decision === b.decision && (a.resource === b.resource || JSON.stringify(a.resource) === JSON.stringify(b.resource));
