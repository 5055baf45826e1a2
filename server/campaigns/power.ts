/** The power dialler: calls ahead of who is free, and whom it reached waits for the first of them (lib/distribution/power.ts says how many). */
import { sql } from 'kysely';
import { type Caller, calledFor, isFreeToCall, type PartIn, takenPartIn } from '../../lib/distribution/campaigns.ts';
import { JUDGED_MS, linesToOpen, type Pace, paceOf, type Standing } from '../../lib/distribution/power.ts';
import { byTurn, isDueFor, type Target } from '../../lib/distribution/targets.ts';
import { readNumber } from '../../lib/numbers/hub.ts';
import { findCarrierThere } from '../connector/carrier.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ask } from '../interactions/ask.ts';
import { type Interaction, lockInteraction } from '../interactions/change.ts';
import { abandon } from '../interactions/end.ts';
import type { Engine } from '../interactions/engine.ts';
import { insertInteraction } from '../interactions/insert.ts';
import { lookAt } from '../interactions/outgoing.ts';
import type { WholeSession } from '../session/lock.ts';
import { callerOf } from './caller.ts';
import { type NewCall, newCall } from './new-call.ts';
import { holdTarget, type StoredTarget } from './targets.ts';

/** Before all that comes in by itself (0 to 100): somebody was called, and is not to be left waiting. */
const CALLED_FIRST = 1000;
/** After the telephone system could not even begin a call, or was not there; milliseconds. */
const UNDIALLED_MS = 30_000;

/** Somebody who takes part in campaigns that call ahead. */
export interface Powered {
  readonly campaigns: readonly PartIn[];
  /** `free` for one of them, `away` (a pause, another call), or the campaign of the call that they have in hand. */
  readonly at: 'free' | 'away' | { readonly campaignId: string };
  reaches(target: Target): boolean;
}

/** Null for whoever takes part in no such campaign. @param now those that they are called for now: none for who is not free */
export function poweredOf(caller: Caller, now: readonly PartIn[], reaches: Powered['reaches']): Powered | null {
  const calledNow = now.filter(({ mode }) => mode === 'powerDialer');
  if (calledNow.length > 0) return { campaigns: calledNow, at: 'free', reaches };
  const campaigns = takenPartIn(caller).filter(({ mode }) => mode === 'powerDialer');
  if (campaigns.length === 0) return null;
  const inHand = caller.interactions.find(({ campaign, phase }) => campaign && phase !== 'offered' && campaigns.some(({ id }) => id === campaign.id));
  return { campaigns, at: inHand ? { campaignId: inHand.campaign!.id } : 'away', reaches };
}

/** Somebody whom the power dialler reached. */
export interface Called {
  readonly campaignId: string;
  /** E.164. */
  readonly address: string;
}

/**
 * Whether somebody free takes one whom the power dialler reached: subscribers rather than back-ups, nobody whose profile
 * could not have called that number.
 *
 * @returns 1 or 0 as a score; null where they do not take it now
 */
export function scoreForCalled(whole: WholeSession, { campaignId, address }: Called, engine: Engine): number | null {
  const caller = callerOf(whole, engine.now());
  const campaign = isFreeToCall(caller) ? calledFor(caller).find(({ id, mode }) => id === campaignId && mode === 'powerDialer') : undefined;
  if (!campaign || lookAt(whole, 'voice', address, engine).problem !== null) return null;
  return campaign.part === 'subscriber' ? 1 : 0;
}

/** Due to nobody in particular: one that is planned for somebody is called for them, once they are free. */
const isDue = (target: Target, now: number): boolean => target.owner === null && isDueFor({ ...target, left: NOBODY }, '', now);
const NOBODY: Target['left'] = new Map();

/** Calls ahead in one account. @param targets those that may be called by now */
export async function callAhead(db: Db, accountId: string, people: readonly Powered[], targets: readonly StoredTarget[], engine: Engine): Promise<void> {
  const now = engine.now();
  const due = Map.groupBy(targets.filter((target) => isDue(target, now)), ({ campaignId }) => campaignId);
  const here = people.filter(({ at }) => at !== 'away');
  const counted = Map.groupBy(here, (person) => lineOf(person, due));
  for (const [campaignId, theirs] of counted) {
    if (campaignId === null || !due.has(campaignId)) continue;
    const reachable = due.get(campaignId)!.filter((target) => theirs.some(({ reaches }) => reaches(target)));
    const free = freeOf(theirs, campaignId);
    await db.transaction().execute((trx) => openLines(trx, { accountId, campaignId, free, busy: theirs.filter(({ at }) => at !== 'free').length }, reachable.toSorted(byTurn), engine));
  }
}

/** For which campaign somebody counts: that of their call, or the first that has somebody to call. Each counts once. */
const lineOf = ({ at, campaigns }: Powered, due: ReadonlyMap<string, unknown>): string | null =>
  typeof at === 'object' ? at.campaignId : (campaigns.find(({ id }) => due.has(id))?.id ?? null);

/** Back-ups only where no subscriber is free. */
function freeOf(people: readonly Powered[], campaignId: string): number {
  const parts = people.flatMap(({ at, campaigns }) => (at === 'free' ? (campaigns.find(({ id }) => id === campaignId)?.part ?? []) : []));
  const subscribers = parts.filter((part) => part === 'subscriber').length;
  return subscribers > 0 ? subscribers : parts.length;
}

interface People {
  readonly accountId: string;
  readonly campaignId: string;
  readonly free: number;
  readonly busy: number;
}

async function openLines(trx: Trx, { accountId, campaignId, free, busy }: People, due: readonly StoredTarget[], engine: Engine): Promise<void> {
  const now = engine.now();
  // One hub at a time of a campaign, or two would call twice as many.
  await sql`select pg_advisory_xact_lock(hashtext('pennon power'), hashtext(${campaignId}))`.execute(trx);
  const pace = await runningPace(trx, campaignId);
  const connectorId = await findCarrierThere(trx, accountId, 'voice', now);
  if (!pace || !connectorId || (await couldNotDial(trx, campaignId, now))) return;
  let left = linesToOpen({ free, busy, ...(await linesOf(trx, campaignId, now)) }, pace);
  for (const { id } of due) {
    if (left === 0) return;
    const target = await holdTarget(trx, id, now);
    const address = target && isDue(target, now) ? (readNumber(target.phone, engine.country)?.e164 ?? null) : null;
    if (!target || address === null) continue;
    await dial(trx, { accountId, connectorId, address, target }, engine);
    left -= 1;
  }
}

/** Null for one that is stopped: a profile's copy of it may be older. */
async function runningPace(trx: Trx, id: string): Promise<Pace | null> {
  const row = await trx.selectFrom('resource').select('attributes').where('id', '=', id).where('archived', '=', false).executeTakeFirst();
  return row?.attributes['active'] === true ? paceOf(row.attributes) : null;
}

async function couldNotDial(trx: Trx, campaignId: string, now: number): Promise<boolean> {
  const { rows } = await sql`
    select from interaction i join connector_command c on c.interaction_id = i.id and c.verb = 'dial'
    where i.campaign_id = ${campaignId}::uuid and i.accepted_at is null and i.connected_at is null
      and i.ended_at > ${new Date(now - UNDIALLED_MS)} and c.result in ('failed', 'timeout') limit 1`.execute(trx);
  return rows.length > 0;
}

async function linesOf(trx: Trx, campaignId: string, now: number): Promise<Omit<Standing, 'free' | 'busy'>> {
  const { rows } = await sql<Omit<Standing, 'free' | 'busy'>>`
    select lines.dialling, lines.waiting, answers.answered, answers."givenUp" from
      (select count(*) filter (where state = 'dialling')::int as dialling, count(*) filter (where state = 'offered')::int as waiting
        from interaction where campaign_id = ${campaignId}::uuid and state in ('dialling', 'offered')) lines,
      (select count(*)::int as answered, count(*) filter (where accepted_at is null)::int as "givenUp"
        from interaction where campaign_id = ${campaignId}::uuid and connected_at is not null and ended_at > ${new Date(now - JUDGED_MS)}) answers`.execute(trx);
  return rows[0]!;
}

async function dial(trx: Trx, call: NewCall, engine: Engine): Promise<void> {
  const row = await insertInteraction(trx, { ...newCall(call), state: 'dialling', priority: CALLED_FIRST }, engine);
  await ask(trx, row, 'dial', { to: { address: call.address } }, engine.now(), false);
}

/**
 * Hangs up on who has waited for as long as their campaign lets them, and on all whom nobody is there for any more.
 *
 * @param isTakenPartIn whether there is anybody who takes part in a campaign, free or not
 * @returns when the next has waited for long enough; milliseconds since the epoch
 */
export async function letGo(db: Db, isTakenPartIn: (campaignId: string) => boolean, engine: Engine): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('interaction as i')
    .leftJoin('resource as c', 'c.id', 'i.campaign_id')
    .select(['i.id', 'i.campaign_id', 'c.attributes'])
    .where('i.campaign_id', 'is not', null)
    .where('i.state', 'in', ['dialling', 'offered'])
    .execute();
  const moments: number[] = [];
  for (const { id, campaign_id, attributes } of rows) {
    const { longestWaitSec } = paceOf(attributes ?? {});
    const at = await db.transaction().execute(async (trx) => {
      const row = await lockInteraction(trx, id);
      if (row?.state !== 'dialling' && row?.state !== 'offered') return null;
      const end = row.connected_at === null ? Infinity : row.connected_at.getTime() + longestWaitSec * 1000;
      if (isTakenPartIn(campaign_id!) && end > engine.now()) return end;
      await hangUp(trx, row, engine);
      return null;
    });
    if (at !== null && at < Infinity) moments.push(at);
  }
  return moments;
}

/** After its end, which settles all that was asked of the connector before. */
async function hangUp(trx: Trx, row: Interaction, engine: Engine): Promise<void> {
  const closed = await abandon(trx, row, engine);
  await ask(trx, closed, 'hangup', {}, engine.now(), false);
}

