/** What is sent to a verb, held against the form that it declares: the one validator of all modules. */
import type { TabId } from '../catalogue/index.ts';
import { areAnswers } from '../evaluation/answers.ts';
import type { FormField } from './types.ts';

export interface Issue {
  readonly path: readonly [string];
  readonly message: string;
}
export type Values = Readonly<Record<string, unknown>>;

export interface Checking {
  /** Something that is there already is changed: what is not sent stays as it is. */
  readonly partial: boolean;
  /** The ids of the resources that may be chosen in a tab. */
  readonly rowsOf: (tab: TabId) => ReadonlySet<string>;
}

export type Checked = { readonly ok: true; readonly values: Values } | { readonly ok: false; readonly issues: readonly Issue[] };

/** Characters, where a field does not say. */
export const MOST_TEXT = 200;
export const MOST_LONG_TEXT = 10_000;
/** The last moment that a `Date` can be. */
const LAST_INSTANT = 8.64e15;

/** @returns every field of the form that was sent, trimmed, null for an empty one; or all that is wrong */
export function checkValues(form: readonly FormField[], sent: Values, checking: Checking): Checked {
  const known = new Set(form.map(({ id }) => id));
  const issues: Issue[] = Object.keys(sent).flatMap((key) => (known.has(key) ? [] : [{ path: [key], message: 'no field of this form' }]));
  const values: Record<string, unknown> = {};
  for (const field of form) {
    if (checking.partial && !Object.hasOwn(sent, field.id)) continue;
    const value = emptied(Object.hasOwn(sent, field.id) ? sent[field.id] : null);
    const message = value === null ? (field.required ? 'required' : null) : wrongOf(field, value, checking);
    if (message === null) values[field.id] = value;
    else issues.push({ path: [field.id], message });
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, values };
}

/** Text without the space around it; nothing, however it is written, is null. */
function emptied(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  const text = value.trim();
  return text === '' ? null : text;
}

/** What is wrong with a value that is not empty; null where nothing is. */
function wrongOf(field: FormField, value: unknown, { rowsOf }: Checking): string | null {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'neither true nor false';
    case 'instant':
      return wrongNumber(value, { min: field.min ?? 0, max: field.max ?? LAST_INSTANT });
    case 'integer':
    case 'money':
      return wrongNumber(value, field);
    case 'score':
      return wrongNumber(value, { min: field.min ?? 0, max: field.max ?? 100 });
    case 'answers':
      return areAnswers(value) ? null : 'no answers to criteria';
    default:
      return typeof value === 'string' ? wrongText(field, value, rowsOf) : 'not a text';
  }
}

function wrongNumber(value: unknown, { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number }): string | null {
  if (!Number.isSafeInteger(value)) return 'not a whole number';
  const number = value as number;
  return number < min || number > max ? `not from ${min} to ${max}` : null;
}

const EMAIL = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+?[\d\s().-]{3,30}$/;
const PERSON = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function wrongText(field: FormField, text: string, rowsOf: Checking['rowsOf']): string | null {
  const most = field.max ?? (field.type === 'longText' ? MOST_LONG_TEXT : MOST_TEXT);
  if (text.length > most) return `longer than ${most}`;
  switch (field.type) {
    case 'choice':
      return field.choices?.includes(text) ? null : 'no such choice';
    case 'email':
      return EMAIL.test(text) ? null : 'no email address';
    case 'phone':
      return PHONE.test(text) ? null : 'no telephone number';
    case 'person':
      return PERSON.test(text) ? null : 'no person';
    case 'row':
      return field.tab && rowsOf(field.tab).has(text) ? null : 'not in the profile';
    default:
      return field.min !== undefined && text.length < field.min ? `shorter than ${field.min}` : null;
  }
}
