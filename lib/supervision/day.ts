/** Where a day ends: by the calendar of a time zone, for a day has 23 hours, 25, or any other length somewhere. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this is the name of a time zone that is known here. */
export function isTimeZone(name: string): boolean {
  try {
    formatIn(name);
    return true;
  } catch {
    return false;
  }
}

/** Of the machine that this runs on: the browser's, or the hub's. */
export const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * When a grant for today ends: the first moment of the next day of the calendar. Where that day has no midnight since
 * clocks are put forward at it, its first moment is when they are.
 *
 * @param now milliseconds since the epoch
 * @param timeZone as `isTimeZone` knows it
 */
export function endOfDay(now: number, timeZone: string): number {
  // Clocks read as if they were in UTC, so that the zone's own time is a number too.
  const midnight = startOfUtcDay(now + offsetAt(now, timeZone)) + DAY_MS;
  let from = now;
  for (;;) {
    const offset = offsetAt(from, timeZone);
    const at = midnight - offset;
    if (offsetAt(at, timeZone) === offset) return at;
    const change = changeBetween(from, at, timeZone);
    if (change + offsetAt(change, timeZone) >= midnight) return change;
    from = change;
  }
}

/** Of the clocks that are read as if in UTC, where every day has so many. */
const DAY_MS = 86_400_000;
const startOfUtcDay = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

/** What the zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const second = Math.floor(at / 1000) * 1000;
  const read: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatIn(timeZone).formatToParts(second)) read[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = read;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}

/** The first moment with another offset than `from` has, where `to` has another. Clocks change once in a day at most. */
function changeBetween(from: number, to: number, timeZone: string): number {
  const before = offsetAt(from, timeZone);
  let [same, other] = [from, to];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle, timeZone) === before) same = middle;
    else other = middle;
  }
  return other;
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = 'numeric';
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
    year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric,
  });
  formats.set(timeZone, made);
  return made;
}
