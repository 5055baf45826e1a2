import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTERACTION_EVENTS, INTERACTION_STATES, type InteractionEvent, type InteractionState, next, phaseOf } from '../../../lib/interaction/machine.ts';

const events = fc.array(fc.constantFrom(...INTERACTION_EVENTS), { maxLength: 60 });
const walk = (from: InteractionState, all: readonly InteractionEvent[]) => all.reduce((state, event) => next(state, event) ?? state, from);
const reach = (from: InteractionState): Set<InteractionState> => {
  const found = new Set<InteractionState>([from]);
  for (const state of found) for (const event of INTERACTION_EVENTS) found.add(next(state, event) ?? state);
  return found;
};

describe('the life of an interaction', () => {
  it('can always come to its end, and begins nowhere but dialling, offered or accepted', () => {
    for (const state of INTERACTION_STATES) expect(reach(state)).toContain('closed');
    expect([...reach('dialling')].toSorted()).toEqual([...INTERACTION_STATES].toSorted());
    // Nobody is dialled for who has them on the line.
    expect(reach('offered')).not.toContain('dialling');
  });

  it('ends for good', () => {
    for (const event of INTERACTION_EVENTS) expect(next('closed', event)).toBeNull();
  });

  it('never passes from nobody’s hands into a talk without being accepted', () => {
    fc.assert(
      fc.property(events, (all) => {
        let accepted = false;
        let state: InteractionState = 'dialling';
        for (const event of all) {
          const after = next(state, event);
          if (after === null) continue;
          if (after === 'accepted') accepted = true;
          if (after === 'offered') accepted = false;
          state = after;
          if (phaseOf(state) === 'live') expect(accepted).toBe(true);
        }
      }),
    );
  });

  it('goes through the wrap-up whenever somebody has talked', () => {
    fc.assert(
      fc.property(events, (all) => {
        for (const state of ['live', 'held', 'consulting', 'transferring'] as const) {
          for (const event of INTERACTION_EVENTS) expect(next(state, event)).not.toBe('closed');
        }
        expect(INTERACTION_STATES).toContain(walk('offered', all));
      }),
    );
  });
});
