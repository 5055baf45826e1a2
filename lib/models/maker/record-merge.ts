/** What two people changed in one record, field by field: a person, a team or a resource, as flat fields. */

export type Fields = Readonly<Record<string, unknown>>;
export type Side = 'mine' | 'theirs';

/** A field that both changed, to different values. */
export interface Meeting {
  readonly field: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface RecordMerge<T extends Fields> {
  /** Theirs, with what only I changed, and mine where both changed the same field. */
  readonly value: T;
  readonly meetings: readonly Meeting[];
  /** Fields that only they changed. */
  readonly taken: readonly string[];
}

/** Fields whose lists have an order that says something. */
export type Ordered = ReadonlySet<string>;
const NONE: Ordered = new Set();

/** Whether two values mean the same: keys have no order, and neither have lists of ids or of things that have one, but for `ordered` ones. */
export const isSame = (a: unknown, b: unknown, ordered = false): boolean => formOf(a, ordered) === formOf(b, ordered);

/** The fields whose value differs, in the order of `mine`. */
export const changedFields = <T extends Fields>(base: T, mine: T, ordered: Ordered = NONE): (keyof T & string)[] =>
  (Object.keys(mine) as (keyof T & string)[]).filter((field) => !isSame(base[field], mine[field], ordered.has(field)));

/** Only what differs: what a save sends, so that what was not touched stays whoever changes it. */
export const changeOf = <T extends Fields>(base: T, mine: T, ordered: Ordered = NONE): Partial<T> =>
  Object.fromEntries(changedFields(base, mine, ordered).map((field) => [field, mine[field]])) as Partial<T>;

/** @param base what both began from */
export function mergeRecord<T extends Fields>(base: T, mine: T, theirs: T, ordered: Ordered = NONE): RecordMerge<T> {
  const changed = new Set<string>(changedFields(base, mine, ordered));
  const taken: string[] = [];
  const meetings: Meeting[] = [];
  const value: Record<string, unknown> = { ...theirs };
  for (const field of Object.keys(mine)) {
    const changedByThem = !isSame(base[field], theirs[field], ordered.has(field));
    if (!changed.has(field)) {
      if (changedByThem) taken.push(field);
      continue;
    }
    value[field] = mine[field];
    if (changedByThem && !isSame(mine[field], theirs[field], ordered.has(field))) {
      meetings.push({ field, base: base[field], mine: mine[field], theirs: theirs[field] });
    }
  }
  return { value: value as T, meetings, taken };
}

/** The merge as it was chosen; a field nobody chose for stays mine. */
export function chosenOf<T extends Fields>({ value, meetings }: RecordMerge<T>, chosen: ReadonlyMap<string, Side>): T {
  const theirs = meetings.filter(({ field }) => chosen.get(field) === 'theirs');
  return { ...value, ...Object.fromEntries(theirs.map((meeting) => [meeting.field, meeting.theirs])) };
}

const formOf = (value: unknown, ordered: boolean): string => JSON.stringify(inOrder(value, ordered)) ?? 'undefined';

function inOrder(value: unknown, ordered: boolean): unknown {
  if (Array.isArray(value)) {
    const all = value.map((each) => JSON.stringify(inOrder(each, ordered)));
    return ordered ? all : all.toSorted();
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, inOrder(each, ordered)]),
  );
}
