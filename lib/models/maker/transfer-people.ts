/** People in a file: what its lines say, and what is wrong with them and where. */
import type { RouteAnswer } from '../../api/routes.ts';
import { LICENCES, PERSON_TYPES } from '../../catalogue/index.ts';
import { parseCsv, type CsvRow } from '../../csv-read.ts';

export const PEOPLE_COLUMNS = ['name', 'email', 'licence', 'type', 'profiles', 'teams'] as const;
type Column = (typeof PEOPLE_COLUMNS)[number];
export type PersonLine = RouteAnswer<'exportPeople'>['people'][number];

/** As many as the hub takes at once. */
export const MOST_PEOPLE = 5000;
/** Between the names of one cell. */
const BETWEEN = '|';
/** In a cell of names: none at all. An empty one leaves what there is. */
const NONE = '-';
const ALIASES: Readonly<Record<string, Column>> = { 'e-mail': 'email', mail: 'email', license: 'licence', profile: 'profiles', team: 'teams' };

export interface LineError {
  /** In the file, from 1. */
  readonly line: number;
  /** A message key under `makerTransfer.wrong`. */
  readonly code: 'quote' | 'empty' | 'column' | 'columnTwice' | 'columnMissing' | 'cells' | 'noName' | 'noEmail' | 'licence' | 'type' | 'twice' | 'tooMany';
  readonly values: readonly (string | number)[];
}

export type PeopleFile =
  | { readonly ok: true; readonly people: readonly PersonLine[]; /** Where each of them is. */ readonly lines: readonly number[] }
  | { readonly ok: false; readonly errors: readonly LineError[] };

export function readPeople(text: string): PeopleFile {
  const csv = parseCsv(text);
  if (!csv.ok) return failed(wrong(csv.line, 'quote'));
  const [head, ...rows] = csv.rows;
  if (!head || rows.length === 0) return failed(wrong(1, 'empty'));
  if (rows.length > MOST_PEOPLE) return failed(wrong(rows[MOST_PEOPLE]!.line, 'tooMany', MOST_PEOPLE));
  const { columns, errors } = readHead(head);
  if (errors.length > 0) return { ok: false, errors };
  const seen = new Map<string, number>();
  const read = rows.map((row) => readPerson(row, columns, seen));
  const all = read.flatMap((each) => each.errors);
  return all.length > 0 ? { ok: false, errors: all } : { ok: true, people: read.map(({ person }) => person), lines: rows.map(({ line }) => line) };
}

const wrong = (line: number, code: LineError['code'], ...values: (string | number)[]): LineError => ({ line, code, values });
const failed = (error: LineError): PeopleFile => ({ ok: false, errors: [error] });

function readHead({ line, cells }: CsvRow) {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const columns = names.map((name) => ALIASES[name] ?? (PEOPLE_COLUMNS.find((column) => column === name) ?? null));
  const errors = [
    ...columns.flatMap((column, at) => (column === null && names[at] !== '' ? [wrong(line, 'column', cells[at]!.trim())] : [])),
    ...columns.flatMap((column, at) => (column !== null && columns.indexOf(column) < at ? [wrong(line, 'columnTwice', column)] : [])),
    ...(['name', 'email'] as const).flatMap((needed) => (columns.includes(needed) ? [] : [wrong(line, 'columnMissing', needed)])),
  ];
  return { columns, errors };
}

/** @param seen where each address was met so far */
function readPerson({ line, cells }: CsvRow, columns: readonly (Column | null)[], seen: Map<string, number>) {
  const cell = (column: Column) => cells[columns.indexOf(column)]?.trim() ?? '';
  const [name, email, licence, type] = [cell('name'), cell('email'), cell('licence').toLowerCase(), cell('type').toLowerCase()];
  const before = seen.get(email.toLowerCase());
  seen.set(email.toLowerCase(), before ?? line);
  const extra = cells.findLastIndex((each) => each.trim() !== '') + 1;
  const errors = [
    ...(extra > columns.length ? [wrong(line, 'cells', extra, columns.length)] : []),
    ...(name === '' ? [wrong(line, 'noName')] : []),
    ...(email === '' ? [wrong(line, 'noEmail')] : []),
    ...(email !== '' && before !== undefined ? [wrong(line, 'twice', email, before)] : []),
    ...oneOf(line, 'licence', licence, LICENCES),
    ...oneOf(line, 'type', type, PERSON_TYPES),
  ];
  const person: PersonLine = {
    name,
    email,
    ...(licence === '' ? {} : { licence }),
    ...(type === '' ? {} : { type }),
    ...namesIn('profiles', cell('profiles')),
    ...namesIn('teams', cell('teams')),
  };
  return { person, errors };
}

const oneOf = (line: number, code: 'licence' | 'type', value: string, of: readonly string[]): LineError[] =>
  value === '' || of.includes(value) ? [] : [wrong(line, code, value, of.join(', '))];

function namesIn(column: 'profiles' | 'teams', cell: string): Partial<Record<typeof column, string[]>> {
  if (cell === '') return {};
  return { [column]: cell === NONE ? [] : cell.split(BETWEEN).map((name) => name.trim()).filter(Boolean) };
}

/** The rows of a file that `readPeople` reads as the same people. */
export function peopleRows(people: readonly PersonLine[]): readonly (readonly string[])[] {
  const names = (all: readonly string[] | undefined) => (all?.length === 0 ? NONE : (all ?? []).join(` ${BETWEEN} `));
  return [
    PEOPLE_COLUMNS,
    ...people.map(({ name, email, licence = '', type = '', profiles, teams }) => [name, email, licence, type, names(profiles), names(teams)]),
  ];
}
