import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { ActiveVersion } from './heads.ts';
import { holdSessions } from './hold.ts';
import type { Loaded, Snapshots } from './snapshots.ts';

/** All of a session as it is now, its row locked to the end of the transaction. @throws {ProblemError} session.ended */
export async function lockSession(trx: Trx, snapshots: Snapshots, sessionId: string): Promise<WholeSession> {
  const [row] = await holdSessions(trx, [sessionId]);
  if (!row || row.closed_at) throw new ProblemError('session.ended', { because: row?.closed_because ?? 'signedOut' });
  return wholeSession(trx, snapshots, sessionId);
}

export type WholeSession = { readonly [P in keyof Loaded]: NonNullable<Loaded[P]> };

/** @throws {ProblemError} session.ended where there is no such session */
export async function wholeSession(db: Db | Trx, snapshots: Snapshots, sessionId: string): Promise<WholeSession> {
  return asWhole((await snapshots.loadIn(db, [sessionId])).get(sessionId));
}

/** The same after a change to it, in the transaction that has it locked. */
export const sessionAfter = async (trx: Trx, snapshots: Snapshots, before: WholeSession): Promise<WholeSession> => asWhole(await snapshots.again(trx, before));

function asWhole(loaded: Loaded | null | undefined): WholeSession {
  if (!loaded?.profile || !loaded.person || !loaded.situation) throw new ProblemError('session.ended', { because: 'signedOut' });
  return loaded as WholeSession;
}

/**
 * The version a person has of a profile assigned to them, the assignment and the profile locked against being taken
 * away or published until the transaction ends.
 *
 * @throws {ProblemError} profile.notAssigned
 */
export async function lockAssigned(trx: Trx, personId: string, profileId: string): Promise<ActiveVersion> {
  // In one statement: the profile is held, and read as it is then, before the assignment is.
  const rows = trx
    .with(
      (cte) => cte('f').materialized(),
      (cte) => cte.selectFrom('profile').select(['id', 'current_version', 'published_seq', 'archived']).where('id', '=', profileId).forShare(),
    )
    .selectFrom('f')
    .innerJoin('assignment as a', 'a.profile_id', 'f.id')
    .where('a.person_id', '=', personId)
    .where('f.archived', '=', false)
    .where('f.current_version', 'is not', null)
    .select(['f.id', 'f.current_version', 'f.published_seq', 'a.pinned_version'])
    .forShare('a');
  return activeVersion(await rows.executeTakeFirst());
}

/** Holds off a publish of these profiles; before any session is held, see `hold.ts`. */
export async function lockProfiles(trx: Trx, profileIds: readonly string[]): Promise<void> {
  if (profileIds.length === 0) return;
  await trx.selectFrom('profile').select('id').where('id', 'in', profileIds).orderBy('id').forShare().execute();
}

/** The same for reading alone. @throws {ProblemError} profile.notAssigned */
export async function findAssigned(db: Db, personId: string, profileId: string): Promise<ActiveVersion> {
  return activeVersion(await assignedQuery(db, personId, profileId).executeTakeFirst());
}

const assignedQuery = (db: Db, personId: string, profileId: string) =>
  db
    .selectFrom('assignment as a')
    .innerJoin('profile as f', 'f.id', 'a.profile_id')
    .where('a.person_id', '=', personId)
    .where('a.profile_id', '=', profileId)
    .where('f.archived', '=', false)
    .where('f.current_version', 'is not', null)
    .select(['f.id', 'f.current_version', 'f.published_seq', 'a.pinned_version']);

function activeVersion(
  row: { id: string; current_version: number | null; published_seq: number; pinned_version: number | null } | undefined,
): ActiveVersion {
  if (!row) throw new ProblemError('profile.notAssigned', { detail: 'This profile is not assigned to you.' });
  const version = row.pinned_version ?? (row.current_version as number);
  return { profileId: row.id, version, publishedSeq: row.published_seq };
}
