/** Writes to the targets of SMS campaigns: nobody need be there for it, and nobody has it in hand. */
import { sql } from 'kysely';
import { chooseSending, MOST_IN_WINDOW, SENDING_WINDOW_MS, type SmsTarget, type Unsent } from '../../lib/distribution/sms.ts';
import { isSmsText, smsTextFor } from '../../lib/interaction/campaign-text.ts';
import { findCarrierThere } from '../connector/carrier.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ask } from '../interactions/ask.ts';
import type { Engine } from '../interactions/engine.ts';
import { insertInteraction } from '../interactions/insert.ts';
import { lookWith } from '../interactions/outgoing.ts';
import { keepRecord } from '../modules/keep-record.ts';
import type { Views } from '../session/views.ts';
import { planningView } from './planner.ts';
import { dueTargets, holdTarget, type StoredTarget } from './targets.ts';

const MODULE = 'mod.smsCampaigns';

/** What a running campaign writes, and as whom: the number of the sender, or its name where that is all there is. */
interface Writing {
  readonly text: string;
  readonly sender: string | null;
}

/** Those that run and could write. @param ids only of these */
export async function writingCampaigns(db: Db | Trx, ids: readonly string[] | 'all'): Promise<readonly (Writing & { readonly id: string; readonly accountId: string })[]> {
  const { rows } = await sql<{ id: string; accountId: string; text: unknown; said: string; sender: string | null }>`
    select c.id, c.account_id as "accountId", c.attributes->'text' as text, trim(coalesce(c.attributes->>'sender', '')) as said, (
      select coalesce(nullif(trim(n.attributes->>'number'), ''), n.name) from resource n
      where n.account_id = c.account_id and n.kind = 'smsNumber' and not n.archived
        and (lower(n.name) = lower(trim(c.attributes->>'sender')) or trim(n.attributes->>'number') = trim(c.attributes->>'sender'))
      order by n.name limit 1) as sender
    from resource c
    where c.kind = 'smsCampaign' and not c.archived and (c.attributes->>'active') = 'true'
      and ${ids === 'all' ? sql`true` : sql`c.id = any(${ids}::uuid[])`}`.execute(db);
  // A sender that is said and not there is no reason to write as somebody else.
  return rows.flatMap(({ id, accountId, text, said, sender }) => (isSmsText(text) && (said === '' || sender !== null) ? [{ id, accountId, text, sender }] : []));
}

/**
 * One round, of all accounts.
 *
 * @returns when more may be sent where the rate alone keeps it; milliseconds since the epoch
 */
export async function sendTargets(db: Db, engine: Engine, views: Views): Promise<number | null> {
  const byAccount = Map.groupBy(await writingCampaigns(db, 'all'), ({ accountId }) => accountId);
  const moments: number[] = [];
  for (const [accountId, campaigns] of byAccount) {
    const now = engine.now();
    const due = await dueTargets(db, campaigns.map(({ id }) => id), [], now, MODULE);
    if (due.length === 0 || !(await findCarrierThere(db, accountId, 'messages', now))) continue;
    for (const { id } of chooseSending(due.map(smsTarget), MOST_IN_WINDOW, now)) {
      const wait = await db.transaction().execute((trx) => send(trx, accountId, id, engine, views));
      if (wait === null) continue;
      moments.push(wait);
      break;
    }
  }
  return moments.length > 0 ? Math.min(...moments) : null;
}

const smsTarget = (target: StoredTarget): StoredTarget & SmsTarget => ({ ...target, why: (target.values['why'] ?? null) as Unsent | null });

/** Looked at again with everything held. @returns when it may be tried next, where it is too much now */
async function send(trx: Trx, accountId: string, targetId: string, engine: Engine, views: Views): Promise<number | null> {
  const now = engine.now();
  // One at a time of an account, or two hubs would send twice as much.
  await sql`select pg_advisory_xact_lock(hashtext('pennon sms'), hashtext(${accountId}))`.execute(trx);
  const free = await freeAt(trx, accountId, now);
  if (free > now) return free;
  const target = await holdTarget(trx, targetId, now, MODULE);
  if (!target || chooseSending([smsTarget(target)], 1, now).length === 0) return null;
  const [campaign] = await writingCampaigns(trx, [target.campaignId]);
  const connectorId = await findCarrierThere(trx, accountId, 'messages', now);
  if (!campaign || !connectorId) return null;
  const message = await messageFor(trx, target, campaign, engine, views);
  if ('why' in message) await notSent(trx, accountId, target, message.why, now);
  else await begin(trx, { accountId, connectorId, target, ...message, sender: campaign.sender }, engine);
  return null;
}

async function freeAt(trx: Trx, accountId: string, now: number): Promise<number> {
  const { rows } = await sql<{ at: Date }>`
    select offered_at as at from interaction
    where account_id = ${accountId}::uuid and channel = 'messages' and campaign_id is not null and offered_at > ${new Date(now - SENDING_WINDOW_MS)}
    order by offered_at desc offset ${MOST_IN_WINDOW - 1} limit 1`.execute(trx);
  return rows[0] ? rows[0].at.getTime() + SENDING_WINDOW_MS : now;
}

type Message = { readonly address: string; readonly text: string } | { readonly why: Unsent };

async function messageFor(trx: Trx, { campaignId, customer, phone, values }: StoredTarget, campaign: Writing, engine: Engine, views: Views): Promise<Message> {
  const view = await planningView(trx, views, values, campaignId);
  if (!view) return { why: 'rights' };
  const { number, problem } = lookWith(view, 'messages', phone, engine);
  if (problem) return { why: 'number' };
  const { note } = values;
  const text = smsTextFor(campaign.text, { customer, phone, note: typeof note === 'string' ? note : '' });
  return text === null ? { why: 'text' } : { address: number!.e164, text };
}

/** What the hub itself keeps from being sent is a try too, or it would stand in the way of the others for ever. */
async function notSent(trx: Trx, accountId: string, { id, campaignId, tries, values }: StoredTarget, why: Unsent, now: number): Promise<void> {
  await keepRecord(trx, { id, accountId, module: MODULE, resourceId: campaignId, values: { ...values, state: 'unreached', why, tries: tries + 1, at: now } });
}

interface Begun {
  readonly accountId: string;
  readonly connectorId: string;
  readonly target: StoredTarget;
  readonly address: string;
  readonly text: string;
  readonly sender: string | null;
}

async function begin(trx: Trx, { accountId, connectorId, target, address, text, sender }: Begun, engine: Engine): Promise<void> {
  const row = await insertInteraction(
    trx,
    {
      account_id: accountId,
      connector_id: connectorId,
      ref: `out/${crypto.randomUUID()}`,
      channel: 'messages',
      direction: 'outbound',
      smart: false,
      state: 'accepted',
      accepted_at: new Date(engine.now()),
      customer: { name: target.customer, address, reference: null, language: null },
      campaign_id: target.campaignId,
      target_id: target.id,
      target_revision: target.revision,
    },
    engine,
  );
  await ask(trx, row, 'send', { to: { address }, text, ...(sender === null ? {} : { sender }) }, engine.now());
}
