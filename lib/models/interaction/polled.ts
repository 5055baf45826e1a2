/** Something read from the hub, and read again every few seconds while somebody looks. */
import { createModel, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { Answer } from '../../session/client-state.ts';
import type { Clock } from '../clock.ts';

export const AGAIN_AFTER_MS = 4000;

/** @param every milliseconds from an answer to the next question */
export const Polled = createModel(<T>(read: () => Promise<Answer<T>>, clock: Clock, every: number = AGAIN_AFTER_MS) => {
  /** Null until the first answer; what was read last stays while it is read again, or cannot be. */
  const value = signal<T | null>(null);
  const problem = signal<Problem | null>(null);
  let callOff = () => {};
  let watched = false;
  /** Only the answer to the latest question counts. */
  let asked = 0;

  const refresh = async () => {
    callOff();
    asked += 1;
    const mine = asked;
    const answer = await read();
    if (mine !== asked || !watched) return;
    if (answer.ok) value.value = answer.value;
    problem.value = answer.ok ? null : answer.problem;
    callOff = clock.after(every, () => void refresh());
  };
  /** Returns how to stop. */
  const watch = () => {
    watched = true;
    void refresh();
    return () => {
      watched = false;
      callOff();
    };
  };
  return { value, problem, refresh, watch };
});
