import {
  type Control,
  controls,
  type ProfileDocument,
  rowsOf,
  type TabId,
  tabById,
  type TabRow,
  type Term,
} from '../catalogue/index.ts';
import type { ActiveProfile } from './types.ts';

type Wanted = Pick<Extract<Term, { kind: 'row' }>, 'tab' | 'where' | 'resource'>;
type Row = ReturnType<typeof rowsOf>[number];

/** The rows of a tab that a term speaks of: with its attributes, and whose resource exists and has its values. */
export function matchingRows(profile: ActiveProfile, wanted: Wanted): readonly (TabRow & Record<string, unknown>)[] {
  return rowsIn(profile.document, wanted.tab).filter((row) => matches(profile, row, wanted));
}

export function hasRow(profile: ActiveProfile, wanted: Wanted): boolean {
  return rowsIn(profile.document, wanted.tab).some((row) => matches(profile, row, wanted));
}

const rowsIn = (document: ProfileDocument, tab: string) => rowsOf(document, tab as TabId);

function matches({ resources }: ActiveProfile, row: Row, { tab, where, resource }: Wanted): boolean {
  const found = Object.hasOwn(resources, row.id) ? resources[row.id] : undefined;
  // An id of another kind is no row of this tab, whatever it is called.
  if (!found || found.kind !== tabById.get(tab)?.resource) return false;
  for (const attribute in where) if ((row[attribute] ?? false) !== where[attribute]) return false;
  for (const attribute in resource) {
    if (!resource[attribute]!.includes(String(found.attributes[attribute]))) return false;
  }
  return true;
}

/** The controls of which there is one for each row of a tab. */
export const families: readonly Control[] = (controls as readonly Control[]).filter((control) => control.forEach);

/** The rows for which there is a control of the family, in the order of the profile. */
export const rowIdsOf = (profile: ActiveProfile, family: Control): readonly string[] =>
  family.forEach ? matchingRows(profile, family.forEach).map(({ id }) => id) : [];
