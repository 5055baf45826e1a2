import { sql } from 'kysely';
import type { Db, Trx } from '../db/connect.ts';

/** Why a session ended: `signedOut` by its person, `idle` for want of any sign of life. */
export type ClosedBecause = 'takenOver' | 'signedOut' | 'disconnected' | 'idle' | 'tokenReused' | 'disabled';

/** Closes the person's open session, if there is one; its live links hear of it by the change log. */
export async function closeSessionsOf(trx: Trx, personId: string, because: ClosedBecause): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with locked as (
      select id, account_id from session where person_id = ${personId}::uuid and closed_at is null
      for no key update
    ), closed as (
      update session set closed_at = now(), closed_because = ${because} from locked
      where session.id = locked.id and session.closed_at is null
      returning session.id, session.account_id
    )
    insert into change_log (account_id, kind, subject_id, detail)
    select account_id, 'session', id, jsonb_build_object('closed', ${because}::text) from closed
    returning subject_id as id`.execute(trx);
  return rows.length;
}

/** Closes the sessions of which nothing was heard for `idleSec` seconds, of one account or of all. */
export async function closeIdleSessions(db: Db | Trx, idleSec: number, accountId: string | null = null): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with idle as (
      select id, account_id from session
      where closed_at is null and seen_at < now() - make_interval(secs => ${idleSec})
        and (${accountId}::uuid is null or account_id = ${accountId}::uuid)
      order by id for no key update skip locked
    ), closed as (
      update session set closed_at = now(), closed_because = 'idle' from idle
      where session.id = idle.id
      returning session.id, session.account_id
    )
    insert into change_log (account_id, kind, subject_id, detail)
    select account_id, 'session', id, '{"closed":"idle"}'::jsonb from closed
    returning subject_id as id`.execute(db);
  return rows.length;
}
