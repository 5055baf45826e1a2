/** Everybody of an account, at work or not, read once for all who watch some of them. */
import { sql } from 'kysely';
import type { ProfileView, SituationPart, Status } from '../../lib/api/snapshot.ts';
import type { Channel, Licence, PersonType } from '../../lib/catalogue/index.ts';
import type { Person } from '../../lib/decide/index.ts';
import type { Db } from '../db/connect.ts';
import { activeVersion } from '../session/heads.ts';
import { situationParts } from '../session/parts.ts';
import type { Views } from '../session/views.ts';
import { allowedNow } from './allow.ts';
import { type AwayEntry, readAway } from './away.ts';

/** A browser says something every 20 s, which is written down every 30 s: later than that it is lost. */
const LOST_AFTER_SEC = 75;

export interface RosterEntry {
  readonly sessionId: string;
  readonly personId: string;
  readonly name: string;
  readonly person: Person;
  /** Their extras without what they were granted for a while. */
  readonly ownAllow: readonly string[];
  readonly view: ProfileView | null;
  readonly teams: readonly string[];
  readonly manages: readonly string[];
  readonly profiles: readonly { readonly id: string; readonly name: string }[];
  readonly activityId: string | null;
  /** Milliseconds since the epoch, as all times here. */
  readonly activitySince: number;
  readonly status: Status;
  readonly situation: SituationPart;
  readonly openedAt: number;
  /** Since when nothing is heard of them; null while something is. */
  readonly lostSince: number | null;
}

export interface RosterAsk {
  readonly id: string;
  readonly session_id: string;
  readonly control: string;
  readonly note: string;
  readonly at: Date;
  readonly time_zone: string | null;
  /** Whether the interaction that it was asked for is over. */
  readonly over: boolean;
}

export interface RosterCampaign {
  readonly name: string;
  readonly active: boolean;
  /** Called ahead, and not answered yet; and those who answered, and wait for somebody. */
  readonly dialling: number;
  readonly waiting: number;
}

export interface Roster {
  /** By session, in the order of their names. */
  readonly entries: ReadonlyMap<string, RosterEntry>;
  /** Those who are not signed in: none of them is in `entries`. */
  readonly away: readonly AwayEntry[];
  /** Those that wait, the oldest first. */
  readonly asks: readonly RosterAsk[];
  /** Voice campaigns, by id. */
  readonly campaigns: ReadonlyMap<string, RosterCampaign>;
  readonly now: number;
}

interface Row {
  readonly id: string;
  readonly person_id: string;
  readonly name: string;
  readonly type: PersonType;
  readonly licence: Licence;
  readonly allow: string[];
  readonly own_allow: string[];
  readonly deny: string[];
  readonly options: string[];
  readonly profile_id: string | null;
  readonly version: number | null;
  readonly published_seq: number | null;
  readonly activity_id: string | null;
  readonly activity_since: Date;
  readonly status: Status;
  readonly opened_at: Date;
  readonly lost_since: Date | null;
  readonly teams: string[];
  readonly manages: string[];
  readonly profiles: { id: string; name: string }[];
}

export async function readRoster(db: Db, accountId: string, views: Views, now: number): Promise<Roster> {
  const { entries, asks } = await readAtWork(db, accountId, views);
  const atWork = new Set([...entries.values()].map(({ personId }) => personId));
  // Signed out between the two reads: shown as the first has them, and whoever watches is woken for it.
  const away = (await readAway(db, accountId, views)).filter(({ personId }) => !atWork.has(personId));
  return { entries, away, asks, campaigns: await readCampaigns(db, accountId), now };
}

async function readCampaigns(db: Db, accountId: string): Promise<Roster['campaigns']> {
  const { rows } = await sql<RosterCampaign & { readonly id: string }>`
    select c.id, c.name, coalesce(c.attributes->>'active' = 'true', false) as active,
      count(i.id) filter (where i.state = 'dialling')::int as dialling, count(i.id) filter (where i.state = 'offered')::int as waiting
    from resource c left join interaction i on i.campaign_id = c.id and i.state in ('dialling', 'offered')
    where c.account_id = ${accountId}::uuid and c.kind = 'voiceCampaign' and not c.archived
    group by c.id order by c.id`.execute(db);
  return new Map(rows.map(({ id, ...campaign }) => [id, campaign]));
}

/** All that telling supervisors something needs. */
export async function readAtWork(db: Db, accountId: string, views: Views): Promise<Pick<Roster, 'entries' | 'asks'>> {
  const rows = await sessionRows(db, accountId);
  const ids = rows.map(({ id }) => id);
  const situations = await situationParts(db, ids);
  const entries = new Map<string, RosterEntry>();
  for (const row of rows) {
    const situation = situations.get(row.id);
    // Gone between two reads: whoever watches is woken for that too.
    if (!situation) continue;
    const { profile_id: profileId, version, published_seq: publishedSeq } = row;
    const active = profileId !== null && version !== null ? await views.of(db, { profileId, version, publishedSeq: publishedSeq ?? 0 }) : null;
    entries.set(row.id, { ...entryOf(row), view: active?.view ?? null, situation });
  }
  const asks = await db
    .selectFrom('ask as a')
    .leftJoin('interaction as i', 'i.id', 'a.interaction_id')
    .where('a.account_id', '=', accountId)
    .where('a.answer', 'is', null)
    .select(['a.id', 'a.session_id', 'a.control', 'a.note', 'a.at', 'a.time_zone'])
    .select(sql<boolean>`a.interaction_id is not null and coalesce(i.state, 'closed') = 'closed'`.as('over'))
    .orderBy('a.at')
    .execute();
  return { entries, asks };
}

function entryOf(row: Row): Omit<RosterEntry, 'view' | 'situation'> {
  const { type, licence, allow, deny, options } = row;
  return {
    sessionId: row.id,
    personId: row.person_id,
    name: row.name,
    person: { type, licence, allow, deny, accountOptions: options as Person['accountOptions'] },
    ownAllow: row.own_allow,
    teams: row.teams,
    manages: row.manages,
    profiles: row.profiles,
    activityId: row.activity_id,
    activitySince: row.activity_since.getTime(),
    status: row.status,
    openedAt: row.opened_at.getTime(),
    lostSince: row.lost_since?.getTime() ?? null,
  };
}

async function sessionRows(db: Db, accountId: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select s.id, s.person_id, p.name, p.type, p.licence, ${allowedNow} as allow, p.allow as own_allow, p.deny, c.options,
      s.profile_id, ${activeVersion} as version, f.published_seq, s.activity_id, s.activity_since, s.status, s.opened_at,
      case when s.seen_at < now() - make_interval(secs => ${LOST_AFTER_SEC}) then s.seen_at end as lost_since,
      array(select m.team_id::text from team_member m where m.person_id = p.id order by 1) as teams,
      array(select m.team_id::text from team_member m where m.person_id = p.id and m.manages order by 1) as manages,
      coalesce((
        select json_agg(json_build_object('id', o.id, 'name', o.name) order by lower(o.name))
        from assignment b join profile o on o.id = b.profile_id
        where b.person_id = p.id and o.current_version is not null and not o.archived), '[]') as profiles
    from session s
      join person p on p.id = s.person_id
      join account c on c.id = p.account_id
      left join profile f on f.id = s.profile_id
      left join assignment a on a.person_id = s.person_id and a.profile_id = s.profile_id
    where s.account_id = ${accountId}::uuid and s.closed_at is null
    order by lower(p.name), s.id`.execute(db);
  return rows;
}

/** Whether the flow of a channel is on for all purposes. */
export const isFlowOn = ({ flows }: SituationPart, channel: Channel): boolean => flows[channel].on && flows[channel].forced === null;
