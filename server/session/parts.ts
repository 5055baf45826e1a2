import { sql } from 'kysely';
import type { PersonPart, SituationPart } from '../../lib/api/snapshot.ts';
import type { Channel } from '../../lib/catalogue/index.ts';
import { eachChannel, type Person } from '../../lib/decide/index.ts';
import { subscribedBySession } from '../campaigns/parts.ts';
import type { Db } from '../db/connect.ts';
import { runsBySession } from '../buttons/runs.ts';
import { interactionParts } from '../interactions/parts.ts';
import { allowedNow } from '../supervision/allow.ts';
import { toldBySession } from '../supervision/told.ts';

interface AssignedRow {
  readonly id: string;
  readonly name: string;
  readonly atLogin: boolean;
}

/** The person parts of some people, by person id. */
export async function personParts(db: Db, personIds: readonly string[]): Promise<Map<string, PersonPart>> {
  const rows = await db
    .selectFrom('person as p')
    .innerJoin('account as c', 'c.id', 'p.account_id')
    .where('p.id', '=', sql<string>`any(${personIds}::uuid[])`)
    .select(['p.id', 'p.name', 'p.email', 'p.licence', 'p.type', 'p.deny', 'p.changed_seq'])
    .select(allowedNow.as('allow'))
    .select(['c.id as account_id', 'c.name as account_name', 'c.options', 'c.currency', 'c.currency_decimals'])
    .select(
      sql<AssignedRow[]>`coalesce((
        select json_agg(json_build_object('id', f.id, 'name', f.name, 'atLogin', a.at_login)
                        order by a.at_login desc, lower(f.name))
        from assignment a join profile f on f.id = a.profile_id
        where a.person_id = p.id and f.current_version is not null and not f.archived), '[]')`.as('profiles'),
    )
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        seq: row.changed_seq,
        id: row.id,
        name: row.name,
        email: row.email,
        licence: row.licence,
        type: row.type,
        allow: row.allow,
        deny: row.deny,
        account: {
          id: row.account_id,
          name: row.account_name,
          options: row.options as PersonPart['account']['options'],
          currency: { code: row.currency, decimals: row.currency_decimals },
        },
        profiles: row.profiles,
      },
    ]),
  );
}

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

/** The situation parts of some sessions, by session id. */
export async function situationParts(db: Db, sessionIds: readonly string[]): Promise<Map<string, SituationPart>> {
  const rows = await db
    .selectFrom('session as s')
    .leftJoin('profile as n', 'n.id', 's.next_profile_id')
    .where('s.id', '=', sql<string>`any(${sessionIds}::uuid[])`)
    .select(['s.next_profile_id', 'n.name as next_name'])
    .select(['s.id', 's.situation_seq', 's.status', 's.activity_id', 's.activity_since', 's.inbound_until', 's.outbound_until', 's.quiet_since'])
    .execute();
  const flows = Map.groupBy(await flowRows(db, sessionIds), (row) => row.session_id);
  const inHand = await interactionParts(db, sessionIds);
  const told = await toldBySession(db, sessionIds);
  const runs = await runsBySession(db, sessionIds);
  const subscribed = await subscribedBySession(db, sessionIds);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        seq: row.situation_seq,
        sessionId: row.id,
        status: row.status,
        activity: row.activity_id === null ? null : { id: row.activity_id, since: row.activity_since.getTime() },
        flows: flowsOf(flows.get(row.id) ?? []),
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

/** One query for all, not one a session: thousands may be asked for at once. */
const flowRows = (db: Db, sessionIds: readonly string[]) =>
  db
    .selectFrom('session_flow as w')
    .leftJoin('person as by', 'by.id', 'w.forced_by_person')
    .where('w.session_id', '=', sql<string>`any(${sessionIds}::uuid[])`)
    .select(['w.session_id', 'w.channel', 'w.is_on as on', 'w.forced_by as by', 'by.name as who'])
    .execute();

type FlowRow = Awaited<ReturnType<typeof flowRows>>[number];

function flowsOf(rows: readonly FlowRow[]): SituationPart['flows'] {
  const flowOf = (channel: Channel) => {
    const row = rows.find((each) => each.channel === channel);
    return { on: row?.on ?? false, forced: row?.by ? { by: row.by, who: row.who } : null };
  };
  return eachChannel(flowOf);
}
