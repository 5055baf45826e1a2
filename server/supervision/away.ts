/** Those of an account who are not signed in, with the profile that they would have if they were. */
import { sql } from 'kysely';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import type { Db } from '../db/connect.ts';
import type { Views } from '../session/views.ts';

export interface AwayEntry {
  readonly personId: string;
  readonly name: string;
  readonly view: ProfileView;
  readonly teams: readonly string[];
  /** When they were last there, in milliseconds since the epoch; null where they never were. */
  readonly since: number | null;
}

interface Row {
  readonly person_id: string;
  readonly name: string;
  readonly profile_id: string;
  readonly version: number;
  readonly published_seq: number | null;
  readonly teams: string[];
  readonly since: Date | null;
}

/** By name. Whoever would have no profile at login is on no queue, and left out: see `profileAtLogin`, which this follows. */
export async function readAway(db: Db, accountId: string, views: Views): Promise<readonly AwayEntry[]> {
  const { rows } = await sql<Row>`
    with assigned as (
      select distinct on (a.person_id) a.person_id, a.at_login, count(*) over (partition by a.person_id) as of,
        f.id as profile_id, coalesce(a.pinned_version, f.current_version) as version, f.published_seq
      from assignment a join profile f on f.id = a.profile_id
      where f.account_id = ${accountId}::uuid and not f.archived and f.current_version is not null
      order by a.person_id, a.at_login desc
    )
    select p.id as person_id, p.name, g.profile_id, g.version, g.published_seq,
      array(select m.team_id::text from team_member m where m.person_id = p.id order by 1) as teams,
      (select case when l.closed_because = 'idle' then l.seen_at else l.closed_at end
       from session l where l.person_id = p.id and l.closed_at is not null order by l.closed_at desc limit 1) as since
    from assigned g join person p on p.id = g.person_id
    where (g.at_login or g.of = 1) and not p.disabled
      and not exists (select from session s where s.person_id = p.id and s.closed_at is null)
    order by lower(p.name), p.id`.execute(db);
  const entries: AwayEntry[] = [];
  for (const { person_id: personId, name, profile_id: profileId, version, published_seq: publishedSeq, teams, since } of rows) {
    const active = await views.of(db, { profileId, version, publishedSeq: publishedSeq ?? 0 });
    if (active) entries.push({ personId, name, view: active.view, teams, since: since?.getTime() ?? null });
  }
  return entries;
}
