/** What is typed into a verb's form: from a row and to the values of a command, held against the form's declaration. */
import type { Problem } from '../../api/problem.ts';
import type { ModuleRow } from '../../api/routes-modules.ts';
import { type Answers, areAnswers } from '../../evaluation/answers.ts';
import { type Currency, EURO, readAmount, typedAmount } from '../../modules/money.ts';
import type { FormField } from '../../modules/types.ts';

/** By field, as its input has it: text, `true` or nothing for a box to tick, the answers to criteria as JSON. */
export type Typed = Readonly<Record<string, string>>;
export type Values = Readonly<Record<string, unknown>>;

export type FieldProblem =
  | { readonly kind: 'required' | 'whole' | 'amount' | 'email' | 'phone' | 'instant' | 'choice' | 'refused' | 'hidden' | 'noneApplies' }
  /** Criteria that have no answer yet. */
  | { readonly kind: 'unanswered'; readonly left: number }
  /** In what the field counts: the smallest unit for money. */
  | { readonly kind: 'range'; readonly min: number | null; readonly max: number | null }
  | { readonly kind: 'long'; readonly max: number }
  | { readonly kind: 'short'; readonly min: number };
export type FieldProblems = Readonly<Record<string, FieldProblem>>;

const two = (value: number) => String(value).padStart(2, '0');

/** The local day and time, as `<input type="datetime-local">` has it. @param at milliseconds since the epoch */
export function localInstant(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A person is written as an id, or with their name beside it. */
export const idIn = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : value == null ? '' : String(value as string);

export function typedOf({ type, choices, required }: FormField, value: unknown, currency: Currency = EURO): string {
  switch (type) {
    case 'boolean':
      return value === true ? 'true' : '';
    case 'money':
      return typeof value === 'number' ? typedAmount(value, currency) : '';
    case 'instant':
      return typeof value === 'number' ? localInstant(value) : '';
    case 'choice':
      return value == null ? (required ? (choices?.[0] ?? '') : '') : String(value as string);
    case 'answers':
      return areAnswers(value) ? writeAnswers(value) : '';
    default:
      return idIn(value);
  }
}

/** As they stand in a form: nothing where nothing is answered. In the order of their criteria's ids, so that the same is the same. */
export function writeAnswers(answers: Answers): string {
  const said = Object.entries(answers).filter(([, { value, comment = '' }]) => value !== undefined || comment !== '').toSorted(([a], [b]) => (a < b ? -1 : 1));
  return said.length === 0 ? '' : JSON.stringify(Object.fromEntries(said.map(([id, { value, comment }]) => [id, { value, comment: comment || undefined }])));
}
export const readAnswers = (typed: string | undefined): Answers => (typed ? (JSON.parse(typed) as Answers) : {});

/** Hidden from this person by the hub, in whole or in part. */
export const isHidden = (value: unknown): value is string => typeof value === 'string' && value.includes('•');

export const typedFrom = (form: readonly FormField[], row: ModuleRow | null, currency: Currency = EURO): Typed =>
  Object.fromEntries(form.map((field) => [field.id, typedOf(field, row?.values[field.id], currency)]));

const range = (value: number, { min = null, max = null }: { min?: number | null; max?: number | null }): FieldProblem | null =>
  (min !== null && value < min) || (max !== null && value > max) ? { kind: 'range', min, max } : null;

type Checked = { readonly value: unknown } | { readonly problem: FieldProblem };
const wrong = (kind: 'required' | 'whole' | 'amount' | 'email' | 'phone' | 'instant' | 'choice'): Checked => ({ problem: { kind } });
const ranged = (value: number, field: FormField): Checked => {
  const problem = range(value, field);
  return problem ? { problem } : { value };
};

/** What is typed, as the value that the hub takes: null for nothing. */
export function checkField(field: FormField, typed: string, currency: Currency = EURO): Checked {
  const text = typed.trim();
  if (field.type === 'boolean') return field.required && text === '' ? wrong('required') : { value: text !== '' };
  if (text === '') return field.required ? wrong('required') : { value: null };
  switch (field.type) {
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? ranged(Number(text), field) : wrong('whole');
    case 'score':
      return /^[+-]?\d{1,15}$/.test(text) ? ranged(Number(text), { ...field, min: field.min ?? 0, max: field.max ?? 100 }) : wrong('whole');
    case 'money': {
      const amount = readAmount(text, currency);
      return amount === null ? wrong('amount') : ranged(amount, field);
    }
    case 'instant': {
      const at = new Date(text).getTime();
      return Number.isNaN(at) ? wrong('instant') : ranged(at, field);
    }
    case 'answers':
      return { value: readAnswers(text) };
    case 'choice':
      return field.choices?.includes(text) ? { value: text } : wrong('choice');
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? { value: text } : wrong('email');
    case 'phone':
      return /^\+?[\d\s().-]{3,30}$/.test(text) ? { value: text } : wrong('phone');
    default:
      return checkLength(field, text);
  }
}

function checkLength(field: FormField, text: string): Checked {
  const { min } = field;
  const max = longestOf(field);
  if (text.length > max) return { problem: { kind: 'long', max } };
  if (min !== undefined && text.length < min) return { problem: { kind: 'short', min } };
  return { value: text };
}

/** The longest text, where a field does not say. */
export const longestOf = ({ type, max }: FormField): number => max ?? (type === 'longText' ? 10_000 : 200);

export interface Checking {
  /** What stood there at first: what is hidden in it goes back as it is, and the hub knows it. */
  readonly begun: Typed;
  /** What is not touched is not sent: it stays as it is. */
  readonly partial: boolean;
  /** Of its amounts. */
  readonly currency?: Currency;
}

export function checkForm(form: readonly FormField[], typed: Typed, { begun, partial, currency }: Checking): { readonly values: Values; readonly problems: FieldProblems } {
  const values: Record<string, unknown> = {};
  const problems: Record<string, FieldProblem> = {};
  for (const field of form) {
    const text = typed[field.id] ?? '';
    const untouched = text === begun[field.id];
    if (untouched && partial) continue;
    const checked: Checked = field.type === 'answers' || !isHidden(text) || !isHidden(begun[field.id]) ? checkField(field, text, currency) : untouched ? { value: text } : { problem: { kind: 'hidden' } };
    if ('problem' in checked) problems[field.id] = checked.problem;
    else values[field.id] = checked.value;
  }
  return { values, problems };
}

/** What the hub found wrong, beside the fields that it names. */
export function problemsOf(form: readonly FormField[], { issues = [] }: Pick<Problem, 'issues'>): FieldProblems {
  const ids = new Set(form.map(({ id }) => id));
  return Object.fromEntries(
    issues.flatMap(({ path }) => {
      const id = path.findLast((part): part is string => typeof part === 'string' && ids.has(part));
      return id === undefined ? [] : [[id, { kind: 'refused' } as const]];
    }),
  );
}

/**
 * What stands in the form once the row has changed under it: what was typed stays, what was not touched follows.
 * `clashes` are the fields of which both are another than before.
 */
export function rebased(form: readonly FormField[], typed: Typed, before: ModuleRow, now: ModuleRow, currency: Currency = EURO): { readonly typed: Typed; readonly clashes: readonly string[] } {
  const [was, is] = [typedFrom(form, before, currency), typedFrom(form, now, currency)];
  const touched = (id: string) => typed[id] !== was[id];
  return {
    typed: Object.fromEntries(form.map(({ id }) => [id, (touched(id) ? typed[id] : is[id]) ?? ''])),
    clashes: form.map(({ id }) => id).filter((id) => touched(id) && is[id] !== was[id] && is[id] !== typed[id]),
  };
}
