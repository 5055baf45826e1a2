import type { Control, ControlId } from '../catalogue/index.ts';
import { reasonOf, type Variant, VARIANTS } from './reason.ts';
import type { ControlState, Decision, ForcedBy } from './types.ts';

const number = <T extends string>(names: readonly T[]) =>
  Object.fromEntries(names.map((name, at) => [name, at])) as Readonly<Record<T, number>>;

/** The states of any control first: a flow button's own make its table longer. */
const COMMON = ['hidden', 'locked', 'ready', 'pending', 'leased'] as const satisfies readonly ControlState[];
const FLOW = ['on', 'off', 'onLocked', 'offLocked', 'forcedOff', 'stale'] as const satisfies readonly ControlState[];
const STATES = number([...COMMON, ...FLOW]);
const VARIANT = number(VARIANTS);
const FORCED_BY = ['nobody', 'activity', 'missed', 'supervisor'] as const;
const FORCED = number(FORCED_BY);

/** A place for each decision that there can be of one control; filled as they are met. */
export type Outcomes = (Decision | undefined)[];

export function outcomesFor({ place, terms }: Control): Outcomes {
  const states = place === 'flows' ? (COMMON.length + FLOW.length) * FORCED_BY.length : COMMON.length;
  const outcomes: Outcomes = [];
  // Left empty: a page that is about to paint does not fill forty thousand places one by one.
  outcomes.length = states * VARIANTS.length * (terms.length + 1);
  return outcomes;
}

/**
 * The one object for an outcome: made when first met, the same ever after, so that deciding makes no objects once it is
 * warm and `===` tells whether anything changed.
 * @param first index of the first false term, or -1
 */
export function outcomeOf(
  control: Control<ControlId>,
  outcomes: Outcomes,
  state: ControlState,
  first: number,
  variant: Variant,
  forcedBy: ForcedBy | null,
): Decision {
  const kind = STATES[state] * VARIANTS.length + VARIANT[variant];
  const forced = control.place === 'flows' ? kind * FORCED_BY.length + FORCED[forcedBy ?? 'nobody'] : kind;
  const at = forced * (control.terms.length + 1) + first + 1;
  return (outcomes[at] ??= makeOutcome(control, state, first, variant, forcedBy));
}

function makeOutcome(
  control: Control<ControlId>,
  state: ControlState,
  first: number,
  variant: Variant,
  forcedBy: ForcedBy | null,
): Decision {
  const reason = first < 0 ? null : reasonOf(control.terms[first]!, variant);
  return Object.freeze({
    control: control.id,
    shown: state !== 'hidden',
    enabled: reason === null && state !== 'pending',
    state,
    reason,
    forcedBy,
  });
}
