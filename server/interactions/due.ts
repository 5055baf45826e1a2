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
  const ids = async (of: ReturnType<typeof sql<{ id: string }>>) => (await of.execute(db)).rows.map(({ id }) => id);

  // Accepting goes before missing: one that accepts itself was not missed.
  await each(await ids(sql`select id from interaction where state = 'ringing' and accept_at <= ${now} limit ${AT_ONCE}`), (trx, row) => acceptDue(trx, row, engine));
  await each(await ids(sql`select id from interaction where state = 'ringing' and until <= ${now} limit ${AT_ONCE}`), async (trx, row) => {
    if (row.state === 'ringing' && row.until !== null && row.until <= now) await miss(trx, row, engine);
  });
  await each(await ids(sql`select id from interaction where state = 'wrapup' and until <= ${now} limit ${AT_ONCE}`), async (trx, row) => {
    if (row.state === 'wrapup' && row.until !== null && row.until <= now) await close(trx, row, engine);
  });
  await each(await ids(ORPHANS), async (trx, row) => {
    if (isPreview(row)) await withdraw(trx, row, 'givenBack', engine);
    else if (row.state === 'ringing') await giveBack(trx, row, 'giveBack', null, engine);
    else if (row.state === 'wrapup') await close(trx, row, engine);
  });
  const overdue = new Date(engine.now() - COMMAND_MS);
  for (const id of await ids(sql`select id from connector_command where settled_at is null and at <= ${overdue} limit ${AT_ONCE}`)) {
    await db.transaction().execute((trx) => settleCommand(trx, null, id, { result: 'timeout' }, engine));
  }
  for (const id of await ids(FREE_FOR_NEXT)) await db.transaction().execute((trx) => switchNext(trx, id));
  return nextDue(db, engine.now());
}

async function acceptDue(trx: Trx, row: Interaction, engine: Engine): Promise<void> {
  const { session_id: sessionId, person_id: personId, accept_at: at } = row;
  if (row.state !== 'ringing' || at === null || at.getTime() > engine.now() || sessionId === null || personId === null) return;
  await accept(trx, row, { sessionId, personId, view: await engine.profileOf(trx, sessionId) }, engine);
}

/** At a session that is over: what rang rings elsewhere, and nobody finishes the wrap-up. A live one stays with its person. */
const ORPHANS = sql<{ id: string }>`
  select i.id from interaction i join session s on s.id = i.session_id
  where i.state in ('ringing', 'wrapup') and s.closed_at is not null limit ${sql.lit(AT_ONCE)}`;

const FREE_FOR_NEXT = sql<{ id: string }>`
  select s.id from session s where s.next_profile_id is not null and s.closed_at is null and not exists (
    select from interaction i where i.session_id = s.id and i.state not in ('offered', 'closed')) limit ${sql.lit(AT_ONCE)}`;

/** @param now by the clock that wrote them down: the database's may be another */
export async function nextDue(db: Db, now: number): Promise<number | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least(
      (select min(accept_at) from interaction where state = 'ringing'),
      (select min(until) from interaction where state in ('ringing', 'wrapup')),
      (select min(at) + ${`${COMMAND_MS} milliseconds`}::interval from connector_command where settled_at is null),
      (select min(inbound_until) from session where closed_at is null and inbound_until > ${new Date(now)})
    ) as at`.execute(db);
  return rows[0]?.at?.getTime() ?? null;
}
