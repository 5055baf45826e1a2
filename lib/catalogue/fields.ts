import type {
  BooleanField,
  Channel,
  ChoiceField,
  CountriesField,
  CriteriaField,
  Dependency,
  ElementsField,
  IntegerField,
  ReferenceField,
  ScoresField,
  Source,
  TextField,
} from './types.ts';

interface Options {
  readonly label?: string;
  readonly source?: Source;
  readonly column?: Channel;
  readonly group?: string;
  readonly dependsOn?: readonly Dependency[];
  readonly verb?: string;
}

function base<const Id extends string>(id: Id, { label, source = 'S', ...rest }: Options) {
  return { id, label: label ?? `field.${id}`, source, ...rest };
}

/** A right: granted or not. Deny by default. */
export const right = <const Id extends string>(id: Id, options: Options = {}): BooleanField<Id> => ({
  ...base(id, options),
  type: 'boolean',
  default: false,
});

/** Hides something from whoever has it. */
export const mask = <const Id extends string>(id: Id, options: Options = {}): BooleanField<Id> => ({ ...right(id, options), hides: true });

export const integer = <const Id extends string, const Default extends number | null>(
  id: Id,
  range: { min: number; max: number; unit: IntegerField['unit']; default: Default },
  options: Options = {},
): IntegerField<Id, Default> => ({ ...base(id, options), type: 'integer', ...range });

export const text = <const Id extends string>(
  id: Id,
  length: { min?: number; max: number; multiline?: boolean; unique?: boolean },
  options: Options = {},
): TextField<Id> => ({
  ...base(id, options),
  type: 'text',
  minLength: length.min ?? 0,
  maxLength: length.max,
  multiline: length.multiline ?? false,
  unique: length.unique ?? false,
  default: '',
});

export const choice = <const Id extends string, const Choice extends string>(
  id: Id,
  choices: readonly Choice[],
  initial: NoInfer<Choice>,
  options: Options & { widens?: true } = {},
): ChoiceField<Id, Choice> => ({ ...base(id, options), type: 'choice', choices, default: initial });

export const countries = <const Id extends string>(id: Id, options: Options = {}): CountriesField<Id> => ({
  ...base(id, options),
  type: 'countries',
  default: [],
});

export const reference = <const Id extends string>(
  id: Id,
  tab: string,
  options: Options & { requiredWith?: string } = {},
): ReferenceField<Id> => ({
  ...base(id, options),
  ...(options.requiredWith === undefined ? {} : { requiredWith: options.requiredWith }),
  type: 'reference',
  tab,
  default: null,
});

export const scores = <const Id extends string>(
  id: Id,
  range: { min: number; max: number },
  options: Options = {},
): ScoresField<Id> => ({ ...base(id, options), type: 'scores', ...range, default: {} });

/** Which elements of one of the Maker's modules, by id, or all of them. */
export const elements = <const Id extends string>(id: Id, module: string, options: Options = {}): ElementsField<Id> => ({
  ...base(id, options),
  type: 'elements',
  module,
  default: [],
});

/** Sections of criteria by which something is judged. */
export const criteria = <const Id extends string>(id: Id, options: Options = {}): CriteriaField<Id> => ({ ...base(id, options), type: 'criteria', default: [] });

/** Needs another right of the same profile. */
export const needs = (field: string): Dependency => ({ on: 'field', field });
export const needsAny = (...fields: string[]): Dependency => ({ on: 'anyField', fields });
export const needsRow = (tab: string, where?: Readonly<Record<string, boolean>>): Dependency =>
  where ? { on: 'row', tab, where } : { on: 'row', tab };

/** Message key of one of a field's choices; the same word means the same wherever it can be chosen. */
export const choiceLabel = (choice: string): string => `choice.${choice}`;
