/** Where a day ends, in every zone and on the days when clocks change. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfDay, isTimeZone } from '../../../lib/supervision/day.ts';

const HOUR = 3_600_000;
const zones = Intl.supportedValuesOf('timeZone');
const at = (text: string) => Date.parse(text);
/** What a calendar on the wall says there. */
const dateIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (moment: number) => format.format(moment);
};
const ends = (now: string, timeZone: string) => new Date(endOfDay(at(now), timeZone)).toISOString();

describe('the end of a day', () => {
  it.each([
    ['an ordinary day', 'Europe/Paris', '2026-06-10T10:00:00Z', '2026-06-10T22:00:00.000Z'],
    ['one of 23 hours', 'Europe/Paris', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00.000Z'],
    ['one of 25 hours', 'Europe/Paris', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00.000Z'],
    ['one after which there is no midnight', 'Africa/Cairo', '2026-04-23T12:00:00Z', '2026-04-23T22:00:00.000Z'],
    ['one that goes back into itself at midnight', 'America/Nuuk', '2026-10-24T12:00:00Z', '2026-10-25T02:00:00.000Z'],
    ['one whose next has two midnights: the first', 'America/Havana', '2026-10-31T20:00:00Z', '2026-11-01T04:00:00.000Z'],
    ['one before a day that was left out', 'Pacific/Apia', '2011-12-29T20:00:00Z', '2011-12-30T10:00:00.000Z'],
    ['clocks that change by half an hour', 'Australia/Lord_Howe', '2026-04-04T20:00:00Z', '2026-04-05T13:30:00.000Z'],
    ['the last moment of one', 'Asia/Kathmandu', '2026-06-10T18:14:59.999Z', '2026-06-10T18:15:00.000Z'],
    ['the first moment of one', 'Asia/Kathmandu', '2026-06-10T18:15:00Z', '2026-06-11T18:15:00.000Z'],
  ])('%s', (_what, zone, now, then) => expect(ends(now, zone)).toBe(then));

  const moments = fc.integer({ min: at('2015-01-01'), max: at('2037-12-31') });
  it('is the first moment of a later date, in every zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, now) => {
        const date = dateIn(zone);
        const end = endOfDay(now, zone);
        expect(end).toBeGreaterThan(now);
        expect(end - now).toBeLessThanOrEqual(26 * HOUR);
        expect(date(end) > date(now)).toBe(true);
        expect(date(end - 1) <= date(now)).toBe(true);
        // And nothing between is of it: as closely as clocks are ever put.
        for (let moment = now; moment < end; moment += HOUR / 4) expect(date(moment) <= date(now)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same the whole day long, also where its clocks change', () => {
    const changing = ['Europe/Paris', 'America/New_York', 'Africa/Cairo', 'Asia/Beirut', 'America/Santiago', 'America/Havana', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Nuuk'];
    fc.assert(
      fc.property(fc.constantFrom(...changing), moments, fc.integer({ min: 0, max: 26 * 60 }), (zone, now, minutes) => {
        const date = dateIn(zone);
        const later = now + minutes * 60_000;
        if (date(later) === date(now)) expect(endOfDay(later, zone)).toBe(endOfDay(now, zone));
        else expect(endOfDay(now, zone)).toBeLessThanOrEqual(later);
      }),
      { numRuns: 1000 },
    );
  });

  it('tells names of zones from what is none', () => {
    expect([...zones, 'UTC', 'Europe/Kiev'].filter((zone) => !isTimeZone(zone))).toEqual([]);
    expect(['Mars/Olympus_Mons', '', 'Europe/', 'now'].filter(isTimeZone)).toEqual([]);
  });
});
