/** Targets as the choice of the next one reads them. */
import { type RawBuilder, sql } from 'kysely';
import { MOST_TRIES, type Target, TRY_AGAIN_MS } from '../../lib/distribution/targets.ts';
import type { Values } from '../../lib/modules/check.ts';
import type { Db, Trx } from '../db/connect.ts';

/** Of one campaign and state, the first in their order: those of a hundred thousand that are looked at in one round. */
const MOST_LOOKED_AT = 100;

interface Row {
  readonly id: string;
  readonly revision: number;
  readonly campaignId: string;
  readonly state: Target['state'];
  readonly owner: string | null;
  readonly at: number | null;
  readonly tries: number;
  readonly madeAt: number;
  readonly customer: string | null;
  readonly phone: string | null;
  readonly left: Readonly<Record<string, number>> | null;
  readonly values: Values;
}
export interface StoredTarget extends Target {
  readonly revision: number;
  readonly customer: string;
  /** As it was typed. */
  readonly phone: string;
  readonly values: Values;
}

const AT = sql`(r."values"->>'at')::numeric`;
const TRIES = sql`coalesce((r."values"->>'tries')::numeric, 0)`;
const STATE = sql`(r."values"->>'state')`;
type Module = 'mod.voiceCampaigns' | 'mod.smsCampaigns';
const isTarget = (module: Module) => sql`r.module = ${sql.lit(module)} and r.deleted_at is null`;
/** While somebody has it in hand nobody else is called for it. */
const IN_NOBODYS_HANDS = sql`not exists (select from interaction i where i.target_id = r.id and i.state <> 'closed')`;

/** Of a message that nobody answered for it is not known whether it was sent (lib/distribution/sms.ts). */
const IS_KNOWN = sql`(r."values"->>'why') is distinct from 'noAnswer'`;

/** Each with how soon it is to be called: planned ones, the pool, those not reached so far. */
const turns = (now: number) =>
  [
    { state: 'planned', due: sql`(${AT} is null or ${AT} <= ${now})`, order: sql`${AT}` },
    { state: 'pool', due: sql`true`, order: sql`r.created_at, r.id` },
    { state: 'unreached', due: sql`${TRIES} < ${MOST_TRIES} and (${AT} is null or ${AT} <= ${now - TRY_AGAIN_MS}) and ${IS_KNOWN}`, order: sql`${TRIES}, ${AT}` },
  ] as const;

/** For `isDueFor`: who left it to others since, and when. @param now milliseconds since the epoch */
const columns = (now: number) => sql`
  r.id, r.revision, r.resource_id as "campaignId", ${STATE} as state, case when ${STATE} = 'planned' then r.owner_id end as owner,
  ${AT}::float8 as at, ${TRIES}::int as tries, (extract(epoch from r.created_at) * 1000)::float8 as "madeAt",
  r."values"->>'customer' as customer, r."values"->>'phone' as phone, r."values",
  (select json_object_agg(o.person_id, o.at) from (
    select f.person_id, (extract(epoch from max(f.at)) * 1000)::float8 as at
    from interaction i join interaction_offer f on f.interaction_id = i.id
    where i.target_id = r.id and f.outcome in ('refused', 'missed') and f.at > ${new Date(now - TRY_AGAIN_MS)} group by 1
  ) o) as "left"`;

const targetOf = ({ left, customer, phone, ...row }: Row): StoredTarget => ({
  ...row,
  customer: customer ?? '',
  phone: phone ?? '',
  left: new Map(Object.entries(left ?? {})),
});

/** Those of some campaigns that may be called now by somebody of these people, the first of each state. */
export async function dueTargets(db: Db, campaignIds: readonly string[], personIds: readonly string[], now: number, module: Module = 'mod.voiceCampaigns'): Promise<readonly StoredTarget[]> {
  if (campaignIds.length === 0) return [];
  const parts = turns(now).map(
    ({ state, due, order }) => sql`
    select found.* from unnest(${campaignIds}::uuid[]) as c(id) cross join lateral (
      select ${columns(now)} from record r
      where ${isTarget(module)} and r.resource_id = c.id and ${STATE} = ${sql.lit(state)} and ${due} and ${IN_NOBODYS_HANDS}
        ${state === 'planned' ? sql`and (r.owner_id is null or r.owner_id = any(${personIds}::uuid[]))` : sql``}
      order by ${order} limit ${sql.lit(MOST_LOOKED_AT)}) found`,
  );
  const { rows } = await sql<Row>`${sql.join(parts, sql` union all `)}`.execute(db);
  return rows.map(targetOf);
}

/** One of them, held to the end of the transaction; null where it is gone, or somebody else is about to call it or to change it. */
export async function holdTarget(trx: Trx, id: string, now: number, module: Module = 'mod.voiceCampaigns'): Promise<StoredTarget | null> {
  const { rows } = await sql<Row>`
    select ${columns(now)} from record r
    where ${isTarget(module)} and r.id = ${id}::uuid and ${STATE} in ('planned', 'pool', 'unreached')
    for no key update of r skip locked`.execute(trx);
  if (!rows[0]) return null;
  // Asked only now: whoever called it before has let go of it, or has it in hand.
  const { rows: free } = await sql`select from record r where r.id = ${id}::uuid and ${IN_NOBODYS_HANDS}`.execute(trx);
  return free.length === 1 ? targetOf(rows[0]) : null;
}

const isDue = (now: number): RawBuilder<unknown> =>
  sql`(${sql.join(
    turns(now).map(({ state, due }) => sql`(${STATE} = ${sql.lit(state)} and ${due})`),
    sql` or `,
  )})`;

export interface Counts {
  readonly waiting: number;
  readonly later: number;
}

/** How many of each campaign's targets this person could be called for now, and how many have their time still to come. */
export async function countTargets(db: Db, campaignIds: readonly string[], personId: string, now: number): Promise<ReadonlyMap<string, Counts>> {
  if (campaignIds.length === 0) return new Map();
  const due = isDue(now);
  const { rows } = await sql<Counts & { id: string }>`
    select r.resource_id as id, count(*) filter (where ${due})::int as waiting, count(*) filter (where not (${due}))::int as later
    from record r
    where ${isTarget('mod.voiceCampaigns')} and r.resource_id = any(${campaignIds}::uuid[]) and ${STATE} in ('planned', 'pool', 'unreached')
      and (${STATE} <> 'planned' or r.owner_id is null or r.owner_id = ${personId}::uuid)
      and (${STATE} <> 'unreached' or ${TRIES} < ${MOST_TRIES})
    group by 1`.execute(db);
  return new Map(rows.map(({ id, waiting, later }) => [id, { waiting, later }]));
}

/** Of each SMS campaign: who is due now, whose time is still to come, and who was written to. */
export async function countSmsTargets(db: Db, campaignIds: readonly string[], now: number): Promise<ReadonlyMap<string, Counts & { readonly sent: number }>> {
  if (campaignIds.length === 0) return new Map();
  const { rows } = await sql<Counts & { id: string; sent: number }>`
    select id, count(*) filter (where open and due)::int as waiting, count(*) filter (where open and not due)::int as later,
      count(*) filter (where state = 'reached')::int as sent
    from (
      select r.resource_id as id, ${STATE} as state, ${isDue(now)} as due,
        ${STATE} in ('planned', 'pool') or (${STATE} = 'unreached' and ${TRIES} < ${MOST_TRIES} and ${IS_KNOWN}) as open
      from record r where ${isTarget('mod.smsCampaigns')} and r.resource_id = any(${campaignIds}::uuid[])
    ) counted group by id`.execute(db);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}
