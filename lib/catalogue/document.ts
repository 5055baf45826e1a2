/** The type of a profile document, derived from the catalogue. */
import type { ConsoleSettings } from './console.ts';
import type { CatalogueField } from './sections.ts';
import type { CatalogueTab, TabId } from './tabs.ts';
import type { FieldValue, ResourceKind } from './types.ts';

type Simplify<T> = { [K in keyof T]: T[K] };

/** The sections, and beside them the rights of the Maker. */
export type Settings = Simplify<{ [F in CatalogueField as F['id']]: FieldValue<F> } & ConsoleSettings>;

/** A row names its resource by `id`; what else it says is what the tab declares. */
export type TabRow<T extends CatalogueTab = CatalogueTab> = Simplify<
  { id: string } & { [A in T['attributes'][number] as A['id']]?: FieldValue<A> }
>;

type TabContent<T extends CatalogueTab> = Simplify<
  { rows: TabRow<T>[] } & (T['switched'] extends true ? { enabled?: boolean } : unknown) &
    (T['choosesDefault'] extends true ? { default?: string | null } : unknown)
>;

/** The tabs whose rows the document itself holds; who is assigned is kept beside it. */
export type DocumentTab = Exclude<CatalogueTab, { id: 'users' }>;
export type Configuration = { [T in DocumentTab as T['id']]: TabContent<T> };

/** The document schema this code writes. A document of a later one is read only as far as it is understood. */
export const DOCUMENT_SCHEMA = 1;

/**
 * A profile as it is stored, sent and edited. What is absent has its default, which denies. A field that this catalogue
 * does not know is kept as it is and grants nothing.
 */
export interface ProfileDocument {
  readonly schema: number;
  readonly settings: Readonly<Partial<Settings>>;
  readonly configuration: Readonly<Partial<Configuration>>;
}

/** One thing that rows point to, as far as the banner and the decision need it. */
export interface ResourceSummary {
  readonly id: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The resources that a profile's rows point to and that exist, by id. A row without its resource counts for nothing. */
export type Resources = Readonly<Record<string, ResourceSummary>>;

/** The rows of a tab, whatever its type: for code that walks all tabs. */
export function rowsOf(document: ProfileDocument, tab: TabId): readonly (TabRow & Record<string, unknown>)[] {
  const content = (document.configuration as Record<string, { rows?: readonly TabRow[] } | undefined>)[tab];
  return content?.rows ?? [];
}

export function isSwitchedOn(document: ProfileDocument, tab: TabId): boolean {
  return (document.configuration as Record<string, { enabled?: boolean } | undefined>)[tab]?.enabled === true;
}

