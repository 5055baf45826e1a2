/** What a person is allowed besides their profile now: their own extras, and what supervisors granted for a while. */
import { type RawBuilder, sql } from 'kysely';

/**
 * Whether the grant `g` counts now. A grant for an interaction counts while its session is open, whoever closes that;
 * one that is over counts for nothing from that moment, also before anybody has put it down as ended.
 */
export const grantCounts: RawBuilder<boolean> = sql<boolean>`(
  g.ended_at is null
  and (g.until is null or g.until > clock_timestamp())
  and (g.session_id is null or exists (select from session gs where gs.id = g.session_id and gs.closed_at is null)))`;

/** Of the person `p`, each field once, in an order of its own so that equal ones compare as equal. */
export const allowedNow: RawBuilder<string[]> = sql<string[]>`(
  p.allow || array(
    select distinct f from temporary_grant g, unnest(g.fields) f
    where g.person_id = p.id and ${grantCounts} and f <> all(p.allow) order by f))`;
