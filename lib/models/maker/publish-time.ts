/** Times as `<input type="datetime-local">` has them, in the time zone of this machine. */

/** `2026-11-21T23:55`, to the minute. @param at milliseconds since the epoch */
export function localText(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Milliseconds since the epoch; null for what is no time. */
export function instantOf(local: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local)) return null;
  const at = new Date(local).getTime();
  return Number.isNaN(at) ? null : at;
}

/** The next full quarter of an hour that is at least so far away: what a person would have typed. */
export function nextQuarter(now: number, atLeast = 5 * 60_000): number {
  const quarter = 15 * 60_000;
  return Math.ceil((now + atLeast) / quarter) * quarter;
}

/** Name of the time zone, as the reader's language has it. @param at since clocks change with the season */
export function zoneName(locale: string, at: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'long' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
