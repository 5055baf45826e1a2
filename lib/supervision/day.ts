/**
 * When a grant for today ends: the next midnight where the hub runs. An account has no time zone of its own; whoever runs
 * a hub sets its zone (`TZ`), and a shift that is asked for in the evening ends with the day it is in.
 *
 * @param now milliseconds since the epoch
 */
export function endOfDay(now: number): number {
  const day = new Date(now);
  day.setHours(24, 0, 0, 0);
  return day.getTime();
}
