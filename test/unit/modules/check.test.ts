import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areAnswers } from '../../../lib/evaluation/answers.ts';
import { checkValues, MOST_LONG_TEXT, type Values } from '../../../lib/modules/check.ts';
import { panels } from '../../../lib/modules/panels.ts';
import type { FormField } from '../../../lib/modules/types.ts';

const ROW = 'row-of-the-profile';
const rowsOf = () => new Set([ROW]);
const whole = { partial: false, rowsOf };
const partial = { partial: true, rowsOf };

/** A value that the field takes. */
function valid(field: FormField): fc.Arbitrary<unknown> {
  const { min, max } = field;
  switch (field.type) {
    case 'boolean':
      return fc.boolean();
    case 'instant':
      return fc.integer({ min: min ?? 0, max: max ?? 4e12 });
    case 'integer':
    case 'money':
      return fc.integer({ min: min ?? -1e9, max: max ?? 1e9 });
    case 'score':
      return fc.integer({ min: min ?? 0, max: max ?? 100 });
    case 'choice':
      return fc.constantFrom(...field.choices!);
    case 'email':
      return fc.constantFrom('camille@example.org', 'a.b+c@mail.example.com');
    case 'phone':
      return fc.constantFrom('+33 6 39 98 20 41', '0199004712', '(01) 99.00.47-12');
    case 'person':
      return fc.uuid();
    case 'row':
      return fc.constant(ROW);
    case 'answers':
      return fc.dictionary(fc.stringMatching(/^c\d{1,3}$/), fc.record({ value: fc.option(fc.integer()), comment: fc.string({ maxLength: 40 }) }, { requiredKeys: [] }));
    default:
      return fc.string({ minLength: Math.max(1, min ?? 1), maxLength: Math.min(50, max ?? 50) }).filter((text) => text.trim() === text && text !== '');
  }
}
const forms = panels.flatMap(({ verbs }) => verbs.flatMap(({ form, control }) => (form ? [[control, form] as const] : [])));
const validOf = (form: readonly FormField[]) => fc.record(Object.fromEntries(form.map((field) => [field.id, valid(field)])));
const issuesOf = (form: readonly FormField[], values: Values, how = whole) => {
  const checked = checkValues(form, values, how);
  return checked.ok ? [] : checked.issues.map(({ path }) => path[0]);
};

describe.each(forms)('the form of %s', (_, form) => {
  it('takes what it asks for, and answers it as it is', () => {
    fc.assert(fc.property(validOf(form), (values) => void expect(checkValues(form, values, whole)).toEqual({ ok: true, values })), { numRuns: 30 });
  });

  it('refuses each empty value that is required, however it is empty, and takes each other one as null', () => {
    const empties = fc.constantFrom<unknown>(null, undefined, '', '  \n ');
    fc.assert(
      fc.property(validOf(form), fc.constantFrom(...form), empties, (values, { id, required }, empty) => {
        const checked = checkValues(form, { ...values, [id]: empty }, whole);
        if (required) expect(checked).toMatchObject({ ok: false, issues: [{ path: [id], message: 'required' }] });
        else expect(checked).toEqual({ ok: true, values: { ...values, [id]: null } });
      }),
      { numRuns: 30 },
    );
  });

  it('never takes anything that is not of its type, and never fails', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...form.map(({ id }) => id), 'else'), fc.anything()), fc.boolean(), (sent, isPartial) => {
        const checked = checkValues(form, sent, { partial: isPartial, rowsOf });
        if (!checked.ok) return void expect(checked.issues.length).toBeGreaterThan(0);
        for (const [id, value] of Object.entries(checked.values)) {
          const { type } = form.find((field) => field.id === id)!;
          if (type === 'answers') expect(value === null || areAnswers(value)).toBe(true);
          else if (value !== null) expect(typeof value).toBe(type === 'boolean' ? 'boolean' : ['instant', 'integer', 'money', 'score'].includes(type) ? 'number' : 'string');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('changes only what is sent', () => {
    fc.assert(
      fc.property(validOf(form), fc.subarray(form.map(({ id }) => id)), (values, sent) => {
        const some = Object.fromEntries(sent.map((id) => [id, values[id]]));
        expect(checkValues(form, some, partial)).toEqual({ ok: true, values: some });
      }),
      { numRuns: 30 },
    );
  });
});

describe('a value', () => {
  const field = (more: Partial<FormField> & Pick<FormField, 'type'>): readonly FormField[] => [{ id: 'x', label: 'x', ...more }];
  const refuses = (form: readonly FormField[], ...values: readonly unknown[]) => values.filter((x) => issuesOf(form, { x }).length === 0);

  it('is refused where it is out of range, too long, or nothing that could be chosen', () => {
    expect(refuses(field({ type: 'score' }), -1, 101, 1.5, '5', Number.NaN)).toEqual([]);
    expect(refuses(field({ type: 'integer', min: 2, max: 12 }), 1, 13)).toEqual([]);
    expect(refuses(field({ type: 'text', max: 5 }), 'longer')).toEqual([]);
    expect(refuses(field({ type: 'longText' }), 'x'.repeat(MOST_LONG_TEXT + 1))).toEqual([]);
    expect(refuses(field({ type: 'choice', choices: ['a'] }), 'b', 'constructor')).toEqual([]);
    expect(refuses(field({ type: 'row', tab: 'crms' }), 'another row')).toEqual([]);
    expect(refuses(field({ type: 'email' }), 'nobody', '@', 'a b@c.d')).toEqual([]);
    expect(refuses(field({ type: 'phone' }), 'call me', '12')).toEqual([]);
    expect(refuses(field({ type: 'person' }), 'Ben')).toEqual([]);
    expect(refuses(field({ type: 'answers' }), 'good', [], { c1: 3 }, { c1: { value: '3' } }, { c1: { value: 0.5 } }, { c1: { points: 3 } })).toEqual([]);
  });

  it('of no field is refused by its name', () => {
    expect(issuesOf(field({ type: 'text' }), { x: 'a', y: 'b' })).toEqual(['y']);
  });

  it('is trimmed', () => {
    expect(checkValues(field({ type: 'text' }), { x: ' a ' }, whole)).toEqual({ ok: true, values: { x: 'a' } });
  });
});
