/**
 * When a custom button shows: `channel = voice and queue != Billing`. Comparisons of a variable with a word, joined by
 * *and* and *or*; *and* binds closer. Words with spaces stand in quotes.
 */
import { sampleOf, type Variable, variableNamed } from './variables.ts';

export const OPERATORS = ['=', '!=', 'contains'] as const;
type Operator = (typeof OPERATORS)[number];

interface Comparison {
  readonly variable: Variable;
  readonly operator: Operator;
  readonly value: string;
}
/** Any of these, each of which needs all of its own. */
export type Condition = readonly (readonly Comparison[])[];

/** A message key, and what its sentence names. */
interface Wrong {
  readonly key: string;
  readonly with?: readonly (string | number)[];
}

export type Parsed = { readonly ok: true; readonly condition: Condition } | { readonly ok: false; readonly error: Wrong };

const TOKEN = /\s*("[^"]*"|!=|=|[^\s"=!]+|.)/gy;

/** An empty text is no condition: it always shows. */
export function parseCondition(text: string): Parsed {
  if (text.trim() === '') return { ok: true, condition: [] };
  const tokens = [...text.trim().matchAll(TOKEN)].map(([, token]) => token!);
  const any: Comparison[][] = [[]];
  for (let at = 0; at < tokens.length; at += 4) {
    const [name, operator, value, joint] = tokens.slice(at, at + 4);
    const variable = variableNamed(name!);
    if (variable === null) return wrong('conditionVariable', name!);
    if (!OPERATORS.includes(operator as Operator)) return wrong('conditionOperator', name!);
    if (value === undefined || value === 'and' || value === 'or') return wrong('conditionValue', `${name} ${operator}`);
    any.at(-1)!.push({ variable, operator: operator as Operator, value: value.replace(/^"(.*)"$/, '$1') });
    if (joint === undefined) continue;
    if (joint !== 'and' && joint !== 'or') return wrong('conditionJoint', joint);
    if (at + 4 >= tokens.length) return wrong('conditionEnd', joint);
    if (joint === 'or') any.push([]);
  }
  return { ok: true, condition: any };
}

const wrong = (key: string, near: string): Parsed => ({ ok: false, error: { key: `makerResources.error.${key}`, with: [near] } });

export function conditionError(text: string): Wrong | null {
  const parsed = parseCondition(text);
  return parsed.ok ? null : parsed.error;
}

/** Whether it would show with these values. Upper and lower case are alike. */
export function holdsFor(condition: Condition, valueOf: (variable: Variable) => string = sampleOf): boolean {
  const compare = ({ variable, operator, value }: Comparison): boolean => {
    const [is, asked] = [valueOf(variable).toLowerCase(), value.toLowerCase()];
    if (operator === 'contains') return is.includes(asked);
    return (is === asked) === (operator === '=');
  };
  return condition.length === 0 || condition.some((all) => all.every(compare));
}
