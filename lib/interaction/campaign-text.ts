/** The text of an SMS campaign: what stands in braces is filled in from the target. */
import { blanksOf, filledTemplate } from './sms-template.ts';
import { variableNamed } from './variables.ts';

/** The longest message, as one that a person writes themselves; characters. */
export const LONGEST_SMS = 1000;

/** By what each may be called besides: as in the address of a custom button. */
const BLANKS = { customer: 'customer.name', phone: 'customer.number', note: null } as const;
export type SmsBlank = keyof typeof BLANKS;
export type SmsValues = Readonly<Record<SmsBlank, string>>;

function blankNamed(name: string): SmsBlank | null {
  if (Object.hasOwn(BLANKS, name)) return name as SmsBlank;
  const variable = variableNamed(name);
  return variable === null ? null : ((Object.keys(BLANKS) as SmsBlank[]).find((each) => BLANKS[each] === variable) ?? null);
}

/** Whether it can be sent at all: there is one, and what it leaves blank a target has. */
export const isSmsText = (text: unknown): text is string => typeof text === 'string' && text.trim() !== '' && blanksOf(text).every((name) => blankNamed(name) !== null);

/** What is sent to a target; null where it lacks something that the text asks for, or there is too much of it. */
export function smsTextFor(template: string, values: SmsValues): string | null {
  const filling = Object.fromEntries(blanksOf(template).map((name) => [name, values[blankNamed(name)!].trim()]));
  if (Object.values(filling).includes('')) return null;
  const text = filledTemplate(template, filling).trim();
  return text.length > LONGEST_SMS ? null : text;
}
