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
  for (const waitedFor = new Set<string>(); ; ) {
    // One statement, and not two: each command begins with it. What is named in `where` without a row's column is looked up
    // before any row is locked.
    const { rows } = await sql<HeldSession & { profiles: string[] }>`
      with profiles as materialized (
        select profile_id as id from session where id = any(${ids}::uuid[]) and profile_id is not null group by 1 order by 1
      ), held as materialized (
        select id, pg_advisory_xact_lock_shared(${worksOn(sql`id`)}) from profiles
      )
      select id, profile_id, closed_at, closed_because, (select coalesce(array_agg(id), '{}') from held) as profiles from session
      where id = any(${ids}::uuid[]) and (select count(*) from held) >= 0
      order by id for no key update`.execute(trx);
    for (const id of rows[0]?.profiles ?? []) waitedFor.add(id);
    // Switched while it was waited for: the profile that it is on now is to be held too.
    if (rows.every(({ profile_id: on }) => on === null || waitedFor.has(on))) return rows;
  }
}

/** Waits for all who hold a session on this profile, and keeps everybody from it to the end of the transaction: be they ten or ten thousand, it takes as long. */
export const holdAllOn = (trx: Trx, profileId: string): Promise<unknown> => sql`select pg_advisory_xact_lock(${worksOn(sql`${profileId}::uuid`)})`.execute(trx);
