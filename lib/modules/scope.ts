/** Which rows of a module somebody sees: by whose they are, and by the resource that they belong to. */
export interface Scope {
  readonly personId: string;
  /** Everybody's, or those of these people, who are the one who asks alone or with others. */
  readonly people: 'all' | readonly string[];
  /** Null where any will do, or none. */
  readonly resources: readonly string[] | null;
}

/** What decides who sees a row. */
export interface ChangedRow {
  readonly owner: string | null;
  readonly resource: string | null;
  /** To whom it belongs besides its owner. */
  readonly people: readonly string[] | null;
}

/** The same as the condition of a list: see `seen` on the hub. */
export function isSeen({ personId, people, resources }: Scope, row: ChangedRow): boolean {
  if (resources && (row.resource === null || !resources.includes(row.resource))) return false;
  if (people === 'all') return true;
  if (people.length === 1) return row.owner === personId || row.people?.includes(personId) === true;
  return row.owner !== null && people.includes(row.owner);
}
