import { sql } from 'kysely';
import type { ManagedCampaignView } from '../../lib/api/routes-campaigns.ts';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import { matchingRows } from '../../lib/decide/index.ts';
import { modeOf } from '../../lib/distribution/campaigns.ts';
import type { Db } from '../db/connect.ts';

type Counted = Omit<ManagedCampaignView, 'mode'>;

/** The campaigns that a profile lets one manage, as they are now, by name: who takes part, and how many targets are in which state. */
export async function managedCampaigns(db: Db, view: ProfileView | null): Promise<readonly ManagedCampaignView[]> {
  const managed = new Map(view ? matchingRows(view, { tab: 'voiceCampaigns', where: { manager: true } }).map(({ id, mode }) => [id, modeOf(mode)]) : []);
  if (managed.size === 0) return [];
  const { rows } = await sql<Counted>`
    select c.id, c.name, coalesce(c.attributes->>'active' = 'true', false) as active,
      (select count(*)::int from campaign_subscription m join session s on s.id = m.session_id where m.campaign_id = c.id and s.closed_at is null) as people,
      t.planned, t.pool, t.reached, t.unreached
    from resource c cross join lateral (
      select ${countOf('planned')}, ${countOf('pool')}, ${countOf('reached')}, ${countOf('unreached')}
      from record r where r.module = 'mod.voiceCampaigns' and r.resource_id = c.id and r.deleted_at is null
    ) t
    where not c.archived and c.id = any(${[...managed.keys()]}::uuid[]) order by c.name, c.id`.execute(db);
  return rows.map((row) => ({ ...row, mode: managed.get(row.id)! }));
}

const countOf = (state: 'planned' | 'pool' | 'reached' | 'unreached') => sql`count(*) filter (where r."values"->>'state' = ${sql.lit(state)})::int as ${sql.ref(state)}`;
