/**
 * Refresh tokens that come back. A client whose answer was lost on the way brings the same one again, and must not be taken
 * for a thief (decision 0064): for a short while, and only as long as nobody has used what the first answer gave.
 */
import { sql } from 'kysely';
import type { AuthDatabase } from './tables.ts';

/** So long after its first use one may come back: longer than a client waits for an answer and tries again. */
export const GRACE_SEC = 30;

/** Those that were given for the same one `o`, or for what was given for it. */
const later = sql`model = 'RefreshToken' and grant_id = o.grant_id and payload->'iiat' = o.payload->'iiat'
  and coalesce((payload->>'rotations')::int, 0) > coalesce((o.payload->>'rotations')::int, 0)`;

/** Whether one that was used may be used again now. One that another answer has taken the place of may not. */
export async function mayComeBack(db: AuthDatabase, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from oidc_payload o where o.model = 'RefreshToken' and o.id = ${id}
      and o.consumed_at > now() - make_interval(secs => ${GRACE_SEC}) and not o.payload ? 'superseded'
      and not exists (select from oidc_payload where ${later} and consumed_at is not null and not payload ? 'superseded')`.execute(db);
  return rows.length > 0;
}

/**
 * Holds what is given for one grant one at a time, so that of several answers to the same token one alone counts: the last.
 * What the others gave is worth nothing, and whoever uses it is found out by that. Where one of them was used since the
 * token was let in, it has come back too late, and nothing is written: two chains would go on.
 *
 * @param run writes the new token
 * @returns whether it was written
 */
export function supersede(db: AuthDatabase, { id, grantId, rotations, iiat }: { readonly id: string; readonly grantId: string; readonly rotations: number; readonly iiat: number }, run: (trx: AuthDatabase) => Promise<unknown>): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('pennon refresh'), hashtext(${grantId}))`.execute(trx);
    await sql`update oidc_payload set consumed_at = now(), payload = payload || '{"superseded": true}'
      where model = 'RefreshToken' and grant_id = ${grantId} and id <> ${id} and consumed_at is null
        and (payload->>'rotations')::int = ${rotations} and (payload->>'iiat')::bigint = ${iiat}`.execute(trx);
    // After the update: a use that came before it has been waited for, and one that comes after it finds its place taken.
    const { rows } = await sql`select from oidc_payload where model = 'RefreshToken' and grant_id = ${grantId} and id <> ${id}
      and (payload->>'rotations')::int >= ${rotations} and (payload->>'iiat')::bigint = ${iiat}
      and consumed_at is not null and not payload ? 'superseded' limit 1`.execute(trx);
    if (rows.length > 0) return false;
    await run(trx);
    return true;
  });
}
