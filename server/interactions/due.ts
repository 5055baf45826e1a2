/** What happens by itself because its time has come. Each in a transaction of its own that looks again: any hub may do it. */
import { sql } from 'kysely';
import { COMMAND_MS } from '../../lib/api/connector.ts';
import { isPreview, withdraw } from '../campaigns/preview.ts';
import type { Db, Trx } from '../db/connect.ts';
import { accept, giveBack, miss } from './accept.ts';
import { settleCommand } from './answers.ts';
import { type Interaction, lockInteraction } from './change.ts';
import { close } from './end.ts';
import type { Engine } from './engine.ts';

/** So many of one kind in one round: what is left is due at once again. */
const AT_ONCE = 100;

/**
 * Does all that is due now.
 *
 * @param switchNext takes the profile that waited for the end of what was in hand
 * @returns the moment at which the next is due, in milliseconds since the epoch; null where nothing waits for its time
 */
export async function doDue(db: Db, engine: Engine, switchNext: (trx: Trx, sessionId: string) => Promise<void>): Promise<number | null> {
  const now = new Date(engine.now());
  const each = async (ids: readonly string[], run: (trx: Trx, row: Interaction) => Promise<unknown>) => {
    for (const id of ids) {
      await db.transaction().execute(async (trx) => {
        const row = await lockInteraction(trx, id);
        if (row) await run(trx, row);
      });
    }
  };
  const due = await dueBy(db, now);
  // Accepting goes before missing: one that accepts itself was not missed.
  await each(due.accept, (trx, row) => acceptDue(trx, row, engine));
  await each(due.miss, async (trx, row) => {
    if (row.state === 'ringing' && row.until !== null && row.until <= now) await miss(trx, row, engine);
  });
  await each(due.close, async (trx, row) => {
    if (row.state === 'wrapup' && row.until !== null && row.until <= now) await close(trx, row, engine);
  });
  await each(due.orphans, async (trx, row) => {
    if (isPreview(row)) await withdraw(trx, row, 'givenBack', engine);
    else if (row.state === 'ringing') await giveBack(trx, row, 'giveBack', null, engine);
    else if (row.state === 'wrapup') await close(trx, row, engine);
  });
  for (const id of due.overdue) await db.transaction().execute((trx) => settleCommand(trx, null, id, { result: 'timeout' }, engine));
  const wasIdle = [due.accept, due.miss, due.close, due.orphans, due.overdue].every((ids) => ids.length === 0);
  const { free, next } = wasIdle ? due : await dueBy(db, new Date(engine.now()));
  for (const id of free) await db.transaction().execute((trx) => switchNext(trx, id));
  return next?.getTime() ?? null;
}

interface Due {
  readonly accept: readonly string[];
  readonly miss: readonly string[];
  readonly close: readonly string[];
  /** At a session that is over: what rang rings elsewhere, and nobody finishes the wrap-up. A live one stays with its person. */
  readonly orphans: readonly string[];
  /** Commands whose connector has not answered in time. */
  readonly overdue: readonly string[];
  /** Sessions with nothing in hand, whose next profile waits for that. */
  readonly free: readonly string[];
  /** The earliest moment that anything waits for; past where more was due than is done in one round. */
  readonly next: Date | null;
}

/**
 * All in one question: it is asked after each change of anybody's, and mostly nothing is due.
 *
 * @param now by the clock that wrote the moments down: the database's may be another
 */
export async function dueBy(db: Db, now: Date): Promise<Due> {
  const most = sql.lit(AT_ONCE);
  const { rows } = await sql<Due>`
    select
      array(select id from interaction where state = 'ringing' and accept_at <= ${now} limit ${most}) as accept,
      array(select id from interaction where state = 'ringing' and until <= ${now} limit ${most}) as miss,
      array(select id from interaction where state = 'wrapup' and until <= ${now} limit ${most}) as close,
      array(
        select i.id from interaction i join session s on s.id = i.session_id
        where i.state in ('ringing', 'wrapup') and s.closed_at is not null limit ${most}) as orphans,
      array(select id from connector_command where settled_at is null and at <= ${new Date(now.getTime() - COMMAND_MS)} limit ${most}) as overdue,
      array(
        select s.id from session s where s.next_profile_id is not null and s.closed_at is null and not exists (
          select from interaction i where i.session_id = s.id and i.state not in ('offered', 'closed')) limit ${most}) as free,
      least(
        (select min(accept_at) from interaction where state = 'ringing'),
        (select min(until) from interaction where state in ('ringing', 'wrapup')),
        (select min(at) + ${`${COMMAND_MS} milliseconds`}::interval from connector_command where settled_at is null),
        (select min(inbound_until) from session where closed_at is null and inbound_until > ${now})
      ) as next`.execute(db);
  return rows[0]!;
}

async function acceptDue(trx: Trx, row: Interaction, engine: Engine): Promise<void> {
  const { session_id: sessionId, person_id: personId, accept_at: at } = row;
  if (row.state !== 'ringing' || at === null || at.getTime() > engine.now() || sessionId === null || personId === null) return;
  await accept(trx, row, { sessionId, personId, view: await engine.profileOf(trx, sessionId) }, engine);
}
