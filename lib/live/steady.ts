import type { Clock } from '../models/clock.ts';

/** Time for how long something lasts: it never goes back, though the machine's clock may be put back. */
export interface SteadyTime {
  /** @param least what it is at least: a timer that was set for that moment has rung */
  now(least?: number): number;
  /** The same moment as the clock has it now. */
  onClock(moment: number): number;
}

/** Goes on with the clock, over a sleep too, which a browser's own monotonic time leaves out: what was open before is not believed in. */
export function createSteadyTime(clock: Pick<Clock, 'now'>): SteadyTime {
  let last = clock.now();
  let ahead = 0;
  return {
    now(least = last) {
      const moment = clock.now() + ahead;
      const time = Math.max(moment, last, least);
      ahead += time - moment;
      return (last = time);
    },
    onClock: (moment) => moment - ahead,
  };
}
