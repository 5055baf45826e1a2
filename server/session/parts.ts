import { sql } from 'kysely';
import type { PersonPart, SituationPart } from '../../lib/api/snapshot.ts';
import type { Channel } from '../../lib/catalogue/index.ts';
import { eachChannel, type Person } from '../../lib/decide/index.ts';
import { hasSubscribed, subscribedBySession } from '../campaigns/parts.ts';
import type { Db } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import { hasRun, runsBySession } from '../buttons/runs.ts';
import { hasInteraction, interactionParts } from '../interactions/parts.ts';
import { allowedNow } from '../supervision/allow.ts';
import { isTold, toldBySession } from '../supervision/told.ts';
import { type Head, headOf, headRows } from './heads.ts';

interface AssignedRow {
  readonly id: string;
  readonly name: string;
  readonly atLogin: boolean;
}

/** Of a person `p` and their account `c`, beside `p.id` and `p.changed_seq`. */
const personColumns = [
  'p.name as person_name',
  'p.email',
  'p.licence',
  'p.type',
  'p.deny',
  allowedNow.as('allow'),
  'c.id as their_account',
  'c.name as account_name',
  'c.options',
  'c.currency',
  'c.currency_decimals',
  sql<AssignedRow[]>`coalesce((
    select json_agg(json_build_object('id', f.id, 'name', f.name, 'atLogin', a.at_login)
                    order by a.at_login desc, lower(f.name))
    from assignment a join profile f on f.id = a.profile_id
    where a.person_id = p.id and f.current_version is not null and not f.archived), '[]')`.as('profiles'),
] as const;

/** The person parts of some people, by person id. */
export async function personParts(db: Db, personIds: readonly string[]): Promise<Map<string, PersonPart>> {
  const rows = await personRows(db, personIds);
  return new Map(rows.map((row) => [row.person_id, personOf(row)]));
}

const personRows = (db: Db, personIds: readonly string[]) =>
  db
    .selectFrom('person as p')
    .innerJoin('account as c', 'c.id', 'p.account_id')
    .where('p.id', '=', sql<string>`any(${personIds}::uuid[])`)
    .select(['p.id as person_id', 'p.changed_seq'])
    .select(personColumns)
    .execute();

const personOf = (row: Awaited<ReturnType<typeof personRows>>[number]): PersonPart => ({
  seq: row.changed_seq,
  id: row.person_id,
  name: row.person_name,
  email: row.email,
  licence: row.licence,
  type: row.type,
  allow: row.allow,
  deny: row.deny,
  account: {
    id: row.their_account,
    name: row.account_name,
    options: row.options as PersonPart['account']['options'],
    currency: { code: row.currency, decimals: row.currency_decimals },
  },
  profiles: row.profiles,
});

/** What the decision reads of some people, by person id. */
export async function peopleByRights(db: Db, personIds: readonly string[]): Promise<Map<string, Person>> {
  const rows = await db
    .selectFrom('person as p')
    .innerJoin('account as c', 'c.id', 'p.account_id')
    .where('p.id', '=', sql<string>`any(${personIds}::uuid[])`)
    .select(['p.id', 'p.licence', 'p.type', 'p.deny', 'c.options'])
    .select(allowedNow.as('allow'))
    .execute();
  return new Map(
    rows.map(({ id, options, ...person }) => [id, { ...person, accountOptions: options as Person['accountOptions'] }]),
  );
}

interface FlowRow {
  readonly channel: Channel;
  readonly on: boolean;
  readonly by: Database['session_flow']['forced_by'];
  readonly who: string | null;
}

/**
 * Of a session `s` of these and the profile `n` that waits, beside `s.id` and `s.situation_seq`; flows are those of `flowsIn`.
 * What there is any of is looked up for all of them at once, whatever the database takes a table to be like.
 */
const situationColumns = (ids: readonly string[]) => [
  's.next_profile_id',
  'n.name as next_name',
  'w.flows',
  's.status',
  's.activity_id',
  's.activity_since',
  's.inbound_until',
  's.outbound_until',
  's.quiet_since',
  hasInteraction(ids).as('in_hand'),
  isTold(ids).as('is_told'),
  hasRun(ids).as('ran'),
  hasSubscribed(ids).as('subscribed'),
] as const;

/** By session, for all of them together and not for one at a time: thousands may be asked for at once. */
const flowsIn = (sessionIds: readonly string[]) =>
  sql<{ session_id: string; flows: FlowRow[] }>`(
    select w.session_id, json_agg(json_build_object('channel', w.channel, 'on', w.is_on, 'by', w.forced_by, 'who', by.name)) as flows
    from session_flow w left join person by on by.id = w.forced_by_person
    where w.session_id = any(${sessionIds}::uuid[]) group by 1)`.as('w');

/** The situation parts of some sessions, by session id. */
export async function situationParts(db: Db, sessionIds: readonly string[]): Promise<Map<string, SituationPart>> {
  return situationsOf(db, await situationRows(db, sessionIds));
}

const situationRows = (db: Db, sessionIds: readonly string[]) =>
  db
    .selectFrom('session as s')
    .leftJoin('profile as n', 'n.id', 's.next_profile_id')
    .leftJoin(flowsIn(sessionIds), (join) => join.onRef('w.session_id', '=', 's.id'))
    .where('s.id', '=', sql<string>`any(${sessionIds}::uuid[])`)
    .select(['s.id', 's.situation_seq'])
    .select(situationColumns(sessionIds))
    .execute();
type SituationRow = Awaited<ReturnType<typeof situationRows>>[number];

/** What most sessions have none of is asked for only where there is any. */
async function situationsOf(db: Db, rows: readonly SituationRow[]): Promise<Map<string, SituationPart>> {
  const ofThose = async <T>(having: 'in_hand' | 'is_told' | 'ran' | 'subscribed', ask: (db: Db, ids: readonly string[]) => Promise<(id: string) => T>, none: T) => {
    const ids = rows.filter((row) => row[having]).map(({ id }) => id);
    return ids.length > 0 ? ask(db, ids) : () => none;
  };
  const inHand = await ofThose('in_hand', interactionParts, { interactions: [], leases: [] });
  const told = await ofThose('is_told', toldBySession, { notices: [], asks: [] });
  const runs = await ofThose('ran', runsBySession, []);
  const subscribed = await ofThose('subscribed', subscribedBySession, []);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        seq: row.situation_seq,
        sessionId: row.id,
        status: row.status,
        activity: row.activity_id === null ? null : { id: row.activity_id, since: row.activity_since.getTime() },
        flows: flowsOf(row.flows ?? []),
        pauses: {
          inboundUntil: row.inbound_until?.getTime() ?? 0,
          outboundUntil: row.outbound_until?.getTime() ?? 0,
        },
        ...inHand(row.id),
        next: row.next_profile_id === null ? null : { profileId: row.next_profile_id, name: row.next_name ?? '' },
        ...told(row.id),
        runs: runs(row.id),
        campaigns: { subscribed: subscribed(row.id), quietSince: row.quiet_since.getTime() },
      },
    ]),
  );
}

/** Heads with their situations and, where they are wanted, their people: in one question where nothing is in hand. */
export async function headsWithParts(db: Db, sessionIds: readonly string[], withPeople: boolean): Promise<WithParts[]> {
  const rows = await headRows(db, sessionIds)
    .leftJoin('profile as n', 'n.id', 's.next_profile_id')
    .leftJoin(flowsIn(sessionIds), (join) => join.onRef('w.session_id', '=', 's.id'))
    .select(situationColumns(sessionIds))
    .$if(withPeople, (query) => query.innerJoin('account as c', 'c.id', 'p.account_id').select(personColumns))
    .execute();
  const situations = await situationsOf(db, rows);
  return rows.map((row) => ({
    head: headOf(row),
    person: withPeople ? personOf(row as Parameters<typeof personOf>[0]) : null,
    situation: situations.get(row.id)!,
  }));
}

export interface WithParts {
  readonly head: Head;
  readonly person: PersonPart | null;
  readonly situation: SituationPart;
}

function flowsOf(rows: readonly FlowRow[]): SituationPart['flows'] {
  const flowOf = (channel: Channel) => {
    const row = rows.find((each) => each.channel === channel);
    return { on: row?.on ?? false, forced: row?.by ? { by: row.by, who: row.who } : null };
  };
  return eachChannel(flowOf);
}
