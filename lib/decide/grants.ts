/**
 * What of a profile's sections and tabs lets its holder do more, and whether somebody has as much themselves. The Maker's
 * own rights are in console-grants.ts. Not for the banner, which grants nothing.
 */
import { moduleOfKind, type ConsoleModuleId } from '../catalogue/console.ts';
import { type Field, fieldById, fields, isSwitchedOn, type Licence, LICENCES, type ProfileDocument, rowsOf, type Tab, tabById, type TabId, tabs } from '../catalogue/index.ts';
import { type Facts, isGrantedInFull, meansSomething } from './facts.ts';

/** What a person's licence is called where it is granted. */
export const LICENCE = 'licence';

/** The most of a licence that somebody may give: what a new person has of whom nothing else is said. */
export const licenceToGive = ({ mayGrant }: { mayGrant(field: string, value: unknown): boolean }): Licence =>
  LICENCES.findLast((licence) => mayGrant(LICENCE, licence)) ?? LICENCES[0];

/** A row of a tab, or what one of its attributes says, where it is granted: `queues/<id>`, `queues/<id>/voice`. */
export const rowPath = (tab: string, row: string, attribute?: string): string =>
  attribute === undefined ? `${tab}/${row}` : `${tab}/${row}/${attribute}`;

/** What such a path names, `queues` for the tab itself; null for anything else. */
export function rowOfPath(path: string): { readonly tab: Tab; readonly row: string | null; readonly attribute: Field | null } | null {
  const [id = '', ...rest] = path.split('/');
  const tab = tabById.get(id);
  if (tab?.kept !== 'document') return null;
  const attribute = rest.length > 1 ? (tab.attributes.find((each) => each.id === rest.at(-1)) ?? null) : null;
  const row = (attribute ? rest.slice(0, -1) : rest).join('/');
  return { tab, row: rest.length > 0 ? row : null, attribute };
}

/**
 * What of one value is more than another of the same field: itself, or the countries that are new. Null where nothing
 * is. Numbers, texts and what is merely otherwise widen nothing.
 */
export function widenedBy(field: Field, before: unknown, after: unknown): unknown {
  const [old, now] = [before ?? field.default, after ?? field.default];
  switch (field.type) {
    case 'boolean':
      if (field.hides) return old === true && now !== true ? false : null;
      return now === true && old !== true ? true : null;
    case 'choice':
      return field.widens && rankOf(field.choices, now) > rankOf(field.choices, old) ? now : null;
    case 'countries': {
      if (old === 'all' || (now !== 'all' && !Array.isArray(now))) return null;
      if (now === 'all') return now;
      const added = now.filter((code) => !(old as readonly unknown[]).includes(code));
      return added.length > 0 ? added : null;
    }
    default:
      return null;
  }
}

/** What is no choice at all grants nothing. */
const rankOf = (choices: readonly string[], value: unknown): number => choices.indexOf(String(value));

/** One thing that a document gives and another does not. */
export interface Widening {
  /** A field's id, a tab's, or a `rowPath`. */
  readonly path: string;
  readonly added: unknown;
}

type Values = Readonly<Record<string, unknown>>;

/** In the order of the catalogue. @param before null where there is nothing yet */
export function wideningsOf(before: ProfileDocument | null, after: ProfileDocument): readonly Widening[] {
  const [old, now] = [(before?.settings ?? {}) as Values, after.settings as Values];
  return [
    ...(fields as readonly Field[]).flatMap((field) => wideningOf(field.id, field, own(old, field.id), own(now, field.id))),
    ...documentTabs.flatMap((tab) => wideningsIn(tab, before, after)),
  ];
}

const documentTabs: readonly Tab[] = (tabs as readonly Tab[]).filter(({ kept }) => kept === 'document');

function wideningsIn(tab: Tab, before: ProfileDocument | null, after: ProfileDocument): readonly Widening[] {
  const id = tab.id as TabId;
  const rows = rowsOf(after, id);
  const old = new Map<string, Values>(rows.length > 0 && before ? rowsOf(before, id).map((row) => [row.id, row]) : []);
  const switchedOn = tab.switched && isSwitchedOn(after, id) && !(before && isSwitchedOn(before, id));
  return [
    ...(switchedOn ? [{ path: id, added: true }] : []),
    ...rows.flatMap((row) => [
      ...(old.has(row.id) ? [] : [{ path: rowPath(id, row.id), added: true }]),
      ...tab.attributes.flatMap((field) => wideningOf(rowPath(id, row.id, field.id), field, old.get(row.id)?.[field.id], row[field.id])),
    ]),
  ];
}

function wideningOf(path: string, field: Field, before: unknown, after: unknown): readonly Widening[] {
  const added = widenedBy(field, before, after);
  return added === null ? [] : [{ path, added }];
}

const own = (values: Values, key: string): unknown => (Object.hasOwn(values, key) ? values[key] : undefined);

/**
 * Whether somebody has what they would give: of a field with all that it depends on, of a row's attribute the same on
 * that row, in a tab that is on. A row itself may be given by whoever may see what it points to.
 *
 * @returns asks by the path and what is added to it; yes for whatever grants nothing
 */
export function createHoldings(facts: Facts, mayElement: (module: ConsoleModuleId, id: string) => boolean): (path: string, added: unknown) => boolean {
  const document = facts.profile?.document ?? null;
  const settings = (document?.settings ?? {}) as Values;
  const byTab = new Map<string, ReadonlyMap<string, Values>>();
  const rowIn = (tab: string, id: string): Values | undefined => {
    const rows = byTab.get(tab) ?? new Map(document ? rowsOf(document, tab as TabId).map((row) => [row.id, row] as const) : []);
    byTab.set(tab, rows);
    return rows.get(id);
  };
  const isOn = (tab: Tab) => document !== null && (!tab.switched || isSwitchedOn(document, tab.id as TabId));
  const valueOf = (field: Field): unknown => {
    if (field.type === 'boolean') return isGrantedInFull(field.id, facts);
    return meansSomething(field, facts) ? own(settings, field.id) : undefined;
  };
  return (path, added) => {
    const field = fieldById.get(path);
    if (field) return widenedBy(field, valueOf(field), added) === null;
    const at = rowOfPath(path);
    if (!at || (at.attribute === null && added !== true)) return true;
    const { tab, row, attribute } = at;
    if (row === null) return isOn(tab);
    if (attribute === null) return rowIn(tab.id, row) !== undefined || mayElement(moduleOfKind.get(tab.resource)!.id, row);
    return widenedBy(attribute, isOn(tab) ? rowIn(tab.id, row)?.[attribute.id] : undefined, added) === null;
  };
}
