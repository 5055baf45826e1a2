/** Rights that supervisors grant for a while: how they begin and how they end. */
import { sql } from 'kysely';
import type { GrantSpan } from '../../lib/api/shapes-supervision.ts';
import { endOfDay } from '../../lib/supervision/day.ts';
import { audit } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { databaseNow } from '../db/now.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Sessions } from '../parts.ts';
import { holdPerson } from '../people/hold.ts';
import { grantCounts } from './allow.ts';
import { tell } from './tell.ts';

export interface Granting {
  readonly accountId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly control: string;
  readonly fields: readonly string[];
  readonly span: GrantSpan;
  readonly interactionId: string | null;
  /** Where the person is: there a day ends. */
  readonly timeZone: string;
  readonly by: string;
}

/**
 * Of a person who is held. For an interaction it ends with the session at the latest, for today at their own midnight: by the
 * database's clock, which says when it is over.
 */
export async function beginGrant(trx: Trx, { accountId, personId, sessionId, control, fields, span, interactionId, timeZone, by }: Granting): Promise<void> {
  const ends = span === 'today' ? { until: new Date(endOfDay(await databaseTime(trx), timeZone)), session_id: null, interaction_id: null } : { until: null, session_id: sessionId, interaction_id: interactionId };
  await trx
    .insertInto('temporary_grant')
    .values({ account_id: accountId, person_id: personId, control, fields: [...fields], span, by_person: by, ended_at: null, ...ends })
    .execute();
  await logAllowed(trx, accountId, personId);
}

async function databaseTime(trx: Trx): Promise<number> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(trx);
  return rows[0]!.now.getTime();
}

/**
 * An interaction is over, and with it what was granted for it alone: from this moment it counts for nothing. To be
 * called in the transaction that closes the interaction; after its commit `look()` of the grant runner puts the person's
 * flows right and tells their banner.
 */
export async function endGrantsOfInteraction(trx: Trx, interactionId: string): Promise<void> {
  await trx
    .updateTable('temporary_grant')
    .set({ until: databaseNow })
    .where('interaction_id', '=', interactionId)
    .where('ended_at', 'is', null)
    .execute();
}

export interface DueGrant {
  readonly id: string;
  readonly account_id: string;
  readonly person_id: string;
}

/** What is over and not put down yet. */
export const dueGrants = (db: Db): Promise<DueGrant[]> =>
  db
    .selectFrom('temporary_grant as g')
    .select(['g.id', 'g.account_id', 'g.person_id'])
    .where('g.ended_at', 'is', null)
    .where((eb) => eb.not(grantCounts))
    .orderBy('g.id')
    .execute();

/** In how many milliseconds the next grant ends; null where none waits for a moment. */
export async function nextEnd(db: Db): Promise<number | null> {
  const { rows } = await sql<{ wait: number | null }>`
    select ceil(extract(epoch from min(until) - clock_timestamp()) * 1000)::float8 as wait from temporary_grant where ended_at is null`.execute(db);
  return rows[0]?.wait ?? null;
}

/** Puts one down as ended, once, whichever hub comes first. @returns whether it was this one */
export async function endGrant(db: Db, due: DueGrant, settlePerson: Sessions['settlePerson']): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { account_id: accountId, person_id: personId } = due;
    // Whoever else ends it waits here, and then finds it ended.
    const there = await holdPerson(trx, accountId, personId).catch(goneAlready);
    if (!there) return false;
    const { rows } = await sql<{ control: string; fields: string[]; over: boolean }>`
      update temporary_grant g set ended_at = clock_timestamp() where g.id = ${due.id}::uuid and g.ended_at is null and not ${grantCounts}
      returning g.control, g.fields, g.session_id is not null and exists (select from session s where s.id = g.session_id and s.closed_at is not null) as over`.execute(trx);
    const ended = rows[0];
    if (!ended) return false;
    const { control, fields, over } = ended;
    await logAllowed(trx, accountId, personId);
    await settlePerson(trx, personId);
    // With its session went whoever would have to be told.
    if (!over) await tell(trx, { accountId, personId, kind: 'grantEnded', by: null, detail: { control } });
    await audit(trx, { accountId, actorId: null, action: 'ask.end', subjectId: personId, before: { control, fields } });
    return true;
  });
}

function goneAlready(error: unknown): null {
  if (error instanceof ProblemError && error.code === 'notFound') return null;
  throw error;
}

/** What the person may is another now; their record is not, so its revision stays. Of a person who is held. */
async function logAllowed(trx: Trx, accountId: string, personId: string): Promise<void> {
  await sql`
    with logged as (
      insert into change_log (account_id, kind, subject_id) values (${accountId}::uuid, 'person', ${personId}::uuid) returning id
    )
    update person set changed_seq = logged.id from logged where person.id = ${personId}::uuid`.execute(trx);
}
