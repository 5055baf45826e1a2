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

/** Whether two values mean the same: keys have no order, and neither have lists of ids or of things that have one. */
export const isSame = (a: unknown, b: unknown): boolean => formOf(a) === formOf(b);

/** The fields whose value differs, in the order of `mine`. */
export const changedFields = <T extends Fields>(base: T, mine: T): (keyof T & string)[] =>
  (Object.keys(mine) as (keyof T & string)[]).filter((field) => !isSame(base[field], mine[field]));

/** Only what differs: what a save sends, so that what was not touched stays whoever changes it. */
export const changeOf = <T extends Fields>(base: T, mine: T): Partial<T> =>
  Object.fromEntries(changedFields(base, mine).map((field) => [field, mine[field]])) as Partial<T>;

/** @param base what both began from */
export function mergeRecord<T extends Fields>(base: T, mine: T, theirs: T): RecordMerge<T> {
  const changed = new Set<string>(changedFields(base, mine));
  const taken: string[] = [];
  const meetings: Meeting[] = [];
  const value: Record<string, unknown> = { ...theirs };
  for (const field of Object.keys(mine)) {
    const changedByThem = !isSame(base[field], theirs[field]);
    if (!changed.has(field)) {
      if (changedByThem) taken.push(field);
      continue;
    }
    value[field] = mine[field];
    if (changedByThem && !isSame(mine[field], theirs[field])) {
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

const formOf = (value: unknown): string => JSON.stringify(inOrder(value)) ?? 'undefined';

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(inOrder(each))).toSorted();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, inOrder(each)]),
  );
}
