/** How values are masked, put in an order and searched for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../lib/search.ts';
import { masked, PERSONAL } from '../../../lib/modules/mask.ts';
import { searchWords, soughtWords } from '../../../lib/modules/search-words.ts';
import { sortKey } from '../../../lib/modules/sort-key.ts';
import type { Column, Panel } from '../../../lib/modules/types.ts';

describe('masking', () => {
  it('leaves a first letter or two last digits', () => {
    expect(masked('name', 'Camille Besson')).toBe('C•••• B••••');
    expect(masked('phone', '+33 6 39 98 20 41')).toBe('••••41');
    expect(masked('email', 'camille@mail.example.org')).toBe('c••••@••••.org');
    expect(masked('email', 'no address')).toBe('••••');
    expect(masked('phone', '112')).toBe('••••');
    expect([masked('name', null), masked('name', '')]).toEqual([null, '']);
  });

  it('never says a number, an address or a long name again', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 15 });
    fc.assert(fc.property(digits, (phone) => void expect(String(masked('phone', phone)).length).toBeLessThan(7)));
    fc.assert(fc.property(fc.emailAddress(), (email) => void expect(masked('email', email)).not.toContain(email.slice(0, email.indexOf('@') + 2))));
    fc.assert(fc.property(fc.string({ minLength: 2 }), fc.constantFrom(...PERSONAL), (text, kind) => void expect(masked(kind, text)).not.toBe(text)));
  });
});

describe('the key that a value is sorted by', () => {
  const column = (more: Partial<Column>): Column => ({ id: 'x', label: 'x', type: 'integer', ...more });
  const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

  it('orders numbers by size, the negative ones too', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => void expect(compare(sortKey(column({}), a), sortKey(column({}), b))).toBe(Math.sign(a - b))));
  });

  it('orders choices as they are declared, and what is empty first', () => {
    const state = column({ type: 'choice', choices: ['open', 'waiting', 'done'] });
    const keys = [null, 'open', 'waiting', 'done'].map((value) => sortKey(state, value));
    expect(keys.toSorted(compare)).toEqual(keys);
  });

  it('orders texts without minding accents and case', () => {
    expect(sortKey(column({ type: 'text' }), 'Élodie')).toBe(fold('elodie'));
  });
});

describe('the words that a row is found by', () => {
  const panel: Pick<Panel, 'columns'> = {
    columns: [
      { id: 'title', label: 'x', type: 'text' },
      { id: 'customer', label: 'x', type: 'text', personal: 'name' },
      { id: 'phone', label: 'x', type: 'phone', personal: 'phone' },
    ],
  };
  const values = { title: 'Écran fissuré, HM-204-11', customer: 'Camille Besson', phone: '+33 6 39 98 20 41' };
  const finds = (typed: string, open = false) => {
    const words = searchWords(panel, values, { open });
    return soughtWords(typed).every((sought) => words.some((word) => word.startsWith(sought)));
  };

  it('begin like what is typed, in any order and writing', () => {
    for (const typed of ['ecran', 'BESS cam', 'hm-204', '06 39 98', '+33639982041', '0033 6 39', '639982']) expect([typed, finds(typed)]).toEqual([typed, true]);
    for (const typed of ['cran', 'ecran dupont', '06 39 99']) expect([typed, finds(typed)]).toEqual([typed, false]);
  });

  it('tell nothing personal to those from whom it is hidden', () => {
    expect(finds('ecran', true)).toBe(true);
    for (const typed of ['camille', '0639982041', '33', '41']) expect([typed, finds(typed, true)]).toEqual([typed, false]);
  });

  it('are letters and digits alone, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (typed) => void expect(soughtWords(typed).every((word) => /^[\p{L}\p{N}]+$/u.test(word))).toBe(true)));
  });
});
