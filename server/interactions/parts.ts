/** What a person is told of the interactions in their hands: part of their situation. */
import { type RawBuilder, sql } from 'kysely';
import type { InteractionView } from '../../lib/api/interaction.ts';
import type { SituationPart } from '../../lib/api/snapshot.ts';
import { type Masks, masked } from '../../lib/interaction/customer.ts';
import { phaseOf } from '../../lib/interaction/machine.ts';
import type { Db } from '../db/connect.ts';
import { activeVersion } from '../session/heads.ts';
import { pendingOf } from './ask.ts';
import type { Interaction } from './change.ts';
import { readable } from './readable.ts';

export interface InteractionParts {
  readonly interactions: SituationPart['interactions'];
  readonly leases: SituationPart['leases'];
}

/** Of these, whether the session `s` has any: what rings there too. */
export const hasInteraction = (ids: readonly string[]): RawBuilder<boolean> => sql<boolean>`(s.id in (
  select i.session_id from interaction i where i.session_id = any(${ids}::uuid[]) and i.state not in ('offered', 'closed')))`;

const NONE: InteractionParts = { interactions: [], leases: [] };

/** By session id, for those that have any; four queries for any number of sessions, one where nobody has anything. */
export async function interactionParts(db: Db, sessionIds: readonly string[]): Promise<(sessionId: string) => InteractionParts> {
  const rows = await rowsIn(db, sessionIds);
  if (rows.length === 0) return () => NONE;
  const ids = rows.map(({ id }) => id);
  const [pending, leases, masks] = await Promise.all([pendingOf(db, ids), leasesOf(db, ids), masksOf(db, rows.map(({ session_id }) => session_id!))]);
  const bySession = Map.groupBy(rows, ({ session_id }) => session_id);
  return (sessionId) => {
    const own = bySession.get(sessionId);
    if (!own) return NONE;
    return {
      interactions: own.map((row) => viewOf(row, pending.get(row.id) ?? null, masks.get(sessionId) ?? ALL_MASKED)),
      leases: leases.filter((lease) => lease.sessionId === sessionId).map(({ control, interactionId }) => ({ control, interactionId })),
    };
  };
}

type Row = Interaction & { readonly queue_name: string | null; readonly unread: number; readonly campaign_name: string | null; readonly target: Readonly<Record<string, unknown>> | null };

/** Only of what is written, since it was accepted: what was there before came with it. */
const unread = sql<number>`case when i.channel = 'voice' then 0 else (
  select count(*) from interaction_message m
  where m.interaction_id = i.id and m.person_id is null and m.at > i.accepted_at and m.id > coalesce(i.read_to, 0)) end`;

const rowsIn = (db: Db, sessionIds: readonly string[]): Promise<Row[]> =>
  db
    .selectFrom('interaction as i')
    .leftJoin('resource as q', 'q.id', 'i.queue_id')
    .selectAll('i')
    .select('q.name as queue_name')
    .select(unread.as('unread'))
    .leftJoin('resource as c', 'c.id', 'i.campaign_id')
    .leftJoin('record as t', 't.id', 'i.target_id')
    .select(['c.name as campaign_name', 't.values as target'])
    .where('i.session_id', '=', sql<string>`any(${sessionIds}::uuid[])`)
    .where('i.state', 'not in', ['offered', 'closed'])
    .orderBy('i.accepted_at', (order) => order.asc().nullsLast())
    .orderBy('i.offered_at')
    .execute();

/** Of one interaction, for the one who has it. */
export async function readView(db: Db, row: Interaction, country: string): Promise<InteractionView | null> {
  if (row.session_id === null) return null;
  const parts = await interactionParts(db, [row.session_id]);
  const view = parts(row.session_id).interactions.find(({ id }) => id === row.id);
  return view ? { ...view, customer: readable(view.customer, country) } : null;
}

function viewOf(row: Row, pending: string | null, masks: Masks): InteractionView {
  const at = (date: Date | null) => date?.getTime() ?? null;
  return {
    id: row.id,
    channel: row.channel,
    phase: phaseOf(row.state)!,
    state: row.state,
    smart: row.smart,
    autoRecorded: row.auto_recorded,
    recording: row.recording,
    muted: row.muted,
    direction: row.direction,
    queue: row.queue_id === null ? null : { id: row.queue_id, name: row.queue_name ?? '' },
    customer: masked(row.customer, masks, row.channel),
    subject: row.subject,
    offeredAt: row.offered_at.getTime(),
    since: row.since.getTime(),
    connectedAt: at(row.connected_at),
    until: at(row.until),
    acceptAt: at(row.accept_at),
    opens: row.opens,
    pending,
    consult: row.consult,
    listeners: row.listeners,
    conference: row.conference,
    unread: row.unread,
    qualification: row.qualification,
    note: row.note,
    ...campaignOf(row),
    from: row.passed_on,
  };
}

function campaignOf({ campaign_id: id, campaign_name, target }: Row): Pick<InteractionView, 'campaign'> {
  if (id === null) return {};
  const { tries, note } = target ?? {};
  return { campaign: { id, name: campaign_name ?? '', tries: typeof tries === 'number' ? tries : 0, note: typeof note === 'string' ? note : '' } };
}

const leasesOf = async (db: Db, interactionIds: readonly string[]) =>
  (await db.selectFrom('lease').select(['session_id', 'interaction_id', 'control']).where('interaction_id', 'in', interactionIds).orderBy('control').execute()).map(
    ({ session_id, interaction_id, control }) => ({ sessionId: session_id, interactionId: interaction_id, control }),
  );

const ALL_MASKED: Masks = { name: true, phone: true, email: true };

/** What each session's active profile masks; everything where there is no profile to ask. */
export async function masksOf(db: Db, sessionIds: readonly string[]): Promise<ReadonlyMap<string, Masks>> {
  const said = (field: string) => sql<boolean>`coalesce(pv.document->'settings'->${field} = 'true'::jsonb, pv.document is null)`;
  const rows = await db
    .selectFrom('session as s')
    .leftJoin('profile as f', 'f.id', 's.profile_id')
    .leftJoin('assignment as a', (join) => join.onRef('a.person_id', '=', 's.person_id').onRef('a.profile_id', '=', 's.profile_id'))
    .leftJoin('profile_version as pv', (join) => join.onRef('pv.profile_id', '=', 'f.id').on('pv.version', '=', activeVersion))
    .where('s.id', '=', sql<string>`any(${sessionIds}::uuid[])`)
    .select(['s.id', said('mask.name').as('name'), said('mask.phone').as('phone'), said('mask.email').as('email')])
    .execute();
  return new Map(rows.map(({ id, ...masks }) => [id, masks]));
}
