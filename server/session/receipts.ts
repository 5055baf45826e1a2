import { sql } from 'kysely';
import type { Receipt } from '../../lib/api/live.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';

export interface PersonReceipt extends Receipt {
  readonly personId: string;
}

/** A receipt only ever moves to the right here, until its version is pushed again. */
const ORDER = ['offline', 'queued', 'delivered', 'failed', 'leased', 'applied'] as const;
const rank = (state: PersonReceipt['state']) => ORDER.indexOf(state);

/**
 * Keeps what became of publishes, in one statement. What is not a version of a profile assigned to the person, or says
 * less than is known already, is passed over.
 */
export async function recordReceipts(db: Db, receipts: readonly PersonReceipt[]): Promise<void> {
  const newest = new Map<string, PersonReceipt>();
  for (const each of receipts) {
    if (!isUuid(each.profileId) || each.version > 2_147_483_647) continue;
    const key = `${each.personId} ${each.profileId} ${each.version}`;
    const before = newest.get(key);
    if (!before || rank(before.state) < rank(each.state)) newest.set(key, each);
  }
  if (newest.size === 0) return;
  const rows = [...newest.values()];
  await sql`
    insert into receipt (profile_id, version, person_id, state)
    select v.profile_id, v.version, a.person_id, r.state
    from unnest(
      ${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.profileId)}::uuid[],
      ${rows.map((row) => row.version)}::integer[], ${rows.map((row) => row.state)}::text[]
    ) as r(person_id, profile_id, version, state)
    join profile_version v on v.profile_id = r.profile_id and v.version = r.version
    join assignment a on a.profile_id = r.profile_id and a.person_id = r.person_id
    order by v.profile_id, v.version, a.person_id
    on conflict (profile_id, version, person_id) do update set state = excluded.state, at = now()
    where array_position(${[...ORDER]}::text[], receipt.state) < array_position(${[...ORDER]}::text[], excluded.state)
      or receipt.at < (select f.pushed_at from profile f where f.id = receipt.profile_id and f.current_version = receipt.version)
  `.execute(db);
}
