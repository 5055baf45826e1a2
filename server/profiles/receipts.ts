/** What became of a version of a profile, person by person. */
import { type RawBuilder, sql } from 'kysely';
import type * as v from 'valibot';
import type { receiptRow } from '../../lib/api/routes.ts';
import type { Db } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import { findProfile } from './find.ts';

export type ReceiptRow = v.InferOutput<typeof receiptRow>;

interface Known {
  readonly person_id: string;
  readonly state: Database['receipt']['state'];
  readonly at: Date;
}

/**
 * As rows: what was said of a version since it was last pushed; and of the current one, for whoever is to have it and has
 * said nothing yet, `queued` where they work with the profile, `offline` where they are signed out. Who is pinned to an
 * earlier version, or works with another profile, has none.
 */
// "not in" is looked up in a table made once: of a version just pushed the planner knows nothing, and would join its
// receipts with thousands of people one by one.
export const receiptsOf = (profileId: string, version: number): RawBuilder<Known> => {
  const said = sql`
    from receipt r join profile f on f.id = r.profile_id
    where r.profile_id = ${profileId}::uuid and r.version = ${version} and (r.version <> f.current_version or r.at >= f.pushed_at)`;
  return sql<Known>`(
    select r.person_id, r.state, r.at ${said}
    union all
    select a.person_id, case when s.id is null then 'offline' else 'queued' end, f.pushed_at
    from assignment a
    join profile f on f.id = a.profile_id and f.current_version = ${version}
    left join session s on s.person_id = a.person_id and s.closed_at is null
    where a.profile_id = ${profileId}::uuid and a.pinned_version is null and (s.id is null or s.profile_id = a.profile_id)
      and a.person_id not in (select r.person_id ${said}))`;
};

/** Of the current version, where none is asked for. */
export async function listReceipts(db: Db, accountId: string, profileId: string, asked?: number): Promise<{ version: number | null; receipts: ReceiptRow[] }> {
  const profile = await findProfile(db, accountId, profileId);
  const version = asked ?? profile.current_version;
  if (version === null) return { version, receipts: [] };
  const { rows } = await sql<Known & { readonly name: string }>`
    select p.name, r.* from ${receiptsOf(profile.id, version)} r join person p on p.id = r.person_id order by lower(p.name), p.id`.execute(db);
  return { version, receipts: rows.map(({ person_id: personId, name, state, at }) => ({ personId, name, version, state, at: at.getTime() })) };
}
