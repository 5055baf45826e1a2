/** The form of a resource of any kind, made from the declaration of its attributes. */
import type { ResourceRecord } from '../../api/routes.ts';
import { type ConsoleRight, moduleOfKind } from '../../catalogue/console.ts';
import type { Field, ResourceKind } from '../../catalogue/index.ts';
import { resourceByKind } from '../../catalogue/resources.ts';
import type { ConsoleAnswer, ConsoleRights } from '../../decide/console.ts';
import { gridMistakes, MOST_CRITERIA, MOST_SECTIONS } from '../../evaluation/grid.ts';
import type { FieldError, FieldErrors } from './record-form.ts';
import { colourError } from './resources-colour.ts';
import { isSmsText } from '../../interaction/campaign-text.ts';
import { conditionError } from '../../interaction/condition.ts';
import { addressError, targetError } from './resources-address.ts';

/** The name and each attribute by its id, all at one level. */
export type ResourceContent = { readonly name: string } & Readonly<Record<string, unknown>>;

export const NAME_MAX = 120;

export const attributesOf = (kind: ResourceKind): readonly Field[] => resourceByKind.get(kind)?.attributes ?? [];

/** What stands in the form: an attribute that is not there, or is of another type, has its default. */
export function resourceContentOf(kind: ResourceKind, record: Pick<ResourceRecord, 'name' | 'attributes'> | null): ResourceContent {
  const value = (field: Field): unknown => {
    const held = record?.attributes[field.id];
    return held !== undefined && isOfType(field, held) ? held : field.default;
  };
  return { name: record?.name ?? '', ...Object.fromEntries(attributesOf(kind).map((field) => [field.id, value(field)])) };
}

/** A change of the form as the hub takes it. */
export function bodyOf(change: Partial<ResourceContent>): { name?: string; attributes?: Record<string, unknown> } {
  const { name, ...attributes } = change;
  return { ...(name === undefined ? {} : { name: name.trim() }), ...(Object.keys(attributes).length > 0 ? { attributes } : {}) };
}

function isOfType(field: Field, value: unknown): boolean {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return (value === null && field.default === null) || Number.isInteger(value);
    case 'choice':
      return field.choices.includes(value as string);
    case 'criteria':
      return Array.isArray(value);
    default:
      return typeof value === 'string';
  }
}

/** What is wrong with each field. @param taken names of the others of the kind; upper and lower case are alike */
export function checkResource(kind: ResourceKind, content: ResourceContent, taken: readonly string[]): FieldErrors {
  const name = content.name.trim();
  const nameError: FieldError | null =
    name === '' ? { key: 'makerResources.error.name' }
    : name.length > NAME_MAX ? { key: 'makerResources.error.tooLong', with: [NAME_MAX] }
    : taken.some((other) => other.toLowerCase() === name.toLowerCase()) ? { key: 'makerResources.error.nameTaken' }
    : null;
  const errors = attributesOf(kind).map((field) => [field.id, checkValue(field, content[field.id]) ?? meaningError(kind, field.id, content)] as const);
  const all: readonly (readonly [string, FieldError | null])[] = [['name', nameError], ...errors];
  return Object.fromEntries(all.filter((entry): entry is [string, FieldError] => entry[1] !== null));
}

/** As the declaration limits it. */
function checkValue(field: Field, value: unknown): FieldError | null {
  if (field.type === 'text') {
    const { length } = String(value ?? '');
    if (length > field.maxLength) return { key: 'makerResources.error.tooLong', with: [field.maxLength] };
    if (length < field.minLength) return { key: 'makerResources.error.tooShort', with: [field.minLength] };
  }
  if (field.type === 'integer') {
    if (value === null) return field.default === null ? null : { key: 'makerResources.error.missing' };
    const number = Number(value);
    if (!Number.isInteger(number) || number < field.min || number > field.max) {
      return { key: 'makerResources.error.range', with: [field.min, field.max] };
    }
  }
  return isOfType(field, value) ? null : { key: 'makerResources.error.missing' };
}

/** What the declaration cannot say: an address that opens nothing, a condition that cannot be read. */
function meaningError(kind: ResourceKind, field: string, content: ResourceContent): FieldError | null {
  const text = (id: string) => String(content[id] ?? '');
  if (kind === 'customButton') {
    if (field === 'target') return targetError(text('opens'), text('target'));
    if (field === 'colour') return colourError(text('colour'));
    if (field === 'condition') return conditionError(text('condition'));
  }
  if (kind === 'smsCampaign' && field === 'text' && text(field).trim() !== '' && !isSmsText(text(field))) return { key: 'makerResources.error.blank' };
  if (kind === 'evaluationGrid' && field === 'sections') return gridError(content[field]);
  return kind === 'crm' && field === 'address' ? addressError(text('address')) : null;
}

/** What is wrong in it stands beside what it is wrong of (grid-editor.ts). */
function gridError(sections: unknown): FieldError | null {
  const mistakes = gridMistakes(sections);
  const most = mistakes.find(({ kind }) => kind === 'sections' || kind === 'criteria');
  if (most) return most.kind === 'sections' ? { key: 'makerResources.grid.mistake.sections', with: [MOST_SECTIONS] } : { key: 'makerResources.grid.mistake.criteria', with: [MOST_CRITERIA] };
  return mistakes.length > 0 ? { key: 'makerResources.error.grid' } : null;
}

/** Attributes whose lists have an order that says something. */
export const orderedIn = (kind: ResourceKind): ReadonlySet<string> => new Set(attributesOf(kind).filter(({ type }) => type === 'criteria').map(({ id }) => id));

/** What may be changed of one resource, and the right that says so. */
export interface FieldRight extends ConsoleAnswer {
  readonly right: ConsoleRight;
}

/**
 * Who may change a field: an attribute that names a special verb needs that verb, the others and the name need *update*
 * or, where it is new, *create*.
 */
export function fieldRight(kind: ResourceKind, field: string, rights: ConsoleRights, id: string | null): FieldRight {
  const module = moduleOfKind.get(kind)!.id;
  const verb = attributesOf(kind).find((each) => each.id === field)?.verb ?? (id === null ? 'create' : 'update');
  const right = `${module}.${verb}` as ConsoleRight;
  if (id !== null && !rights.mayElement(module, id)) return { right, allowed: false, code: 'console.elements', setting: `console.${module}.elements` };
  return { right, ...rights.may(right) };
}

/** The kinds that have one page together: both campaigns; the many small ones. */
export const kindsBeside = (kind: ResourceKind): readonly ResourceKind[] =>
  (moduleOfKind.get(kind)?.kinds ?? [kind]).filter((each): each is ResourceKind => each !== 'profile');
