import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountDue, nextInstalment, spread, stateAfter, whyNotCancel } from '../../../lib/modules/invoice-rules.ts';

const now = Date.UTC(2026, 10, 28, 19);
const fresh = { exported: false, paid: 0, issuedAt: Date.UTC(2026, 10, 1) };

describe('an invoice may be cancelled', () => {
  it('in the month it was issued in, while nothing is paid and accounting has not got it', () => {
    expect(whyNotCancel(fresh, now)).toBe(null);
    expect(whyNotCancel({ ...fresh, issuedAt: Date.UTC(2026, 9, 31, 23, 59) }, now)).toBe('invoice.oldMonth');
    expect(whyNotCancel({ ...fresh, issuedAt: Date.UTC(2025, 11, 30) }, now)).toBe('invoice.oldMonth');
    expect(whyNotCancel({ ...fresh, exported: true }, now)).toBe('invoice.exported');
    expect(whyNotCancel({ ...fresh, paid: 1 }, now)).toBe('invoice.hasPayments');
  });
});

describe('instalments', () => {
  const plan = fc.record({ open: fc.integer({ min: 12, max: 1e8 }), count: fc.integer({ min: 2, max: 12 }), at: fc.integer({ min: 0, max: 4e12 }) });

  it('are together what is open, alike but for the odd cents, and each later than the one before', () => {
    fc.assert(
      fc.property(plan, ({ open, count, at }) => {
        const parts = spread(open, count, at);
        expect(parts.map(({ amount }) => amount).reduce((a, b) => a + b)).toBe(open);
        expect(parts[0]!.amount - parts.at(-1)!.amount).toBeLessThan(count);
        expect(parts.every((part, n) => n === 0 || part.at > parts[n - 1]!.at)).toBe(true);
      }),
    );
  });

  it('fall due on the same day of the month, or its last', () => {
    const days = spread(300, 3, Date.UTC(2026, 0, 31)).map(({ at }) => new Date(at).toISOString().slice(0, 10));
    expect(days).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
  });

  it('are paid one after the other until it is all paid', () => {
    fc.assert(
      fc.property(plan, ({ open, count, at }) => {
        const parts = spread(open, count, at);
        let paid = 0;
        let payments = 0;
        while (stateAfter({ amount: open, plan: parts }, paid) !== 'paid') {
          expect(nextInstalment({ plan: parts, paid })).not.toBe(null);
          paid += amountDue({ amount: open, paid, plan: parts });
          payments += 1;
        }
        expect([paid, payments]).toEqual([open, count]);
      }),
    );
  });
});
