import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';

/** What a session's three documents are made from and how new each is, without the documents themselves. */
export interface Head {
  readonly sessionId: string;
  readonly accountId: string;
  readonly personId: string;
  /** Null while it is open. */
  readonly closedBecause: string | null;
  /** The profile it is on, published or not. */
  readonly profileId: string | null;
  /** The version of the active profile; null where there is none, or none published. */
  readonly active: ActiveVersion | null;
  readonly seqs: Seqs;
}

export interface ActiveVersion {
  readonly profileId: string;
  readonly version: number;
  /** Tells a publish from the one before, be the version the same: its resources may have changed. */
  readonly publishedSeq: number;
}

export interface Seqs {
  readonly profile: number;
  readonly person: number;
  readonly situation: number;
}

/** The version that a session's profile has for its person: `s`, `f` and `a` are the session, its profile and the assignment. */
// A profile that is archived, was never published or is no longer assigned counts as none.
export const activeVersion = sql<number | null>`case when a.person_id is null or f.archived then null
  else coalesce(a.pinned_version, f.current_version) end`;

/** One query for any number of sessions. Sessions that do not exist are left out. */
export const headsOf = async (db: Db, sessionIds: readonly string[]): Promise<Head[]> => (await headRows(db, sessionIds).execute()).map(headOf);

/** Of the sessions `s`, with their people `p`: for a query that reads more of them. */
export const headRows = (db: Db, sessionIds: readonly string[]) =>
  db
    .selectFrom('session as s')
    .innerJoin('person as p', 'p.id', 's.person_id')
    .leftJoin('profile as f', 'f.id', 's.profile_id')
    .leftJoin('assignment as a', (join) => join.onRef('a.person_id', '=', 's.person_id').onRef('a.profile_id', '=', 's.profile_id'))
    .where('s.id', '=', sql<string>`any(${sessionIds}::uuid[])`)
    .select([
      's.id',
      's.account_id',
      's.person_id',
      's.closed_at',
      's.closed_because',
      's.profile_id',
      's.profile_seq',
      's.situation_seq',
      'p.changed_seq',
      'f.published_seq',
      activeVersion.as('version'),
    ]);
type HeadRow = Awaited<ReturnType<ReturnType<typeof headRows>['executeTakeFirstOrThrow']>>;

export const headOf = (row: HeadRow): Head => ({
  sessionId: row.id,
  accountId: row.account_id,
  personId: row.person_id,
  closedBecause: row.closed_at ? (row.closed_because ?? 'signedOut') : null,
  profileId: row.profile_id,
  active:
    row.profile_id !== null && row.version !== null
      ? { profileId: row.profile_id, version: row.version, publishedSeq: row.published_seq ?? 0 }
      : null,
  seqs: {
    profile: Math.max(row.profile_seq, row.published_seq ?? 0),
    person: row.changed_seq,
    situation: row.situation_seq,
  },
});
