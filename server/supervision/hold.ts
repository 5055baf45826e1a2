import { isInReach, supervising, workedOn } from '../../lib/supervision/reach.ts';
import { isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import { holdSessions } from '../session/hold.ts';
import { type WholeSession, wholeSession } from '../session/lock.ts';
import type { Snapshots } from '../session/snapshots.ts';

interface Asking {
  readonly trx: Trx;
  readonly snapshots: Snapshots;
  /** The supervisor's session, as it was when the request began. */
  readonly session: { readonly id: string; readonly account_id: string };
  /** Locks it and decides by it. */
  readonly hold: () => Promise<WholeSession>;
}

export interface Reached {
  readonly own: WholeSession;
  readonly theirs: WholeSession;
}

/**
 * A supervisor and one of their people, both sessions locked to the end of the transaction. Profiles and people are
 * locked before it; the two sessions in the order of their ids, as everywhere, for they may be supervising each other.
 *
 * @throws {ProblemError} supervision.outOfReach; supervision.away; whatever `hold` refuses with
 */
export async function holdReached({ trx, snapshots, session, hold }: Asking, personId: string): Promise<Reached> {
  if (!isUuid(personId)) throw outOfReach();
  const open = () => trx.selectFrom('session').select('id').where('person_id', '=', personId).where('account_id', '=', session.account_id).where('closed_at', 'is', null);
  const found = await open().executeTakeFirst();
  if (found) await holdSessions(trx, [session.id, found.id]);
  const own = await hold();
  // Closed while its lock was waited for: it is nobody's session any more, least of all the supervisor's own.
  const still = found && (await open().where('id', '=', found.id).executeTakeFirst());
  if (!still) throw await awayOrOut(trx, own, personId);
  const theirs = await wholeSession(trx, snapshots, still.id);
  if (!isInReach(await supervisorIn(trx, own), { personId, ...workedOn(viewOf(theirs)), teams: await teamsOf(trx, personId) })) throw outOfReach();
  return { own, theirs };
}

const viewOf = ({ profile }: WholeSession) => profile.active?.view ?? 'none';

async function supervisorIn(db: Db, own: WholeSession) {
  const { id: personId, type } = own.person;
  return { personId, type, ...supervising(viewOf(own)), manages: await teamsOf(db, personId, true) };
}

async function teamsOf(db: Db, personId: string, managed = false): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('team_member')
    .select('team_id')
    .where('person_id', '=', personId)
    .$if(managed, (query) => query.where('manages', '=', true))
    .execute();
  return rows.map(({ team_id }) => team_id);
}

/** That somebody is not signed in is said only to whoever would otherwise see that they are. */
async function awayOrOut(db: Db, own: WholeSession, personId: string): Promise<ProblemError> {
  const { manages, type } = await supervisorIn(db, own);
  const known = await db.selectFrom('person').select('id').where('id', '=', personId).where('account_id', '=', own.person.account.id).executeTakeFirst();
  const theirs = type === 'administrator' || (await teamsOf(db, personId)).some((team) => manages.includes(team));
  return known && theirs ? new ProblemError('supervision.away', { detail: 'This person is not signed in.' }) : outOfReach();
}

const outOfReach = () =>
  new ProblemError('supervision.outOfReach', { detail: 'On no queue or campaign that you supervise, or in none of your teams.' });
