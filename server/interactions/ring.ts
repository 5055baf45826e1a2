/** Distribution: what waits is offered to whoever is free, one person at a time (lib/distribution says to whom). */
import { sql } from 'kysely';
import type { Channel } from '../../lib/catalogue/index.ts';
import { choose, type Candidate, type Pair, type Waiting } from '../../lib/distribution/choose.ts';
import { scoreFor, type Taker, takesDirect } from '../../lib/distribution/takes.ts';
import { personOf, rightsOf } from '../../lib/decide/index.ts';
import { acceptAtOf } from '../../lib/interaction/taking.ts';
import { type Called, scoreForCalled } from '../campaigns/power.ts';
import type { Db, Trx } from '../db/connect.ts';
import { holdSessions } from '../session/hold.ts';
import { wholeSession, type WholeSession } from '../session/lock.ts';
import { situationOf } from '../session/situation.ts';
import { accept } from './accept.ts';
import { happen, type Interaction } from './change.ts';
import type { Engine } from './engine.ts';

/** A browser of which nothing was heard for so long is not offered anything: its link says something every 20 s. */
const HEARD_WITHIN = '90 seconds';
/** Of one account, in one round. */
const MOST_WAITING = 200;

/**
 * Offers what waits in one account. Each pair is made in a transaction of its own that looks once more: two hubs, or a
 * person who has just gone, cannot make two offers of one.
 *
 * @returns how many rang
 */
export async function distribute(db: Db, accountId: string, engine: Engine): Promise<number> {
  const waiting = await waitingIn(db, accountId);
  if (waiting.length === 0) return 0;
  const candidates = await candidatesIn(db, accountId, engine);
  let rang = 0;
  for (const pair of choose(waiting, candidates, engine.now())) {
    if (await db.transaction().execute((trx) => ring(trx, pair, engine))) rang += 1;
  }
  return rang;
}

async function waitingIn(db: Db, accountId: string): Promise<Waits[]> {
  const rows = await db
    .selectFrom('interaction as i')
    .select(['i.id', 'i.channel', 'i.queue_id', 'i.for_person', 'i.priority', 'i.offered_at', 'i.campaign_id', 'i.customer'])
    .select(
      sql<Record<string, number> | null>`(select json_object_agg(o.person_id, o.at) from (
        select person_id, (extract(epoch from max(at)) * 1000)::bigint as at from interaction_offer where interaction_id = i.id group by person_id
      ) o)`.as('asked'),
    )
    .where('i.account_id', '=', accountId)
    .where('i.state', '=', 'offered')
    .orderBy('i.priority', 'desc')
    .orderBy('i.offered_at')
    .limit(MOST_WAITING)
    .execute();
  return rows.map((row) => waitingOf(row, row.asked ?? {}));
}

type Waits = Waiting & { readonly called: Called | null };
type Stored = Pick<Interaction, 'id' | 'channel' | 'queue_id' | 'for_person' | 'priority' | 'offered_at' | 'campaign_id' | 'customer'>;

const waitingOf = (row: Stored, asked: Readonly<Record<string, number>>): Waits => ({
  id: row.id,
  channel: row.channel,
  queueId: row.queue_id,
  forPerson: row.for_person,
  priority: row.priority,
  offeredAt: row.offered_at.getTime(),
  asked: new Map(Object.entries(asked)),
  called: row.campaign_id === null ? null : { campaignId: row.campaign_id, address: row.customer.address },
});

async function candidatesIn(db: Db, accountId: string, engine: Engine): Promise<Candidate<Waits>[]> {
  const sessions = await heardOf(db).where('s.account_id', '=', accountId).execute();
  const loaded = await engine.snapshots.load(sessions.map(({ id }) => id));
  return sessions.flatMap(({ id, person_id, idle_since, score }) => {
    const held = loaded.get(id);
    if (!held?.profile || !held.person || !held.situation || held.head.closedBecause !== null) return [];
    const whole = held as WholeSession;
    const taker = takerOf(whole, score, engine.now());
    return [{ sessionId: id, personId: person_id, idleSince: idle_since.getTime(), scoreFor: (waiting: Waits) => scoreOf(taker, whole, waiting, engine) }];
  });
}

/** How many would be offered one of a queue now: for whoever passes one on. */
export async function countFree(db: Db, accountId: string, engine: Engine): Promise<(channel: Channel, queueId: string) => number> {
  const candidates = await candidatesIn(db, accountId, engine);
  return (channel, queueId) => candidates.filter(({ scoreFor }) => scoreFor({ id: '', channel, queueId, forPerson: null, priority: 0, offeredAt: 0, asked: new Map(), called: null }) !== null).length;
}

export const heardOf = (db: Db | Trx) =>
  db
    .selectFrom('session as s')
    .leftJoin('assignment as a', (join) => join.onRef('a.person_id', '=', 's.person_id').onRef('a.profile_id', '=', 's.profile_id'))
    .select(['s.id', 's.person_id', 's.idle_since', 'a.score'])
    .where('s.closed_at', 'is', null)
    .where('s.next_profile_id', 'is', null)
    .where('s.seen_at', '>', sql<Date>`now() - ${HEARD_WITHIN}::interval`);

const scoreOf = (taker: Taker, whole: WholeSession, { channel, queueId, forPerson, called }: Waits, engine: Engine): number | null => {
  if (called) return taker.ringing ? null : scoreForCalled(whole, called, engine);
  if (forPerson !== null) return takesDirect(taker, channel) ? 0 : null;
  return queueId === null ? null : scoreFor(taker, channel, queueId);
};

function takerOf({ profile, person, situation }: WholeSession, score: number | null, now: number): Taker {
  const view = profile.active?.view ?? null;
  return {
    profile: view,
    rights: rightsOf(view ?? 'none', personOf(person)),
    situation: situationOf(situation, view, now),
    personId: person.id,
    score: score ?? 50,
    ringing: situation.interactions.some(({ phase }) => phase === 'offered'),
  };
}

/** Both looked at again, both locked. @returns false where one of them is not as it was */
async function ring(trx: Trx, { interactionId, sessionId }: Pair, engine: Engine): Promise<boolean> {
  await holdSessions(trx, [sessionId]);
  const session = await heardOf(trx).where('s.id', '=', sessionId).executeTakeFirst();
  if (!session) return false;
  const row = await trx.selectFrom('interaction').selectAll().where('id', '=', interactionId).forUpdate().skipLocked().executeTakeFirst();
  if (row?.state !== 'offered') return false;
  const whole = await wholeSession(trx, engine.snapshots, sessionId);
  if (scoreOf(takerOf(whole, session.score, engine.now()), whole, waitingOf(row, {}), engine) === null) return false;
  // Whom the power dialler called has waited since they answered: it does not ring first.
  if (row.campaign_id !== null) await accept(trx, row, { sessionId, personId: session.person_id, view: whole.profile.active?.view ?? null }, engine, 'take');
  else await ringAt(trx, row, { sessionId, personId: session.person_id, whole }, engine);
  return true;
}

async function ringAt(trx: Trx, row: Interaction, { sessionId, personId, whole }: { sessionId: string; personId: string; whole: WholeSession }, engine: Engine): Promise<void> {
  const now = engine.now();
  if (row.channel === 'voice' && row.direction === 'inbound') await trx.updateTable('session').set({ quiet_since: new Date(now) }).where('id', '=', sessionId).execute();
  await trx.insertInto('interaction_offer').values({ interaction_id: row.id, person_id: personId, at: new Date(now) }).execute();
  const view = whole.profile.active?.view ?? null;
  const acceptAt = acceptAtOf(view, row, now);
  const rings = await happen(
    trx,
    row,
    {
      event: 'ring',
      by: personId,
      set: {
        session_id: sessionId,
        person_id: personId,
        // One that accepts itself rings at least until then.
        until: new Date(Math.max(now + engine.ringMs, acceptAt === null ? 0 : acceptAt + 1000)),
        accept_at: acceptAt === null ? null : new Date(acceptAt),
      },
    },
    now,
  );
  for (const hear of engine.onPresented) await hear(trx, rings, view);
}
