import { sql } from 'kysely';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import { CHANNELS, type Channel } from '../../lib/catalogue/index.ts';
import { activityOf, eachChannel, type Person } from '../../lib/decide/index.ts';
import type { Trx } from '../db/connect.ts';
import { activeVersion, headsOf } from './heads.ts';
import { leaveLost } from '../campaigns/settle.ts';
import { IN_HAND } from '../interactions/in-hand.ts';
import { keepRights } from '../interactions/leases.ts';
import { allowedNow } from '../supervision/allow.ts';
import { onNewGround } from './ground.ts';
import { holdAllOn } from './hold.ts';
import { logSessions } from './log-session.ts';
import { profileAtLogin } from './open.ts';
import { peopleByRights } from './parts.ts';
import { flowsUnder, type Start, startOn, writeFlows } from './start.ts';
import type { Views } from './views.ts';

/** What a session has to become: the profile only where it changes. */
interface Repair extends Start {
  readonly sessionId: string;
  readonly accountId: string;
  readonly profileId?: string | null;
  readonly newActivity: boolean;
}

/**
 * Puts right the open sessions on a profile after a change to it: in the change's own transaction, after the change and
 * with the profile's row locked. A session whose profile is gone falls to the one at login, else to none; an activity
 * that is no longer in the list gives way to the default one; a flow that is no longer there goes off. What could be done
 * with an interaction in hand is kept by leases.
 *
 * Nobody holds a session on the profile until the transaction ends, so that none can leave it, or decide by its
 * earlier version, between the change and its commit. They are looked at one by one only where what they stand on changed.
 *
 * @param personId only this person's: after an assignment was taken away, say
 */
export async function settleSessions(trx: Trx, profileId: string, personId: string | null, views: Views): Promise<void> {
  if (personId === null) await holdAllOn(trx, profileId);
  // Read only after that: a session may have changed while it was waited for. And before any of them leaves the profile.
  const engaged = await engagedOn(trx, profileId, personId);
  if (personId !== null) await repairSessions(trx, profileId, personId, views);
  else await onNewGround(trx, profileId, views, () => repairSessions(trx, profileId, null, views));
  await keepRights(trx, engaged, views);
  await leaveLost(trx, engaged, views);
}

async function repairSessions(trx: Trx, profileId: string, personId: string | null, views: Views): Promise<void> {
  await lockSessionsOn(trx, profileId, personId);
  const repairs: Repair[] = [];
  for (const group of await groupsOn(trx, profileId, personId)) repairs.push(...(await repairsOf(trx, views, profileId, group)));
  await writeRepairs(trx, repairs);
}

/** The same, the profile held first as a publish holds it, before any session: see lockProfiles. */
export async function settleProfile(trx: Trx, profileId: string, personId: string | null, views: Views): Promise<void> {
  await sql`select from profile where id = ${profileId}::uuid for share`.execute(trx);
  await settleSessions(trx, profileId, personId, views);
}

/**
 * Puts right the open session of a person, after a change to what they have or may. Every profile that they could be on
 * is held already, and the person.
 *
 * @param given they were given a profile: who works without any begins with the one that they would start with
 */
export async function settlePerson(trx: Trx, personId: string, views: Views, given = false): Promise<void> {
  const open = trx.selectFrom('session').select(['id', 'account_id', 'profile_id']).where('person_id', '=', personId).where('closed_at', 'is', null);
  const session = await open.forNoKeyUpdate().executeTakeFirst();
  if (!session) return;
  const hasNone = given && (await headsOf(trx, [session.id]))[0]?.active === null;
  if (hasNone) await beginOnGiven(trx, { sessionId: session.id, accountId: session.account_id, profileId: session.profile_id }, personId, views);
  else if (session.profile_id) await settleProfile(trx, session.profile_id, personId, views);
}

/** As if the session began now, but for what is forced. */
async function beginOnGiven(trx: Trx, session: Pick<Repair, 'sessionId' | 'accountId' | 'profileId'>, personId: string, views: Views): Promise<void> {
  const active = await profileAtLogin(trx, personId);
  const person = (await peopleByRights(trx, [personId])).get(personId);
  const profileId = active?.profileId ?? null;
  if (!person || profileId === session.profileId) return;
  const view = active ? ((await views.of(trx, active))?.view ?? null) : null;
  await writeRepairs(trx, [{ ...session, newActivity: true, profileId, ...startOn(view, person) }]);
}

const sessionsOn = (profileId: string, personId: string | null) =>
  sql`s.profile_id = ${profileId}::uuid and s.closed_at is null and (${personId}::uuid is null or s.person_id = ${personId}::uuid)`;

// Counted, so that thousands of rows do not come over for nothing.
const lockSessionsOn = (trx: Trx, profileId: string, personId: string | null) =>
  sql`select count(*) from (select from session s where ${sessionsOn(profileId, personId)} order by s.id for no key update) held`.execute(trx);

/** Those with an interaction in hand, or subscribed to a campaign, which are few of thousands; locked to the end of the transaction. */
async function engagedOn(trx: Trx, profileId: string, personId: string | null): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from session s where ${sessionsOn(profileId, personId)} and s.id in (
      select i.session_id from interaction i where ${IN_HAND} union select c.session_id from campaign_subscription c)
    order by s.id for no key update`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Sessions for which the same is decided: thousands are few of these. */
interface Group {
  readonly version: number | null;
  readonly published_seq: number;
  readonly account_id: string;
  readonly activity_id: string | null;
  readonly licence: Person['licence'];
  readonly type: Person['type'];
  readonly allow: string[];
  readonly deny: string[];
  readonly options: string[];
  /** The channels whose flow is on. */
  readonly flows: Channel[];
  readonly sessions: string[];
}

// Flows and grants are looked up for all at once, and not for each of thousands.
async function groupsOn(trx: Trx, profileId: string, personId: string | null): Promise<Group[]> {
  const { rows } = await sql<Group>`
    with here as materialized (select s.* from session s where ${sessionsOn(profileId, personId)})
    select ${activeVersion} as version, f.published_seq, s.account_id, s.activity_id, p.licence, p.type,
      case when g.person_id is null then p.allow else ${allowedNow} end as allow, p.deny, c.options,
      coalesce(w.flows, '{}') as flows, array_agg(s.id) as sessions
    from here s
      join profile f on f.id = s.profile_id
      join person p on p.id = s.person_id
      join account c on c.id = p.account_id
      left join assignment a on a.person_id = s.person_id and a.profile_id = s.profile_id
      left join (select distinct person_id from temporary_grant where ended_at is null) g on g.person_id = p.id
      left join (
        select w.session_id, array_agg(w.channel order by w.channel) as flows
        from session_flow w join here on here.id = w.session_id where w.is_on group by 1) w on w.session_id = s.id
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`.execute(trx);
  return rows;
}

async function repairsOf(trx: Trx, views: Views, profileId: string, group: Group): Promise<readonly Repair[]> {
  const { version, published_seq: publishedSeq, account_id: accountId, licence, type, allow, deny, options, sessions } = group;
  const person: Person = { licence, type, allow, deny, accountOptions: options as Person['accountOptions'] };
  if (version === null) return fallsFrom(trx, views, sessions, person);
  const view = (await views.of(trx, { profileId, version, publishedSeq }))?.view ?? null;
  const repair = repairOn(view, person, group);
  return repair ? sessions.map((sessionId) => ({ sessionId, accountId, ...repair })) : [];
}

/** The profile is still theirs: what of activity and flows is not there any more. */
function repairOn(view: ProfileView | null, person: Person, { activity_id: activityId, flows: on }: Group) {
  if (!activityOf(activityId, view ?? 'none')) {
    const start = startOn(view, person);
    if (start.activityId !== activityId) return { newActivity: true, ...start };
  }
  const possible = flowsUnder(view, person, activityId);
  if (on.every((channel) => possible[channel])) return null;
  return { newActivity: false, activityId, flows: eachChannel((channel) => on.includes(channel) && possible[channel]) };
}

/** The profile is not theirs any more. */
async function fallsFrom(trx: Trx, views: Views, sessionIds: readonly string[], person: Person): Promise<readonly Repair[]> {
  const repairs: Repair[] = [];
  for (const { sessionId, accountId, personId } of await headsOf(trx, sessionIds)) {
    const active = await profileAtLogin(trx, personId, { onlyAtLogin: true });
    const view = active ? ((await views.of(trx, active))?.view ?? null) : null;
    repairs.push({ sessionId, accountId, newActivity: true, profileId: active?.profileId ?? null, ...startOn(view, person) });
  }
  return repairs;
}

async function writeRepairs(trx: Trx, repairs: readonly Repair[]): Promise<void> {
  const accounts = Map.groupBy(repairs, (repair) => repair.accountId);
  for (const [accountId, of] of accounts) {
    const seqs = await logSessions(trx, accountId, of.map(({ sessionId }) => sessionId));
    const rows = of.map(({ sessionId, profileId, activityId, newActivity }) => ({
      id: sessionId,
      seq: seqs.get(sessionId),
      moves: profileId !== undefined,
      profile_id: profileId ?? null,
      activity_id: activityId,
      new_activity: newActivity,
    }));
    await sql`
      update session set
        situation_seq = r.seq,
        profile_seq = case when r.moves then r.seq else session.profile_seq end,
        profile_id = case when r.moves then r.profile_id else session.profile_id end,
        activity_id = r.activity_id,
        activity_since = case when r.new_activity then now() else session.activity_since end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id uuid, seq bigint, moves boolean, profile_id uuid, activity_id uuid, new_activity boolean)
      where session.id = r.id`.execute(trx);
    await keepForcedOrWrite(trx, of);
  }
}

/** With a new activity what too many missed offers forced off is free again; else what is forced stays so. */
async function keepForcedOrWrite(trx: Trx, repairs: readonly Repair[]): Promise<void> {
  const flowsOf = (of: readonly Repair[]) => new Map(of.map(({ sessionId, flows }) => [sessionId, flows]));
  await writeFlows(trx, flowsOf(repairs.filter((repair) => repair.newActivity)));
  const lost = repairs.filter((repair) => !repair.newActivity);
  const off = lost.flatMap(({ sessionId, flows }) =>
    CHANNELS.filter((channel) => !flows[channel]).map((channel) => ({ id: sessionId, channel })),
  );
  if (off.length === 0) return;
  await sql`
    update session_flow set is_on = false
    from unnest(${off.map(({ id }) => id)}::uuid[], ${off.map(({ channel }) => channel)}::text[]) as o(id, channel)
    where session_id = o.id and session_flow.channel = o.channel`.execute(trx);
}
