import type { Clock } from '../lib/models/clock.ts';

export interface Runner {
  /** Does all that is due, and waits for the next. Resolves when that is done; never rejects. */
  look(): Promise<void>;
  /** Ends what is going on and begins nothing more. */
  stop(): Promise<void>;
}

/** How often one looks without being told: what another hub was asked for and could not do itself is done so late at most. */
const SLOW_MS = 30_000;

/**
 * Does what is due exactly when it is, by a timer to the next; rounds never overlap.
 * @param round does all that is due. Resolves to the milliseconds until the next is, null when nothing waits; never
 * rejects. It asks `stopped` between two things.
 */
export function createRunner(clock: Pick<Clock, 'after'>, round: (stopped: () => boolean) => Promise<number | null>): Runner {
  let stopped = false;
  let callOff = () => {};
  let running: Promise<void> = Promise.resolve();
  const look = () => {
    const one = async () => {
      callOff();
      if (stopped) return;
      const wait = await round(() => stopped);
      if (!stopped) callOff = clock.after(Math.min(Math.max(0, wait ?? SLOW_MS), SLOW_MS), () => void look());
    };
    return (running = running.then(one));
  };
  return {
    look,
    async stop() {
      stopped = true;
      callOff();
      await running;
      callOff();
    },
  };
}
