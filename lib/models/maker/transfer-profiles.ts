/** Files of profiles as the Maker writes, reads and speaks of them. */
import type { RouteAnswer } from '../../api/routes.ts';
import { consoleFieldById } from '../../catalogue/console.ts';
import { fieldById, type Tab, tabById, type TabId } from '../../catalogue/index.ts';
import { TRANSFER_FORMAT } from '../../profile/transfer.ts';

/** `inbound-advisor-2026-05-01.json`; several are just profiles. */
export function profilesFileName(profiles: readonly { readonly name: string }[], at: Date): string {
  const [only] = profiles.length === 1 ? profiles : [];
  const name = only?.name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '').toLowerCase();
  return `${name || 'profiles'}-${at.toISOString().slice(0, 10)}.json`;
}

export type Imported = RouteAnswer<'importProfiles'>;
export type ReadFile =
  | { readonly ok: true; readonly file: unknown }
  /** A message key under `makerTransfer.file`. */
  | { readonly ok: false; readonly code: 'notJson' | 'notProfiles' };

/** What the text of a file is: whether what it says is right is for the hub to say, which alone has all names. */
export function readProfilesFile(text: string): ReadFile {
  try {
    const file: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isProfiles(file) ? { ok: true, file } : { ok: false, code: 'notProfiles' };
  } catch {
    return { ok: false, code: 'notJson' };
  }
}

const isProfiles = (file: unknown): boolean =>
  typeof file === 'object' && file !== null && (file as { format?: unknown }).format === TRANSFER_FORMAT;

/** Where in a file something is, for a person: each part a text, or a message key of one. */
export type PlacePart = { readonly text: string } | { readonly key: string };

type Path = readonly (string | number)[];

/** @param path as the hub names it: `profiles`, 0, `document`, `configuration`, `queues`, `rows`, 3, `voice` */
export function placeInFile(path: Path, file: unknown): readonly PlacePart[] {
  const [top, index, ...rest] = path;
  if (top !== 'profiles' || typeof index !== 'number') return path.length === 0 ? [{ key: 'makerTransfer.place.file' }] : path.map(plain);
  return [profilePart(file, index), ...inProfile(rest, file, index)];
}

const plain = (part: string | number): PlacePart => ({ text: String(part) });

function profilePart(file: unknown, index: number): PlacePart {
  const name = at(file, ['profiles', index, 'name']);
  return typeof name === 'string' && name.trim() !== '' ? { text: name } : { text: `${index + 1}` };
}

function inProfile([part, ...rest]: Path, file: unknown, index: number): readonly PlacePart[] {
  if (part === undefined) return [];
  if (part !== 'document') return [part === 'name' ? { key: 'field.general.name' } : plain(part), ...rest.map(plain)];
  const [area, ...inArea] = rest;
  if (area === 'settings' && typeof inArea[0] === 'string') return settingParts(inArea[0], inArea.slice(1));
  if (area === 'configuration') return tabParts(inArea, file, index);
  return rest.map(plain);
}

function settingParts(id: string, rest: Path): readonly PlacePart[] {
  const field = fieldById.get(id) ?? consoleFieldById.get(id);
  const group = consoleFieldById.has(id) ? 'console.title' : `section.${id.split('.', 1)[0]}`;
  const parts: PlacePart[] = field ? [{ key: group }, ...(field.column ? [{ key: `channel.${field.column}` }] : []), { key: field.label }] : [{ text: id }];
  return [...parts, ...rest.map(plain)];
}

function tabParts([id, list, row, attribute, ...rest]: Path, file: unknown, index: number): readonly PlacePart[] {
  const tab: Tab | undefined = tabById.get(String(id));
  if (!tab) return id === undefined ? [] : [plain(id)];
  const head: PlacePart[] = [{ key: tab.label }];
  if (list !== 'rows' || typeof row !== 'number') return [...head, ...(list === undefined ? [] : [plain(list)])];
  const field = tab.attributes.find((each) => each.id === attribute);
  const named = rowName(file, index, tab.id as TabId, row);
  return [...head, named, ...(field ? [{ key: field.label }] : attribute === undefined ? [] : [plain(attribute)]), ...rest.map(plain)];
}

/** By the name that the file itself gives the resource, else by its place. */
function rowName(file: unknown, index: number, tab: TabId, row: number): PlacePart {
  const id = at(file, ['profiles', index, 'document', 'configuration', tab, 'rows', row, 'id']);
  const name = typeof id === 'string' ? at(file, ['profiles', index, 'resources', id, 'name']) : undefined;
  return { text: typeof name === 'string' ? name : `${row + 1}` };
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((held, key) => (typeof held === 'object' && held !== null && Object.hasOwn(held, key) ? (held as Record<string | number, unknown>)[key] : undefined), value);
}

/** Rows that were left out, by profile and tab. */
export interface MissingRows {
  readonly profile: string;
  readonly tabs: readonly { readonly tab: string; readonly names: readonly string[] }[];
}

export function missingByProfile(missing: Imported['missing']): readonly MissingRows[] {
  const profiles = Map.groupBy(missing, ({ profile }) => profile);
  return [...profiles].map(([profile, rows]) => ({
    profile,
    tabs: [...Map.groupBy(rows, ({ tab }) => tab)].map(([tab, those]) => ({ tab, names: those.map(({ name }) => name) })),
  }));
}

/** What is wrong with one value of a file, in words: a message key under `makerTransfer.issue` with what it speaks of. */
export interface IssueWords {
  readonly key: string;
  readonly values: readonly string[];
}

/** Of the whole messages that the hub writes; what stands in them is told apart by the patterns below. */
const SAID: Readonly<Record<string, string>> = {
  'another profile of this account has this name': 'nameTaken',
  'another profile in the file has this name': 'nameTwice',
  'no profile is in it': 'none',
  'written by a later version of Pennon': 'later',
  'the same row twice': 'rowTwice',
  'must be an object, not a list': 'list',
};
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/^Invalid key: Expected .+ but received undefined$/, 'missing'],
  [/^Invalid type: Expected .+ but received undefined$/, 'missing'],
  [/^Invalid type: Expected boolean but received (.+)$/, 'boolean'],
  [/^Invalid type: Expected number but received (.+)$/, 'number'],
  [/^Invalid type: Expected string but received (.+)$/, 'text'],
  [/^Invalid type: Expected \((.+)\) but received (.+)$/, 'choice'],
  [/^Invalid integer: Received (.+)$/, 'whole'],
  [/^Invalid value: Expected <=(.+) but received (.+)$/, 'atMost'],
  [/^Invalid value: Expected >=(.+) but received (.+)$/, 'atLeast'],
  [/^Invalid length: Expected <=(\d+) but received (\d+)$/, 'tooLong'],
  [/^Invalid length: Expected >=(\d+) but received (\d+)$/, 'tooShort'],
];

/** Null where the message is none of those known: it is said as it is. */
export function issueWords(message: string): IssueWords | null {
  const said = Object.hasOwn(SAID, message) ? SAID[message] : undefined;
  if (said) return { key: said, values: [] };
  for (const [pattern, key] of PATTERNS) {
    const found = pattern.exec(message);
    if (found) return { key, values: found.slice(1).map((value) => value.replaceAll(' | ', ', ').replaceAll('"', '')) };
  }
  return null;
}
