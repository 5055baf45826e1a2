import { consoleFields, consoleModuleById } from '../../lib/catalogue/console.ts';
import { type Field, fields, type ProfileDocument, type ResourceKind, rowsOf, type Tab, type TabId, tabs } from '../../lib/catalogue/index.ts';
import type { TransferProfile } from '../../lib/profile/transfer.ts';
import type { Trx } from '../db/connect.ts';

type Kind = ResourceKind | 'profile';

/** What a document from elsewhere is here: without what is not. */
export interface Mapped {
  readonly document: ProfileDocument;
  /** Rows and elements that were left out. */
  readonly missing: readonly { readonly tab: string; readonly name: string }[];
}

/** Finds what a profile of a file points to in the account: under its id, else under its name. */
export async function createMapping(trx: Trx, accountId: string): Promise<(profile: TransferProfile) => Mapped> {
  const known = await knownIn(trx, accountId);
  return (profile) => {
    const missing: Mapped['missing'][number][] = [];
    const find = (kinds: readonly Kind[], tab: string, id: string): string | null => {
      const here = kinds.some((kind) => known.ids.has(`${kind} ${id}`)) ? id : byName(known, kinds, profile, id);
      if (here === null) missing.push({ tab, name: namedIn(profile, id)?.name ?? id });
      return here;
    };
    const configuration: Record<string, unknown> = { ...profile.document.configuration };
    const rowsHere = new Map<string, ReadonlyMap<string, string>>();
    for (const tab of (tabs as readonly Tab<TabId>[]).filter(({ id, kept }) => kept === 'document' && Object.hasOwn(configuration, id))) {
      const rows = mappedRows(profile.document, tab, (id) => find([tab.resource], tab.id, id), known);
      rowsHere.set(tab.id, rows.ids);
      configuration[tab.id] = { ...withDefault(configuration[tab.id] as Bag, rows.ids), rows: rows.rows };
    }
    const settings = mappedSettings(profile.document, rowsHere, find);
    return { document: { ...profile.document, settings, configuration } as ProfileDocument, missing };
  };
}

type Bag = Readonly<Record<string, unknown>>;

interface Known {
  /** `<kind> <id>` */
  readonly ids: ReadonlySet<string>;
  /** By `<kind> <name in lower case>`. */
  readonly names: ReadonlyMap<string, string>;
}

async function knownIn(trx: Trx, accountId: string): Promise<Known> {
  const resources = await trx
    .selectFrom('resource')
    .select(['id', 'kind', 'name'])
    .where('account_id', '=', accountId)
    .where('archived', '=', false)
    .execute();
  const own = async (table: 'person' | 'team' | 'profile') =>
    (await trx.selectFrom(table).select(['id', 'name']).where('account_id', '=', accountId).execute()).map((row) => ({ ...row, kind: table }));
  const all: readonly { id: string; name: string; kind: Kind }[] = [...resources, ...(await own('person')), ...(await own('team')), ...(await own('profile'))];
  return {
    ids: new Set(all.map(({ id, kind }) => `${kind} ${id}`)),
    names: new Map(all.map(({ id, kind, name }) => [`${kind} ${name.toLowerCase()}`, id])),
  };
}

const namedIn = ({ resources }: TransferProfile, id: string) => (Object.hasOwn(resources, id) ? resources[id] : undefined);

function byName({ names }: Known, kinds: readonly Kind[], profile: TransferProfile, id: string): string | null {
  const named = namedIn(profile, id);
  return named && kinds.includes(named.kind) ? (names.get(`${named.kind} ${named.name.trim().toLowerCase()}`) ?? null) : null;
}

/** The rows whose resource is here, each once, and under which id each of them is. */
function mappedRows(document: ProfileDocument, tab: Tab<TabId>, find: (id: string) => string | null, { ids }: Known) {
  const here = new Map<string, string>();
  const rows = new Map<string, Bag>();
  for (const row of rowsOf(document, tab.id)) {
    const id = find(row.id);
    if (id === null) continue;
    here.set(row.id, id);
    if (!rows.has(id)) rows.set(id, { ...row, ...scoresHere(tab, row, ids), id });
  }
  return { ids: here, rows: [...rows.values()] };
}

/** Scores of people who are not here mean nothing. */
function scoresHere(tab: Tab, row: Bag, ids: Known['ids']): Bag {
  const scores = tab.attributes.filter(({ id, type }) => type === 'scores' && Object.hasOwn(row, id));
  return Object.fromEntries(
    scores.map(({ id }) => [id, Object.fromEntries(Object.entries(row[id] as Bag).filter(([person]) => ids.has(`person ${person}`)))]),
  );
}

function withDefault({ default: chosen, ...content }: Bag, ids: ReadonlyMap<string, string>): Bag {
  return typeof chosen === 'string' ? { ...content, default: ids.get(chosen) ?? null } : content;
}

function mappedSettings(
  { settings }: ProfileDocument,
  rowsHere: ReadonlyMap<string, ReadonlyMap<string, string>>,
  find: (kinds: readonly Kind[], tab: string, id: string) => string | null,
): Bag {
  const all: Record<string, unknown> = { ...settings };
  for (const field of [...(fields as readonly Field[]), ...consoleFields]) {
    const value = all[field.id];
    if (field.type === 'reference' && typeof value === 'string') all[field.id] = rowsHere.get(field.tab)?.get(value) ?? null;
    if (field.type === 'elements' && Array.isArray(value)) {
      const kinds = consoleModuleById.get(field.module)?.kinds ?? [];
      all[field.id] = [...new Set(value.flatMap((id) => find(kinds, field.id, String(id)) ?? []))];
    }
  }
  return all;
}
