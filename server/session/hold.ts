/**
 * How sessions are held, and how a publish waits for whoever decides by the version before. Locks are taken in one order
 * everywhere: account, profiles, people, assignments, and of sessions first what they stand on, then themselves, then
 * interactions.
 */
import { sql } from 'kysely';
import type { Trx } from '../db/connect.ts';

export interface HeldSession {
  readonly id: string;
  readonly profile_id: string | null;
  readonly closed_at: Date | null;
  readonly closed_because: string | null;
}

/** Of the profile as those work on it: its row is locked by whoever changes it, and by who begins on it. */
const worksOn = (profileId: ReturnType<typeof sql>) => sql`hashtextextended('pennon works on ' || ${profileId}, 0)`;

/**
 * These sessions are locked to the end of the transaction, closed or not, and no profile that one of them is on is published
 * before that. What is decided by a session's rights is decided after this.
 */
export async function holdSessions(trx: Trx, ids: readonly string[]): Promise<readonly HeldSession[]> {
  // Nearly always one that nobody else holds, on a profile that nobody publishes: there is nothing to wait for, and to let go of again.
  if (ids.length === 1) {
    const free = await lock(trx, ids, 'free');
    if (free.sessions.length === 1 && free.areOnTheirs) return free.sessions;
  }
  for (;;) {
    await sql`savepoint hold_sessions`.execute(trx);
    const { sessions, areOnTheirs } = await lock(trx, ids, 'all');
    if (areOnTheirs) {
      await sql`release savepoint hold_sessions`.execute(trx);
      return sessions;
    }
    // Switched while it was waited for: it may not be held while the profile that it is on now is waited for, whose publish
    // may wait for it.
    await sql`rollback to savepoint hold_sessions`.execute(trx);
  }
}

interface Locked {
  readonly sessions: readonly HeldSession[];
  /** Each is on a profile that is held. */
  readonly areOnTheirs: boolean;
}

/** `free`: waits for nobody; who is not free is left out. */
async function lock(trx: Trx, ids: readonly string[], which: 'free' | 'all'): Promise<Locked> {
  const shared = which === 'free' ? sql`pg_try_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock_shared`;
  // One statement, and not two: each command begins with it. What is named in `where` without a row's column is looked up
  // before any row is locked.
  const { rows } = await sql<HeldSession & { profiles: string[] }>`
    with profiles as materialized (
      select profile_id as id from session where id = any(${ids}::uuid[]) and profile_id is not null group by 1 order by 1
    ), held as materialized (
      select id, ${shared}(${worksOn(sql`id`)})::text as held from profiles
    )
    select id, profile_id, closed_at, closed_because, (select coalesce(array_agg(id), '{}') from held) as profiles from session
    where id = any(${ids}::uuid[]) and (select count(*) filter (where held = 'false') from held) = 0
    order by id for no key update ${which === 'free' ? sql`skip locked` : sql``}`.execute(trx);
  return { sessions: rows, areOnTheirs: rows.every(({ profile_id: on, profiles }) => on === null || profiles.includes(on)) };
}

/** Waits for all who hold a session on this profile, and keeps everybody from it to the end of the transaction: be they ten or ten thousand, it takes as long. */
export const holdAllOn = (trx: Trx, profileId: string): Promise<unknown> => sql`select pg_advisory_xact_lock(${worksOn(sql`${profileId}::uuid`)})`.execute(trx);
