/** What a situation says of supervisors' doings: notices, and what was asked for. */
import { type RawBuilder, sql } from 'kysely';
import type { OwnAsk, Told } from '../../lib/api/shapes-supervision.ts';
import type { Db } from '../db/connect.ts';

/** So many of each are told, and for so long. */
const MOST = 10;
const KEPT = '12 hours';

interface Row {
  readonly id: string;
  readonly notices: readonly Told[];
  readonly asks: readonly OwnAsk[];
}

const milliseconds = (column: string) => sql.raw(`floor(extract(epoch from ${column}) * 1000)::bigint`);

/** Of these, whether the person of the session `s` ever heard of a supervisor, or asked one in it. */
export const isTold = (ids: readonly string[]): RawBuilder<boolean> => sql<boolean>`(
  s.person_id in (select n.person_id from notice n where n.person_id = any(array(select x.person_id from session x where x.id = any(${ids}::uuid[]))))
  or s.id in (select a.session_id from ask a where a.session_id = any(${ids}::uuid[])))`;

/** One query for all sessions, however many. @returns what is told in each, by its id */
export async function toldBySession(db: Db, sessionIds: readonly string[]): Promise<(sessionId: string) => { readonly notices: Told[]; readonly asks: OwnAsk[] }> {
  const { rows } = await sql<Row>`
    select s.id,
      coalesce((
        select json_agg(n order by n.at desc) from (
          select n.id, ${milliseconds('n.at')} as at, n.kind, by.name as who, n.why, n.detail, n.seen_at is not null as seen
          from notice n left join person by on by.id = n.by_person
          where n.person_id = s.person_id and (n.seen_at is null or n.at > now() - ${KEPT}::interval)
          order by n.at desc limit ${MOST}
        ) n), '[]') as notices,
      coalesce((
        select json_agg(a order by a.at desc) from (
          select a.id, a.control, ${milliseconds('a.at')} as at, a.answer from ask a
          where a.session_id = s.id and a.answer is distinct from 'withdrawn' and (a.answer is null or a.answered_at > now() - ${KEPT}::interval)
          order by a.at desc limit ${MOST}
        ) a), '[]') as asks
    from session s where s.id = any(${sessionIds}::uuid[])`.execute(db);
  const bySession = new Map(rows.map((row) => [row.id, row]));
  return (sessionId) => {
    const row = bySession.get(sessionId);
    return { notices: [...(row?.notices ?? [])], asks: [...(row?.asks ?? [])] };
  };
}
