import { sql } from 'kysely';
import { TARGET_STATES } from '../../lib/modules/campaigns.ts';
import type { ReadListed } from './listed.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly counts: Readonly<Record<string, number>> | null;
}

/** The campaigns that the profile lets somebody manage, with how many of their targets are in which state. */
export const readMyCampaigns: ReadListed = async (db, { ofTab }, { accountId, rowsOf }) => {
  const managed = rowsOf(ofTab!, { manager: true });
  const { rows } = await sql<Row>`
    select c.id, c.name, c.attributes, (
      select jsonb_object_agg(state, n) from (
        select r."values"->>'state' as state, count(*)::int as n from record r
        where r.account_id = c.account_id and r.module = 'mod.voiceCampaigns' and r.resource_id = c.id and r.deleted_at is null group by 1
      ) of_state where state is not null
    ) as counts
    from resource c where c.account_id = ${accountId}::uuid and not c.archived and c.id = any(${[...managed.keys()]}::uuid[])`.execute(db);
  return rows.map(({ id, name, attributes, counts }) => ({
    id,
    values: {
      name,
      mode: managed.get(id)?.['mode'] ?? null,
      active: attributes['active'] === true,
      note: attributes['note'] ?? null,
      ...Object.fromEntries(TARGET_STATES.map((state) => [state, counts?.[state] ?? 0])),
    },
  }));
};
