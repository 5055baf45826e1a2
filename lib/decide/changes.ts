import { type Control, type ControlId, controls } from '../catalogue/index.ts';
import type { Decision, Decisions } from './types.ts';
import { findControl } from './decide.ts';

/** A control, or one row of a family of them: `mod.history`, `top.custom.<row>`. */
export type ControlRef = ControlId | `${ControlId}.${string}`;

/** What is different between two decisions, in the catalogue's order. No control is in two of the lists. */
export interface Changes {
  /** Hidden before, shown now. */
  readonly gained: readonly ControlRef[];
  /** Shown before, hidden now. */
  readonly lost: readonly ControlRef[];
  /** Shown in both; usable before, locked now. */
  readonly locked: readonly ControlRef[];
  readonly unlocked: readonly ControlRef[];
  /** Taken away while in use, and kept to the end of the interaction. */
  readonly leased: readonly ControlRef[];
}

/**
 * Compares two decisions. For what a switch or a publish changes, both must be made in the same situation: else what
 * the situation brought is in the lists too.
 */
export function compare(before: Decisions, after: Decisions): Changes {
  const changes: Record<keyof Changes, ControlRef[]> = { gained: [], lost: [], locked: [], unlocked: [], leased: [] };
  for (const control of controls as readonly Control<ControlId>[]) {
    for (const id of refsOf(control, before, after)) {
      const kind = kindOf(before.of(id), after.of(id));
      if (kind) changes[kind].push(id);
    }
  }
  return changes;
}

export const isUnchanged = (changes: Changes): boolean => Object.values(changes).every(({ length }) => length === 0);

/**
 * The changes worth saying in one line: an action goes without saying where its module is in the same list, one way to
 * transfer where all of transferring is. What stays longest in the bar comes first.
 */
export function headlines(refs: readonly ControlRef[]): readonly ControlRef[] {
  const all = new Set<string>(refs);
  return refs
    .filter((ref) => !all.has(controlOf(ref).module ?? '') && !(controlOf(ref).place === 'transfer' && all.has('int.transfer')))
    .toSorted((a, b) => controlOf(b).priority - controlOf(a).priority);
}

const controlOf = (ref: ControlRef): Control => findControl(ref)!.control;

function refsOf(control: Control<ControlId>, before: Decisions, after: Decisions): readonly ControlRef[] {
  if (!control.forEach) return [control.id];
  return [...new Set([...before.rows(control.id), ...after.rows(control.id)])].map((row) => `${control.id}.${row}` as const);
}

function kindOf(before: Decision, after: Decision): keyof Changes | null {
  if (before === after) return null;
  if (before.shown !== after.shown) return after.shown ? 'gained' : 'lost';
  if (after.state === 'leased' && before.state !== 'leased') return 'leased';
  if ((before.reason === null) !== (after.reason === null)) return after.reason ? 'locked' : 'unlocked';
  return null;
}
