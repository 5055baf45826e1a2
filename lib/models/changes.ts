/** What a person gained and lost between two profiles, or two versions of one, by name. */
import type { Resources } from '../catalogue/index.ts';
import { compare, type ControlRef, type Decisions, findControl, headlines } from '../decide/index.ts';

/** A control as a change names it: its label's message key, or the name of the row it is made for. */
export interface Named {
  readonly id: ControlRef;
  readonly label: string;
  readonly name: string | null;
}

/** Each list starts with what stays longest in the bar; an action goes without saying where its module came or went. */
export interface Changes {
  readonly gained: readonly Named[];
  readonly lost: readonly Named[];
  /** Taken away while in use, and kept to the end of the interaction. */
  readonly leased: readonly Named[];
}

interface Side {
  readonly decisions: Decisions;
  readonly resources: Resources;
}

export function changesBetween(before: Side, after: Side): Changes {
  const { gained, lost, leased } = compare(before.decisions, after.decisions);
  const named = (refs: readonly ControlRef[], { resources }: Side) => headlines(refs).map((ref) => nameOf(ref, resources));
  return { gained: named(gained, after), lost: named(lost, before), leased: named(leased, after) };
}

function nameOf(id: ControlRef, resources: Resources): Named {
  const { control, row } = findControl(id)!;
  return { id, label: control.label, name: row === null ? null : (resources[row]?.name ?? null) };
}

export const isAny = ({ gained, lost, leased }: Changes): boolean => gained.length + lost.length + leased.length > 0;
