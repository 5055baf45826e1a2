/** What may stand in braces in the address of a custom button or CRM, and in its condition. */

/** Each with a value to show what becomes of it. The value is an example and nobody's. */
export const VARIABLES = [
  ['customer.number', '+33 1 99 00 01 12'],
  ['customer.name', 'Camille Martin'],
  ['customer.email', 'camille@example.com'],
  ['customer.id', '20418'],
  ['interaction.id', 'i-7731'],
  ['interaction.channel', 'voice'],
  ['interaction.direction', 'inbound'],
  ['interaction.queue', 'Motor claims'],
  ['case.id', 'c-1029'],
  ['person.name', 'Amira Haddad'],
  ['person.email', 'amira@example.com'],
  ['profile.name', 'Inbound advisor'],
] as const satisfies readonly (readonly [string, string])[];
export type Variable = (typeof VARIABLES)[number][0];

/** Shorter names that mean the same. */
const ALIASES: Readonly<Record<string, Variable>> = {
  number: 'customer.number',
  name: 'customer.name',
  reference: 'customer.id',
  id: 'interaction.id',
  channel: 'interaction.channel',
  queue: 'interaction.queue',
  direction: 'interaction.direction',
  case: 'case.id',
};
const samples: ReadonlyMap<string, string> = new Map(VARIABLES);

/** The full name of a variable, or null where there is none of it. */
export const variableNamed = (name: string): Variable | null =>
  samples.has(name) ? (name as Variable) : Object.hasOwn(ALIASES, name) ? ALIASES[name]! : null;

export const sampleOf = (variable: Variable): string => samples.get(variable)!;

export const IN_BRACES = /\{([^{}]*)\}/g;

/** With the values in place of the variables, made fit for an address. A name that is no variable stays as it is written. */
export const filledIn = (target: string, valueOf: (variable: Variable) => string): string =>
  target.replaceAll(IN_BRACES, (all, name: string) => {
    const variable = variableNamed(name);
    return variable ? encodeURIComponent(valueOf(variable)) : all;
  });
