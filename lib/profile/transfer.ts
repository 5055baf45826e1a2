/**
 * Profiles in a file, from one account to another or back. Rows are known by id; the file says of each what it is and is
 * called, so that it is found by its name where nothing has its id.
 */
import * as v from 'valibot';
import { DOCUMENT_SCHEMA, type ProfileDocument, RESOURCE_KINDS, type ResourceKind, type Resources, rowsOf, tabs } from '../catalogue/index.ts';
import { type DocumentIssue, MOST_ISSUES, parseDocument } from './schema.ts';

export const TRANSFER_FORMAT = 'pennon.profiles';
/** More than any account has, and within what a request may carry. */
const MOST_PROFILES = 500;

export interface TransferProfile {
  readonly name: string;
  readonly document: ProfileDocument;
  /** What its rows point to, by id. */
  readonly resources: Readonly<Record<string, { readonly kind: ResourceKind; readonly name: string }>>;
}

export interface TransferFile {
  readonly format: typeof TRANSFER_FORMAT;
  /** Of the documents. */
  readonly schema: number;
  /** ISO 8601. */
  readonly exportedAt: string;
  readonly profiles: readonly TransferProfile[];
}

/** @param exportedAt milliseconds since the epoch */
export function exportOf(
  profiles: readonly { readonly name: string; readonly document: ProfileDocument; readonly resources: Resources }[],
  exportedAt: number,
): TransferFile {
  return {
    format: TRANSFER_FORMAT,
    schema: DOCUMENT_SCHEMA,
    exportedAt: new Date(exportedAt).toISOString(),
    profiles: profiles.map(({ name, document, resources }) => ({ name, document, resources: named(document, resources) })),
  };
}

/** Of the resources those that rows point to, with what they are found by. */
function named(document: ProfileDocument, resources: Resources): TransferProfile['resources'] {
  const ids = new Set(tabs.flatMap(({ id }) => rowsOf(document, id).map((row) => row.id)));
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const resource = Object.hasOwn(resources, id) ? resources[id] : undefined;
      return resource ? [[id, { kind: resource.kind, name: resource.name }] as const] : [];
    }),
  );
}

export type ParsedTransfer =
  | { readonly ok: true; readonly file: TransferFile }
  | { readonly ok: false; readonly issues: readonly DocumentIssue[] };

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
const resource = v.object({ kind: v.picklist(RESOURCE_KINDS), name: v.pipe(v.string(), v.maxLength(200)) });
const fileSchema = v.object({
  format: v.literal(TRANSFER_FORMAT),
  schema: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(DOCUMENT_SCHEMA, 'written by a later version of Pennon')),
  exportedAt: v.optional(v.string(), ''),
  profiles: v.pipe(
    v.array(v.object({ name, document: v.unknown(), resources: v.optional(v.record(v.pipe(v.string(), v.maxLength(100)), resource), {}) })),
    v.minLength(1, 'no profile is in it'),
    v.maxLength(MOST_PROFILES),
  ),
});

/**
 * Reads an unknown value as a file of profiles. Never throws: everything that is wrong with it is told with its place,
 * as a path of keys within the file. Names that the account has already are for the hub to tell; a profile becomes a draft,
 * so that what keeps it from being published is for the linter.
 */
export function parseTransfer(input: unknown): ParsedTransfer {
  const read = v.safeParse(fileSchema, input);
  const outer = (read.issues ?? []).map(({ path, message }) => ({ path: (path ?? []).map(({ key }) => key as string | number), message }));
  const documents = profilesIn(input).map((profile) => parseNamed(profile));
  const inner = documents.flatMap(({ issues }, at) => issues.map(({ path, message }) => ({ path: ['profiles', at, 'document', ...path], message })));
  const issues: DocumentIssue[] = [...outer, ...inner, ...(read.success ? namedTwice(read.output.profiles) : [])];
  if (!read.success || issues.length > 0) return { ok: false, issues: issues.slice(0, MOST_ISSUES) };
  const { profiles } = read.output;
  return { ok: true, file: { ...read.output, profiles: profiles.map((profile, at) => ({ ...profile, document: documents[at]!.document! })) } };
}

/** Also of a file that is wrong elsewhere: all errors are told at once. */
const profilesIn = (input: unknown): readonly unknown[] => {
  const list = v.safeParse(v.looseObject({ profiles: v.array(v.unknown()) }), input);
  return list.success ? list.output.profiles.slice(0, MOST_PROFILES) : [];
};

/** A document bears the name of its profile. */
function parseNamed(profile: unknown): { document: ProfileDocument | null; issues: readonly DocumentIssue[] } {
  const { name: called, document } = (typeof profile === 'object' && profile !== null ? profile : {}) as Readonly<Record<string, unknown>>;
  const parsed = parseDocument(document);
  if (!parsed.ok) return { document: null, issues: parsed.issues };
  const settings = { ...parsed.document.settings, ...(typeof called === 'string' ? { 'general.name': called.trim() } : {}) };
  return { document: { ...parsed.document, settings }, issues: [] };
}

function namedTwice(profiles: readonly { readonly name: string }[]): DocumentIssue[] {
  const met = new Set<string>();
  return profiles.flatMap(({ name: called }, at) => {
    const key = called.toLowerCase();
    const twice = met.has(key);
    met.add(key);
    return twice ? [{ path: ['profiles', at, 'name'], message: 'another profile in the file has this name' }] : [];
  });
}
