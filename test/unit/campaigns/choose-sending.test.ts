import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { chooseSending, isDueToSend, type SmsTarget, UNSENT } from '../../../lib/distribution/sms.ts';
import { MOST_TRIES, TRY_AGAIN_MS } from '../../../lib/distribution/targets.ts';
import { isSmsText, LONGEST_SMS, smsTextFor } from '../../../lib/interaction/campaign-text.ts';

const NOW = 100_000_000;
const targetArbitrary: fc.Arbitrary<SmsTarget> = fc.record({
  id: fc.uuid(),
  campaignId: fc.constantFrom('c0', 'c1', 'c2'),
  state: fc.constantFrom('planned' as const, 'pool' as const, 'unreached' as const),
  owner: fc.constant(null),
  at: fc.option(fc.integer({ min: NOW - 3 * TRY_AGAIN_MS, max: NOW + TRY_AGAIN_MS })),
  tries: fc.integer({ min: 0, max: MOST_TRIES + 1 }),
  madeAt: fc.integer({ min: 0, max: NOW }),
  why: fc.option(fc.constantFrom(...UNSENT)),
});
const targets = fc.uniqueArray(targetArbitrary, { selector: ({ id }) => id, maxLength: 20 });

describe('to whom is written next', () => {
  it('is who is due, once, and as many as may be', () => {
    fc.assert(
      fc.property(targets, fc.integer({ min: -1, max: 25 }), (all, most) => {
        const chosen = chooseSending(all, most, NOW);
        const due = all.filter((each) => isDueToSend(each, NOW));
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.every((each) => due.includes(each))).toBe(true);
        expect(chosen).toHaveLength(Math.min(due.length, Math.max(0, most)));
      }),
    );
  });

  it('keeps no campaign waiting for a larger one', () => {
    fc.assert(
      fc.property(targets, fc.integer({ min: 0, max: 25 }), (all, most) => {
        const chosen = chooseSending(all, most, NOW);
        const left = all.filter((each) => isDueToSend(each, NOW) && !chosen.includes(each));
        const of = (list: readonly SmsTarget[], id: string) => list.filter(({ campaignId }) => campaignId === id).length;
        // Whichever still waits has had as many turns as any other, but for the round that was not finished.
        for (const { campaignId } of left) for (const other of ['c0', 'c1', 'c2']) expect(of(chosen, other) - of(chosen, campaignId)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never is whom an unanswered message may have reached, until they are planned anew', () => {
    const unknown = { id: 'a', campaignId: 'c0', state: 'unreached', owner: null, at: 0, tries: 1, madeAt: 0, why: 'noAnswer' } as const;
    expect(isDueToSend(unknown, NOW)).toBe(false);
    expect(isDueToSend({ ...unknown, why: 'failed' }, NOW)).toBe(true);
    expect(isDueToSend({ ...unknown, state: 'pool' }, NOW)).toBe(true);
  });
});

describe('the text of an SMS campaign', () => {
  test.each([
    ['Storm tonight.', true],
    ['Hello {customer}, {phone}: { note }', true],
    ['Hello {name} at {customer.number}', true],
    ['On {date}', false],
    ['Of {queue}', false],
    ['  ', false],
    [undefined, false],
  ])('%s can be sent: %s', (text, can) => {
    expect(isSmsText(text)).toBe(can);
  });

  it('is filled in whole or not sent, whatever stands in a target', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('{note}', '$&', ' ', '', 'Ana', 'x'.repeat(LONGEST_SMS)));
    const values = fc.record({ customer: value, phone: value, note: value });
    fc.assert(
      fc.property(values, (of) => {
        const text = smsTextFor('Hello {customer}: {note}!', of);
        const whole = `Hello ${of.customer.trim()}: ${of.note.trim()}!`;
        expect(text).toBe(of.customer.trim() === '' || of.note.trim() === '' || whole.length > LONGEST_SMS ? null : whole);
      }),
    );
  });
});
