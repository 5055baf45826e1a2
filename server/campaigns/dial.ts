/** Calls for campaigns: whoever takes part in one and is free is given its next target (lib/distribution says which). */
import { sql } from 'kysely';
import { blendingOf, calledFor, delayOf, isFreeToCall, type PartIn, takenPartIn } from '../../lib/distribution/campaigns.ts';
import { type Calling, chooseTargets, type FreeCaller, isDueFor, type Target } from '../../lib/distribution/targets.ts';
import { findCarrier } from '../connector/carrier.ts';
import type { Db, Trx } from '../db/connect.ts';
import { takenBy } from '../interactions/accept.ts';
import { ask } from '../interactions/ask.ts';
import { lockInteraction, tellSessions } from '../interactions/change.ts';
import type { Engine } from '../interactions/engine.ts';
import { insertInteraction } from '../interactions/insert.ts';
import { lookAt } from '../interactions/outgoing.ts';
import { heardOf } from '../interactions/ring.ts';
import { holdSessions } from '../session/hold.ts';
import { wholeSession, type WholeSession } from '../session/lock.ts';
import { callerOf, isWaitedFor } from './caller.ts';
import { newCall } from './new-call.ts';
import { callAhead, letGo, type Powered, poweredOf } from './power.ts';
import { isPreview, withdraw } from './preview.ts';
import { dueTargets, holdTarget, type StoredTarget } from './targets.ts';

/** Even without a delay a call that waits keeps one from being called for so long; milliseconds. */
const LEAST_QUIET_MS = 5000;

/**
 * One round, of all accounts.
 *
 * @returns when somebody may be called next who may not be called now, as far as a clock says it; milliseconds since the epoch
 */
export async function callTargets(db: Db, engine: Engine): Promise<number | null> {
  const accounts = await partOf(db).clearSelect().select('s.account_id as id').distinct().execute();
  const moments: number[] = [];
  const takenPart = new Set<string>();
  for (const { id } of accounts) moments.push(...(await callIn(db, id, takenPart, engine)));
  moments.push(...(await letGo(db, (campaignId) => takenPart.has(campaignId), engine)));
  return moments.length > 0 ? Math.min(...moments) : null;
}

/** Profiles by which somebody who has not subscribed may be called, in accounts where there is somebody to call. */
const BLENDING = sql`select f.id from profile f join profile_version v on v.profile_id = f.id and v.version = f.current_version
  where v.document @? '$.configuration.voiceCampaigns.rows[*] ? (@.callBlending == true)' and f.account_id in (
    select c.account_id from resource c where c.kind = 'voiceCampaign' and not c.archived and c.attributes->>'active' = 'true' and exists (
      select from record r where r.resource_id = c.id and r.module = 'mod.voiceCampaigns' and r.deleted_at is null
        and r."values"->>'state' in ('planned', 'pool', 'unreached')))`;

/** Subscribed, or may come in as a back-up, by which the rules then decide; or did, and still has something to look at. */
const TAKES_PART = sql<boolean>`(exists (select from campaign_subscription c where c.session_id = s.id)
  or ((s.profile_id in (${BLENDING}) or a.pinned_version is not null)
    and exists (select from session_flow w where w.session_id = s.id and w.channel = 'voice' and w.is_on))
  or exists (select from interaction i where i.session_id = s.id and i.state = 'ringing' and i.campaign_id is not null))`;

const partOf = (db: Db | Trx) =>
  heardOf(db)
    .select('s.campaigns_after')
    .where(TAKES_PART);
type Part = Awaited<ReturnType<ReturnType<typeof partOf>['executeTakeFirstOrThrow']>>;

/** @param takenPart is told of each campaign that somebody takes part in, free or not */
async function callIn(db: Db, accountId: string, takenPart: Set<string>, engine: Engine): Promise<readonly number[]> {
  const now = engine.now();
  const parts = await partOf(db).where('s.account_id', '=', accountId).execute();
  const loaded = await engine.snapshots.load(parts.map(({ id }) => id));
  const waits = await queuesWaiting(db, accountId);
  const free: FreeCaller[] = [];
  const powered = new Map<string, Powered>();
  const moments: number[] = [];
  for (const part of parts) {
    const held = loaded.get(part.id);
    if (!held?.profile || !held.person || !held.situation || held.head.closedBecause !== null) continue;
    const whole = held as WholeSession;
    await withdrawUncalled(db, whole, waits, engine);
    await breakQuiet(db, whole, waits, engine);
    moments.push(...momentsOf(whole, part, now));
    const campaigns = campaignsNow(whole, part, waits, now);
    const caller = callerOf(whole, now);
    for (const { id } of takenPartIn(caller)) takenPart.add(id);
    if (campaigns.length > 0) free.push(freeCaller(whole, part, campaigns, engine));
    const power = poweredOf(caller, campaigns, (target) => isReached(whole, target, engine));
    if (power) powered.set(part.id, power);
  }
  if (free.length + powered.size === 0 || !(await findCarrier(db, accountId, 'voice', now))) return moments;
  const ids = [...free.flatMap(({ campaigns }) => [...campaigns.keys()]), ...[...powered.values()].flatMap(({ campaigns }) => campaigns.map(({ id }) => id))];
  const targets = await dueTargets(db, [...new Set(ids)], free.map(({ personId }) => personId), now);
  for (const calling of chooseTargets(targets, free, now)) {
    if (await db.transaction().execute((trx) => call(trx, calling, engine))) powered.delete(calling.sessionId);
  }
  await callAhead(db, accountId, [...powered.values()], targets, engine);
  return moments;
}

const isReached = (whole: WholeSession, target: Target, engine: Engine): boolean => lookAt(whole, 'voice', (target as StoredTarget).phone, engine).problem === null;

const freeCaller = (whole: WholeSession, { id, person_id, idle_since }: Part, campaigns: readonly PartIn[], engine: Engine): FreeCaller => ({
  sessionId: id,
  personId: person_id,
  idleSince: idle_since.getTime(),
  campaigns: new Map(campaigns.map(({ id: campaign, part }) => [campaign, part])),
  reaches: (target) => isForSomebody(target, campaigns) && isReached(whole, target, engine),
});

/** Where the campaign calls ahead, only what is planned for one person is dialled once that person is free. */
const isForSomebody = ({ campaignId, owner }: Target, campaigns: readonly PartIn[]): boolean =>
  owner !== null || campaigns.find(({ id }) => id === campaignId)?.mode !== 'powerDialer';

/** None for whoever is not free, or for whom an incoming call waits: that one goes first. */
function campaignsNow(whole: WholeSession, { campaigns_after }: Part, waits: readonly string[], now: number): readonly PartIn[] {
  const caller = callerOf(whole, now);
  if (!isFreeToCall(caller) || now < (campaigns_after?.getTime() ?? 0) || isWaitedFor(caller, waits)) return [];
  return calledFor(caller);
}

/** The queues in which somebody waits on the telephone. */
async function queuesWaiting(db: Db | Trx, accountId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct queue_id as id from interaction
    where account_id = ${accountId}::uuid and state = 'offered' and channel = 'voice' and for_person is null and queue_id is not null`.execute(db);
  return rows.map(({ id }) => id);
}

/** What will be otherwise by itself: the end of a pause, and of the quiet that call blending waits for. */
function momentsOf({ situation, ...rest }: WholeSession, { campaigns_after }: Part, now: number): readonly number[] {
  const { inboundUntil, outboundUntil } = situation.pauses;
  const outgoingAt = blendingOf(callerOf({ situation, ...rest }, now))?.outgoingAt ?? 0;
  return [inboundUntil, outboundUntil, outgoingAt, campaigns_after?.getTime() ?? 0].filter((at) => at > now);
}

/** What is offered for a look goes where its person takes part no more, and where an incoming call waits for them. */
async function withdrawUncalled(db: Db, whole: WholeSession, waits: readonly string[], engine: Engine): Promise<void> {
  for (const { id } of whole.situation.interactions.filter(({ campaign, phase }) => campaign && phase === 'offered')) {
    await db.transaction().execute(async (trx) => {
      const row = await lockInteraction(trx, id);
      if (!row || !isPreview(row) || row.session_id !== whole.head.sessionId) return;
      const caller = callerOf(await wholeSession(trx, engine.snapshots, row.session_id), engine.now());
      const called = takenPartIn(caller).some((each) => each.id === row.campaign_id);
      if (!called || isWaitedFor(caller, waits)) await withdraw(trx, row, 'givenBack', engine);
    });
  }
}

/** A call waits for somebody who would be called now, or is: it is quiet no more, and they are back with the incoming ones. */
async function breakQuiet(db: Db, whole: WholeSession, waits: readonly string[], engine: Engine): Promise<void> {
  if (!isQuietBroken(whole, waits, engine.now())) return;
  await db.transaction().execute(async (trx) => {
    const { sessionId, accountId } = whole.head;
    await holdSessions(trx, [sessionId]);
    if (!isQuietBroken(await wholeSession(trx, engine.snapshots, sessionId), await queuesWaiting(trx, accountId), engine.now())) return;
    await trx.updateTable('session').set({ quiet_since: new Date(engine.now()) }).where('id', '=', sessionId).execute();
    await tellSessions(trx, accountId, [sessionId]);
  });
}

function isQuietBroken(whole: WholeSession, waits: readonly string[], now: number): boolean {
  const caller = callerOf(whole, now);
  const outgoingAt = blendingOf(caller)?.outgoingAt;
  if (outgoingAt == null || outgoingAt > now || !isWaitedFor(caller, waits)) return false;
  return now - caller.campaigns.quietSince >= Math.max(LEAST_QUIET_MS, delayOf(caller.profile!));
}

/** Both looked at again, both locked. @returns whether it was begun */
async function call(trx: Trx, { targetId, sessionId }: Calling, engine: Engine): Promise<boolean> {
  const now = engine.now();
  await holdSessions(trx, [sessionId]);
  const part = await partOf(trx).where('s.id', '=', sessionId).executeTakeFirst();
  if (!part) return false;
  const whole = await wholeSession(trx, engine.snapshots, sessionId);
  const target = await holdTarget(trx, targetId, now);
  if (!target || !isDueFor(target, part.person_id, now)) return false;
  const campaign = campaignsNow(whole, part, await queuesWaiting(trx, whole.head.accountId), now).find(({ id }) => id === target.campaignId);
  if (!campaign || !isForSomebody(target, [campaign]) || !(await isRunning(trx, campaign.id))) return false;
  const { number, problem } = lookAt(whole, 'voice', target.phone, engine);
  if (problem) return false;
  return begin(trx, whole, target, campaign, number!.e164, engine);
}

/** A profile's copy of the campaign may be older than the campaign. */
async function isRunning(trx: Trx, id: string): Promise<boolean> {
  const row = await trx.selectFrom('resource').select('attributes').where('id', '=', id).where('archived', '=', false).executeTakeFirst();
  return row?.attributes['active'] === true;
}

async function begin(trx: Trx, whole: WholeSession, target: StoredTarget, { mode }: PartIn, address: string, engine: Engine): Promise<boolean> {
  const { accountId, sessionId } = whole.head;
  const now = engine.now();
  const connectorId = await findCarrier(trx, accountId, 'voice', now);
  if (!connectorId) return false;
  const taker = { sessionId, personId: whole.person.id, view: whole.profile.active?.view ?? null };
  const looks = mode === 'preview';
  const row = await insertInteraction(
    trx,
    {
      ...newCall({ accountId, connectorId, target, address }),
      ...(looks
        ? { state: 'ringing', session_id: taker.sessionId, person_id: taker.personId, until: new Date(now + engine.lookMs) }
        : { state: 'accepted', ...takenBy(taker, { channel: 'voice' }, engine) }),
    },
    engine,
  );
  if (looks) await trx.insertInto('interaction_offer').values({ interaction_id: row.id, person_id: taker.personId, at: new Date(now) }).execute();
  else await ask(trx, row, 'dial', { to: { address } }, now);
  for (const hear of looks ? engine.onPresented : engine.onAccepted) await hear(trx, row, taker.view);
  await tellSessions(trx, accountId, [sessionId]);
  return true;
}
