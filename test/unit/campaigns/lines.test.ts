/** How far ahead the power dialler calls. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsBack, linesToOpen, paceOf, type Standing } from '../../../lib/distribution/power.ts';

const few = fc.integer({ min: 0, max: 40 });
const standings: fc.Arbitrary<Standing> = fc
  .record({ free: few, busy: few, dialling: few, waiting: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 })), answered: fc.integer({ min: 0, max: 200 }), vain: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ vain, ...rest }) => ({ ...rest, givenUp: Math.floor(rest.answered * vain) }));
const paces = fc.record({ linesPerTen: fc.integer({ min: 10, max: 30 }), mostGivenUpPercent: fc.integer({ min: 0, max: 20 }), longestWaitSec: fc.integer({ min: 1, max: 120 }) });

describe('the lines that are opened', () => {
  it('never go beyond the campaign’s pace, wait while somebody waits, and keep to who is free while too many gave up', () => {
    let opened = 0;
    fc.assert(
      fc.property(standings, paces, (standing, pace) => {
        const lines = linesToOpen(standing, pace);
        opened += lines;
        const { free, busy, dialling, waiting } = standing;
        expect(Number.isInteger(lines) && lines >= 0).toBe(true);
        if (lines === 0) return;
        expect(waiting).toBe(0);
        expect((busy + dialling + lines) * 10).toBeLessThanOrEqual((free + busy) * pace.linesPerTen);
        if (holdsBack(standing, pace)) expect(dialling + lines).toBeLessThanOrEqual(free);
      }),
      { numRuns: 3000 },
    );
    expect(opened).toBeGreaterThan(1000);
  });

  it('are one for each who is free, and more where the pace says so, also while all are on a call', () => {
    const quiet = { dialling: 0, waiting: 0, answered: 0, givenUp: 0 };
    const pace = paceOf({});
    expect(pace).toEqual({ linesPerTen: 15, mostGivenUpPercent: 3, longestWaitSec: 20 });
    expect(linesToOpen({ ...quiet, free: 1, busy: 0 }, pace)).toBe(1);
    expect(linesToOpen({ ...quiet, free: 4, busy: 0 }, pace)).toBe(6);
    expect(linesToOpen({ ...quiet, free: 0, busy: 4 }, pace)).toBe(2);
    expect(linesToOpen({ ...quiet, free: 0, busy: 0 }, pace)).toBe(0);
    expect(linesToOpen({ ...quiet, free: 4, busy: 0 }, paceOf({ linesPerTen: 10 }))).toBe(4);
    expect(linesToOpen({ ...quiet, free: 0, busy: 4 }, paceOf({ linesPerTen: 10 }))).toBe(0);
    // Of twenty who answered one gave up: 5 %.
    expect(linesToOpen({ ...quiet, free: 1, busy: 3, answered: 20, givenUp: 1 }, pace)).toBe(1);
    expect(linesToOpen({ ...quiet, free: 1, busy: 3, answered: 19, givenUp: 1 }, pace)).toBe(3);
  });
});
