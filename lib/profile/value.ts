/** When two values mean the same: what is absent has its default, and a list of countries or elements has no order. */
import { consoleFieldById } from '../catalogue/console.ts';
import { type Field, fieldById, type ProfileDocument } from '../catalogue/index.ts';

/** The field that a setting is: of a section, or a right of the Maker. Undefined for one that this catalogue does not know. */
export const settingField = (id: string): Field | undefined => fieldById.get(id) ?? consoleFieldById.get(id);

/** The value of a setting, its default where the document says nothing; of an unknown one what stands there. */
export function settingOf(document: ProfileDocument, id: string): unknown {
  const settings = document.settings as Readonly<Record<string, unknown>>;
  const value = Object.hasOwn(settings, id) ? settings[id] : undefined;
  return value === undefined ? settingField(id)?.default : value;
}

/** A value in the one form that all values of its meaning have. Undefined where it is the field's default. */
export function canonicalValue(field: Field | undefined, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return field && value === field.default ? undefined : value;
  const isSet = field?.type === 'countries' || field?.type === 'elements';
  const sorted = isSet && Array.isArray(value) ? [...new Set(value as string[])].toSorted() : inOrder(value);
  return field && JSON.stringify(sorted) === JSON.stringify(field.default) ? undefined : sorted;
}

export const isSameValue = (field: Field | undefined, a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(canonicalValue(field, a)) === JSON.stringify(canonicalValue(field, b));

/** The same JSON with the keys of its objects in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, inOrder(each)]),
  );
}
