/** What a field of a profile needs of the same profile, and whether it is there. */
import { type Field, type ProfileDocument, rowsOf, type TabId } from '../../catalogue/index.ts';
import { settingOf } from '../../profile/value.ts';

export type Need =
  /** One of these fields is to be on, or to have a value. */
  | { readonly on: 'fields'; readonly fields: readonly string[] }
  /** The tab is to have a row, of which these attributes are on. */
  | { readonly on: 'row'; readonly tab: TabId; readonly where: readonly string[] };

/** The first thing missing, fields before rows; null where nothing is. What depends on the person is not of the profile. */
export function missingNeed(field: Field, document: ProfileDocument): Need | null {
  const missing = needsOf(field).filter((need) => !holds(need, document));
  return missing.find(({ on }) => on === 'fields') ?? missing[0] ?? null;
}

function needsOf(field: Field): readonly Need[] {
  const declared = (field.dependsOn ?? []).flatMap((dependency): Need[] => {
    if (dependency.on === 'field') return [{ on: 'fields', fields: [dependency.field] }];
    if (dependency.on === 'anyField') return [{ on: 'fields', fields: dependency.fields }];
    if (dependency.on !== 'row') return [];
    const where = Object.entries(dependency.where ?? {}).flatMap(([attribute, value]) => (value ? [attribute] : []));
    return [{ on: 'row', tab: dependency.tab as TabId, where }];
  });
  const requiredWith = field.type === 'reference' && field.requiredWith !== undefined ? [{ on: 'fields', fields: [field.requiredWith] } as const] : [];
  return [...declared, ...requiredWith];
}

function holds(need: Need, document: ProfileDocument): boolean {
  if (need.on === 'fields') return need.fields.some((id) => isSet(settingOf(document, id)));
  return rowsOf(document, need.tab).some((row) => need.where.every((attribute) => (row as Record<string, unknown>)[attribute] === true));
}

const isSet = (value: unknown): boolean => value !== false && value !== null && value !== undefined && value !== '';
