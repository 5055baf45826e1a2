import { sql } from 'kysely';
import { audit, logChange } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import { loggedSessions } from '../session/log-session.ts';
import type { Actor, Settle } from './drafts.ts';
import { holdProfile } from './find.ts';
import { receiptsOf } from './receipts.ts';

/**
 * Pushes the published version again, with its resources as they are now.
 *
 * @param only `unapplied`: to those alone whose receipt says that it failed or is not done; who is signed out gets it on
 *   coming back
 * @returns to how many it is pushed
 * @throws {ProblemError} notFound: never published
 */
export async function refreshProfile(
  trx: Trx,
  actor: Actor,
  profileId: string,
  only: 'everyone' | 'unapplied',
  settle: Settle,
): Promise<{ version: number; people: number }> {
  const { current_version: version } = await holdProfile(trx, actor.accountId, profileId);
  if (version === null) throw new ProblemError('notFound', { detail: 'The profile was never published.' });
  const people = only === 'everyone' ? await pushToAll(trx, actor, profileId, version, settle) : await pushToUnapplied(trx, actor, profileId, version);
  const after = { version, people, ...(only === 'everyone' ? {} : { only }) };
  await audit(trx, { accountId: actor.accountId, actorId: actor.personId, action: 'profile.refresh', subjectId: profileId, after });
  return { version, people };
}

async function pushToAll(trx: Trx, { accountId }: Actor, profileId: string, version: number, settle: Settle): Promise<number> {
  const seq = await logChange(trx, { accountId, kind: 'profile', subjectId: profileId, detail: { version } });
  await trx.updateTable('profile').set({ published_seq: seq, pushed_at: sql<Date>`now()` }).where('id', '=', profileId).execute();
  await settle(trx, profileId);
  const { people } = await trx
    .selectFrom('session')
    .select((e) => e.fn.countAll<number>().as('people'))
    .where('profile_id', '=', profileId)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return people;
}

/**
 * A session whose own seq has grown is sent its profile anew; the others are left in peace. Whose receipts are looked for
 * is asked first and by itself: of a version published just now the planner knows nothing, and would join thousands of
 * rows with each other one by one.
 */
async function pushToUnapplied(trx: Trx, { accountId }: Actor, profileId: string, version: number): Promise<number> {
  const { rows: unapplied } = await sql<{ person_id: string }>`
    select r.person_id from ${receiptsOf(profileId, version)} r where r.state not in ('applied', 'leased')`.execute(trx);
  const { rows } = await sql<{ id: string; person_id: string }>`
    select s.id, s.person_id from session s
      join assignment a on a.person_id = s.person_id and a.profile_id = s.profile_id and a.pinned_version is null
    where s.person_id = any(${unapplied.map((row) => row.person_id)}::uuid[]) and s.profile_id = ${profileId}::uuid and s.closed_at is null
    order by s.id for no key update of s`.execute(trx);
  await sql`
    with ${loggedSessions(accountId, rows.map(({ id }) => id))}
    update session set profile_seq = logged.id from logged where session.id = logged.subject_id`.execute(trx);
  await sql`
    update receipt set state = 'queued', at = now()
    where profile_id = ${profileId}::uuid and version = ${version} and person_id = any(${rows.map((row) => row.person_id)}::uuid[])
      and state not in ('applied', 'leased')`.execute(trx);
  return rows.length;
}
