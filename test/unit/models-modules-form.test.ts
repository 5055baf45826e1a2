import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkField, checkForm, localInstant, problemsOf, rebased, typedFrom, typedOf } from '../../lib/models/modules/form.ts';
import { EURO } from '../../lib/modules/money.ts';
import type { FormField } from '../../lib/modules/types.ts';

const field = (type: FormField['type'], more: Partial<FormField> = {}): FormField => ({ id: 'it', label: 'modules.column.it', type, ...more });
const row = (values: Record<string, unknown>, revision = 1) => ({ id: 'row', revision, values, may: [] });
const nothing = { begun: {}, partial: false };

const YEN = { code: 'JPY', decimals: 0 };
const DINAR = { code: 'KWD', decimals: 3 };

describe('a field', () => {
  it.each([
    ['text', {}, '  Ana ', { value: 'Ana' }],
    ['text', {}, '   ', { value: null }],
    ['text', { required: true }, '  ', { problem: { kind: 'required' } }],
    ['text', { max: 3 }, 'four', { problem: { kind: 'long', max: 3 } }],
    ['text', { min: 3 }, 'ab', { problem: { kind: 'short', min: 3 } }],
    ['integer', {}, '12', { value: 12 }],
    ['integer', {}, '1.5', { problem: { kind: 'whole' } }],
    ['integer', { min: 2, max: 12 }, '13', { problem: { kind: 'range', min: 2, max: 12 } }],
    ['score', {}, '101', { problem: { kind: 'range', min: 0, max: 100 } }],
    ['money', {}, '612,5', { value: 61_250 }],
    ['money', {}, '0.07', { value: 7 }],
    ['money', {}, '1.234', { problem: { kind: 'amount' } }],
    ['money', { min: 1 }, '0', { problem: { kind: 'range', min: 1, max: null } }],
    ['choice', { choices: ['a'] }, 'b', { problem: { kind: 'choice' } }],
    ['email', {}, 'ana@example', { problem: { kind: 'email' } }],
    ['email', {}, 'ana@example.org', { value: 'ana@example.org' }],
    ['phone', {}, '+33 1 55 50 47 12', { value: '+33 1 55 50 47 12' }],
    ['phone', {}, 'call me', { problem: { kind: 'phone' } }],
    ['instant', {}, 'soon', { problem: { kind: 'instant' } }],
    ['boolean', {}, '', { value: false }],
    ['boolean', { required: true }, '', { problem: { kind: 'required' } }],
    ['boolean', {}, 'true', { value: true }],
  ] as const)('of %s %o takes “%s” for what it is', (type, more, typed, expected) => {
    expect(checkField(field(type, more), typed)).toEqual(expected);
  });

  it.each([
    [EURO, '12,5', { value: 1250 }],
    [EURO, '12.505', { problem: { kind: 'amount' } }],
    [YEN, '1250', { value: 1250 }],
    [YEN, '12.50', { problem: { kind: 'amount' } }],
    [DINAR, '12.5', { value: 12_500 }],
    [DINAR, '0.001', { value: 1 }],
    [EURO, '-0', { value: 0 }],
  ])('that is money in %o takes “%s” for what it is', (currency, typed, expected) => {
    expect(checkField(field('money'), typed, currency)).toEqual(expected);
  });

  it('that is typed as it was shown says what was there', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.constantFrom(EURO, YEN, DINAR), (amount, currency) => {
        expect(checkField(field('money'), typedOf(field('money'), amount, currency), currency)).toEqual({ value: amount });
      }),
    );
    fc.assert(
      fc.property(fc.date({ min: new Date('1980-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        const minute = new Date(localInstant(date.getTime())).getTime();
        expect(Math.abs(minute - date.getTime())).toBeLessThan(60_000);
        expect(checkField(field('instant'), localInstant(date.getTime()))).toEqual({ value: minute });
      }),
    );
  });
});

describe('a form', () => {
  const form = [field('text', { id: 'title', required: true }), field('person', { id: 'owner' }), field('phone', { id: 'phone' })];

  it('begins with the row, a person by their id', () => {
    expect(typedFrom(form, row({ title: 'Hail', owner: { id: 'p1', name: 'Ana' }, phone: null }))).toEqual({ title: 'Hail', owner: 'p1', phone: '' });
  });

  it('says everything that is wrong, each at its field', () => {
    expect(checkForm(form, { title: '', owner: '', phone: 'x' }, nothing).problems).toEqual({ title: { kind: 'required' }, phone: { kind: 'phone' } });
  });

  it('of something that is changed sends what was touched, and asks nothing of the rest', () => {
    const begun = { title: '', owner: 'p1', phone: '' };
    expect(checkForm(form, { ...begun, owner: 'p2' }, { begun, partial: true })).toEqual({ values: { owner: 'p2' }, problems: {} });
  });

  it('sends what is hidden back as it was shown, and takes no part of it', () => {
    const begun = { title: 'Hail', owner: '', phone: '••••12' };
    expect(checkForm(form, begun, { begun, partial: false }).values).toEqual({ title: 'Hail', owner: null, phone: '••••12' });
    expect(checkForm(form, { ...begun, phone: '••••13' }, { begun, partial: true }).problems).toEqual({ phone: { kind: 'hidden' } });
    expect(checkForm(form, { ...begun, phone: '+33 1 23 45' }, { begun, partial: true }).values).toEqual({ phone: '+33 1 23 45' });
  });

  it('has what the hub found wrong beside the field that it names', () => {
    const issues = [{ path: ['values', 'owner'], message: 'no person' }, { path: ['values', 'elsewhere'], message: '' }];
    expect(problemsOf(form, { issues })).toEqual({ owner: { kind: 'refused' } });
    expect(problemsOf(form, {})).toEqual({});
  });

  it('keeps what was typed when the row changes under it, and takes what was not touched', () => {
    const before = row({ title: 'Hail', owner: { id: 'p1', name: '' }, phone: '1234' });
    const typed = { title: 'Hail storm', owner: 'p1', phone: '5678' };
    const now = row({ title: 'Storm', owner: { id: 'p2', name: '' }, phone: '1234' }, 2);
    expect(rebased(form, typed, before, now)).toEqual({ typed: { title: 'Hail storm', owner: 'p2', phone: '5678' }, clashes: ['title'] });
  });

  it('never loses a letter that was typed, whatever the row becomes', () => {
    const texts = fc.record({ title: fc.string(), owner: fc.string(), phone: fc.string() });
    fc.assert(
      fc.property(texts, texts, texts, (was, typed, is) => {
        const next = rebased(form, typed, row(was), row(is, 2));
        for (const id of ['title', 'owner', 'phone'] as const) {
          expect(next.typed[id]).toBe(typed[id] === was[id] ? is[id] : typed[id]);
          if (next.clashes.includes(id)) expect(is[id]).not.toBe(typed[id]);
        }
      }),
    );
  });
});
