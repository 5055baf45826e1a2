import type { Problem } from '../../api/problem.ts';
import type { Clock } from '../clock.ts';
import { waitAfter } from '../maker/editor-backoff.ts';

/** Between two rounds: a hub that answers at once is not asked in a tight loop. */
const PAUSE_MS = 250;

export interface PollEdges<S extends { readonly tag: string }> {
  readonly ask: (tag: string | null) => Promise<{ readonly ok: true; readonly value: S } | { readonly ok: false; readonly problem: Problem }>;
  readonly heard: (state: S) => void;
  readonly failed: (problem: Problem) => void;
  readonly clock: Clock;
  readonly random: () => number;
}

/** A long poll while somebody looks; failed, it waits longer each time, part of it left to chance. */
export function createPoll<S extends { readonly tag: string }>({ ask, heard, failed, clock, random }: PollEdges<S>) {
  let tag: string | null = null;
  let life = 0;
  let failures = 0;
  let waiting = false;
  let callOff = () => {};
  const later = (milliseconds: number, mine: number) => {
    waiting = true;
    callOff = clock.after(milliseconds, () => void round(mine));
  };
  async function round(mine: number): Promise<void> {
    waiting = false;
    const answer = await ask(tag);
    if (mine !== life) return;
    if (answer.ok) {
      failures = 0;
      tag = answer.value.tag;
      heard(answer.value);
      later(PAUSE_MS, mine);
    } else {
      failures += 1;
      tag = null;
      failed(answer.problem);
      later(waitAfter(failures, random()), mine);
    }
  }
  return {
    /** Returns how to stop. */
    start(): () => void {
      life += 1;
      failures = 0;
      void round(life);
      return () => {
        life += 1;
        callOff();
      };
    },
    /** Asks now, where it waits between two rounds. */
    hurry() {
      if (!waiting) return;
      callOff();
      void round(life);
    },
  };
}
