/** The model test's witness sees what should not be: one that never objects would prove nothing. */
import { beforeEach, expect, it } from 'vitest';
import { aSnapshot, aState } from '../fakes/state.ts';
import { createWitness, type Witness } from './witness.ts';

let witness: Witness;
beforeEach(() => {
  witness = createWitness();
});
const shown = (is: Parameters<typeof aSnapshot>[0]) => witness.seen('ana', aState({ snapshot: aSnapshot(is) }));

it('a part that goes back', () => {
  shown({ person: 11 });
  shown({ person: 12, version: 2, profile: 12 });
  expect(witness.wrongs).toEqual([]);
  shown({ person: 11, version: 2, profile: 13 });
  expect(witness.wrongs).toHaveLength(1);
});

it('a version that goes back, also in another session', () => {
  shown({ version: 3, profile: 20 });
  shown({ version: 2, profile: 21, sessionId: 's2' });
  expect(witness.wrongs).toHaveLength(1);
});

it('a version asked for after the profile was taken away', () => {
  witness.revoked('p1', 'ana', witness.revokeBegins());
  witness.publishBegins('p1');
  witness.published('p1', 2);
  shown({ version: 2 });
  expect(witness.wrongs).toHaveLength(1);
});

it('a version that came before the answer to its publish, after the profile was taken away', () => {
  witness.revoked('p1', 'ana', witness.revokeBegins());
  witness.publishBegins('p1');
  shown({ version: 2 });
  expect(witness.wrongs).toEqual([]);
  witness.published('p1', 2);
  expect(witness.wrongs).toHaveLength(1);
});

it('not one that may have been given again, or was asked for before', () => {
  witness.publishBegins('p1');
  const began = witness.revokeBegins();
  witness.published('p1', 2);
  witness.revoked('p1', 'ana', began);
  shown({ version: 2 });
  witness.publishBegins('p1');
  witness.assignBegins('p1', 'ana');
  witness.published('p1', 3);
  shown({ version: 3, profile: 11 });
  expect(witness.wrongs).toEqual([]);
});

it('a lease of what is not in hand', () => {
  const snapshot = aSnapshot();
  const leases = [{ control: 'int.record' as const, interactionId: 'i1' }];
  witness.seen('ana', aState({ snapshot: { ...snapshot, situation: { ...snapshot.situation, leases } } }));
  expect(witness.wrongs).toHaveLength(1);
});
