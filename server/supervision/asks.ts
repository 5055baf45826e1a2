/** "Ask for this": what somebody lacks by their profile, asked of a supervisor and granted for a while. */
import { sql } from 'kysely';
import type { GrantSpan } from '../../lib/api/shapes-supervision.ts';
import { findControl, personOf, rightsOf } from '../../lib/decide/index.ts';
import { fieldsAsked } from '../../lib/supervision/asking.ts';
import { isTimeZone, ownTimeZone } from '../../lib/supervision/day.ts';
import { audit, isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { databaseNow } from '../db/now.ts';
import type { OpenSession } from '../http/handler.ts';
import { ProblemError } from '../http/problem-error.ts';
import { holdPerson } from '../people/hold.ts';
import { grantRefused } from '../profiles/grants.ts';
import { requireControl } from '../session/decided.ts';
import { holdSessions } from '../session/hold.ts';
import { lockSession, type WholeSession } from '../session/lock.ts';
import { situationOf } from '../session/situation.ts';
import type { Snapshots } from '../session/snapshots.ts';
import type { Views } from '../session/views.ts';
import { beginGrant } from './grants.ts';
import { holdReached } from './hold.ts';
import { readAtWork } from './roster.ts';
import { supervisorsOf } from './state.ts';
import { tell, touchSession } from './tell.ts';

interface Deps {
  readonly snapshots: Snapshots;
  readonly views: Views;
  readonly now: () => number;
}

const situationIn = ({ situation, profile }: WholeSession, now: number) => situationOf(situation, profile.active?.view ?? null, now);
const fieldsFor = (control: string, whole: WholeSession, now: number) =>
  fieldsAsked(control, whole.profile.active?.view ?? 'none', personOf(whole.person), situationIn(whole, now));

export interface Asked {
  readonly control: string;
  readonly note?: string | undefined;
  /** Where the person is. One that this hub does not know is no reason to refuse what they ask for. */
  readonly timeZone?: string | undefined;
}

/** Asks, and tells every supervisor who is signed in and has the person in reach. @returns the id of the ask. @throws {ProblemError} control.unknown, ask.notAskable, ask.waiting */
export async function makeAsk(trx: Trx, session: OpenSession, { control, note = '', timeZone }: Asked, { snapshots, views, now }: Deps): Promise<string> {
  if (!findControl(control)) throw new ProblemError('control.unknown', { detail: 'There is no such control.' });
  const { account_id: accountId, person_id: personId } = session;
  const supervisors = supervisorsOf({ ...(await readAtWork(trx, accountId, views)), now: now() }, session.id);
  await holdSessions(trx, [session.id, ...supervisors.map(({ sessionId }) => sessionId)]);
  const whole = await lockSession(trx, snapshots, session.id);
  const fields = fieldsFor(control, whole, now());
  if (!fields) throw new ProblemError('ask.notAskable', { detail: 'It is not the profile alone that keeps this away.' });
  const interaction = situationIn(whole, now()).interaction?.id;
  const made = await trx
    .insertInto('ask')
    .values({
      account_id: accountId,
      person_id: personId,
      session_id: session.id,
      control,
      note,
      interaction_id: interaction && isUuid(interaction) ? interaction : null,
      answer: null,
      answered_at: null,
      answered_by: null,
      // Settled now, so that it says the same on whichever hub it is answered.
      time_zone: timeZone !== undefined && isTimeZone(timeZone) ? timeZone : ownTimeZone(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new ProblemError('ask.waiting', { detail: 'This is asked for already.' });
  await touchSession(trx, accountId, personId);
  for (const supervisor of supervisors) await tell(trx, { accountId, personId: supervisor.personId, kind: 'asked', by: personId, why: note, detail: { control } });
  await audit(trx, { accountId, actorId: personId, action: 'ask.make', subjectId: personId, after: { control, fields, ...(note ? { why: note } : {}) } });
  return made.id;
}

export interface Answer {
  readonly askId: string;
  /** Null to decline. */
  readonly grant: GrantSpan | null;
  readonly note?: string | undefined;
}

/**
 * Takes back what one has asked for: supervisors who have not been told of it yet never are. Twice is the same as once.
 *
 * @throws {ProblemError} notFound: nothing that this person asked for; ask.over: answered already
 */
export async function withdrawAsk(trx: Trx, session: OpenSession, askId: string): Promise<void> {
  const { account_id: accountId, person_id: personId } = session;
  const own = () => trx.selectFrom('ask').select(['control', 'answer', 'at']).where('id', '=', askId).where('person_id', '=', personId);
  const asked = isUuid(askId) ? await own().executeTakeFirst() : undefined;
  if (!asked) throw new ProblemError('notFound');
  const unread = trx
    .selectFrom('notice')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'asked')
    .where('by_person', '=', personId)
    .where('seen_at', 'is', null)
    .where('at', '>=', asked.at)
    .where(sql<string>`detail->>'control'`, '=', asked.control);
  const told = await unread.select('person_id').execute();
  const sessions = trx.selectFrom('session').select('id').where('closed_at', 'is', null).where('person_id', 'in', [personId, ...told.map((row) => row.person_id)]);
  await holdSessions(trx, (await sessions.execute()).map(({ id }) => id));
  const { answer } = await own().forUpdate().executeTakeFirstOrThrow();
  if (answer === 'withdrawn') return;
  if (answer !== null) throw over();
  await trx.updateTable('ask').set({ answer: 'withdrawn', answered_at: databaseNow, answered_by: personId }).where('id', '=', askId).execute();
  await trx.deleteFrom('notice').where('id', 'in', unread.select('id')).execute();
  for (const each of new Set([personId, ...told.map((row) => row.person_id)])) await touchSession(trx, accountId, each);
  await audit(trx, { accountId, actorId: personId, action: 'ask.withdraw', subjectId: personId, before: { control: asked.control } });
}

/** @throws {ProblemError} notFound, ask.over, ask.withdrawn, ask.interactionOver, grant.refused with the fields, supervision.outOfReach, control.refused */
export async function answerAsk(trx: Trx, session: OpenSession, { askId, grant, note = '' }: Answer, { snapshots, now }: Deps): Promise<void> {
  const { account_id: accountId, person_id: by } = session;
  const asked = isUuid(askId)
    ? await trx.selectFrom('ask').select(['person_id', 'session_id']).where('id', '=', askId).where('account_id', '=', accountId).executeTakeFirst()
    : undefined;
  if (!asked) throw new ProblemError('notFound');
  // What they may is about to change: the person, and their profiles, before any session.
  if (grant) await holdPerson(trx, accountId, asked.person_id);
  const hold = async () => {
    const own = await lockSession(trx, snapshots, session.id);
    requireControl('mod.supervision', own, now());
    return own;
  };
  const { own, theirs } = await holdReached({ trx, snapshots, session, hold }, asked.person_id);
  const ask = await trx.selectFrom('ask').select(['control', 'interaction_id', 'answer', 'time_zone']).where('id', '=', askId).forUpdate().executeTakeFirst();
  if (ask?.answer === 'withdrawn') throw new ProblemError('ask.withdrawn', { detail: 'Whoever asked for this has withdrawn it.' });
  if (!ask || ask.answer !== null || theirs.head.sessionId !== asked.session_id) throw over();
  const { control, interaction_id: interactionId } = ask;
  const timeZone = ask.time_zone ?? ownTimeZone();
  const personId = asked.person_id;
  const fields = grant ? fieldsFor(control, theirs, now()) : [];
  if (!fields) throw over();
  if (grant) {
    await refuseBeyondOwn(trx, own, fields);
    if (grant === 'interaction' && interactionId !== null) await refuseOver(trx, interactionId);
    await beginGrant(trx, { accountId, personId, sessionId: asked.session_id, control, fields, span: grant, interactionId, timeZone, by });
  }
  await trx.updateTable('ask').set({ answer: grant ?? 'declined', answered_at: databaseNow, answered_by: by }).where('id', '=', askId).execute();
  const kind = grant === null ? 'declined' : grant === 'today' ? 'grantedToday' : 'grantedInteraction';
  await tell(trx, { accountId, personId, kind, by, why: note, detail: { control } });
  const said = { control, ...(grant ? { fields, grant } : {}), ...(note ? { why: note } : {}) };
  await audit(trx, { accountId, actorId: by, action: grant ? 'ask.grant' : 'ask.decline', subjectId: personId, after: said });
}

const over = () => new ProblemError('ask.over', { detail: 'This was answered already, or there is nothing to grant any more.' });

/** What was granted for an interaction ends as that does, and would not end any more. Whoever closes it is waited for, or waits. @throws {ProblemError} ask.interactionOver */
async function refuseOver(trx: Trx, interactionId: string): Promise<void> {
  const interaction = await trx.selectFrom('interaction').select('state').where('id', '=', interactionId).forShare().executeTakeFirst();
  if (interaction && interaction.state !== 'closed') return;
  throw new ProblemError('ask.interactionOver', { detail: 'The interaction that this was asked for is over. It can be granted for today, or declined.' });
}

/**
 * Nobody gives what they lack, nor passes on what they were given for a while themselves: it would outlive their own.
 *
 * @throws {ProblemError} grant.refused, with the fields
 */
async function refuseBeyondOwn(db: Db, own: WholeSession, fields: readonly string[]): Promise<void> {
  const { allow } = await db.selectFrom('person').select('allow').where('id', '=', own.person.id).executeTakeFirstOrThrow();
  const { granted } = rightsOf(own.profile.active?.view ?? 'none', { ...personOf(own.person), allow });
  const beyond = fields.filter((field) => !granted(field));
  if (beyond.length > 0) throw grantRefused(beyond);
}
