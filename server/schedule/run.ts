import type { Selectable } from 'kysely';
import { everyConsoleRight } from '../../lib/decide/console.ts';
import { isSameDocument } from '../../lib/profile/canonical.ts';
import type { Db, Trx } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import { requireRight } from '../http/console.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Actor, Settle } from '../profiles/drafts.ts';
import { holdProfile, type ProfileRow } from '../profiles/find.ts';
import { refuseBeyond } from '../profiles/grants.ts';
import { publishDocument, publishedDocument, readVersion } from '../profiles/publish.ts';
import type { ReadConsoleRights } from '../session/console-rights.ts';
import { endSchedule, planRollBack, versionBefore } from './plan.ts';

export interface RunDependencies {
  readonly settle: Settle;
  readonly consoleRights: ReadConsoleRights;
}

export interface Due {
  readonly id: string;
  readonly account_id: string;
  readonly profile_id: string;
}

type Row = Selectable<Database['schedule']>;
export type Outcome = 'published' | 'overtaken' | 'failed' | 'gone';

/**
 * Does what is due, in one transaction with what it changes; refused, it is marked as failed with the problem's code.
 * Whoever else runs the same meanwhile waits for the profile, and finds it done.
 *
 * @throws what is no refusal: it is left waiting
 */
export async function runDue(db: Db, due: Due, deps: RunDependencies): Promise<Outcome> {
  try {
    return await db.transaction().execute((trx) => runIn(trx, due, deps));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // Without its profile it is gone itself.
    if (error.code === 'notFound') return 'gone';
    await db.transaction().execute(async (trx) => {
      if (await holdWaiting(trx, due)) await endSchedule(trx, due.id, 'failed', error.code);
    });
    return 'failed';
  }
}

async function runIn(trx: Trx, due: Due, deps: RunDependencies): Promise<Outcome> {
  const held = await holdWaiting(trx, due);
  if (!held) return 'gone';
  const { profile, row } = held;
  if (row.what === 'publish') await publishNow(trx, profile, row, deps);
  else if (profile.current_version === row.from_version) await rollBackNow(trx, profile, row, deps);
  else {
    await endSchedule(trx, row.id, 'overtaken');
    return 'overtaken';
  }
  await endSchedule(trx, row.id, 'done');
  return 'published';
}

/** The profile first, as everywhere: only who holds it may look at what waits for it. */
async function holdWaiting(trx: Trx, due: Due): Promise<{ profile: ProfileRow; row: Row } | null> {
  const profile = await holdProfile(trx, due.account_id, due.profile_id);
  const row = await trx.selectFrom('schedule').selectAll().where('id', '=', due.id).where('state', '=', 'waiting').forUpdate().executeTakeFirst();
  return row ? { profile, row } : null;
}

async function publishNow(trx: Trx, profile: ProfileRow, row: Row, { settle, consoleRights }: RunDependencies): Promise<void> {
  const document = row.document!;
  const actor = await authorOf(trx, row, consoleRights);
  // What they may is asked again: a publish in a week is not allowed by who one was today.
  requireRight(actor.rights, 'profiles.publish');
  refuseBeyond(actor.rights, await publishedDocument(trx, profile), document);
  const back = await versionBefore(trx, profile.id, profile.current_version);
  const draft = await trx.selectFrom('profile_draft').select('document').where('profile_id', '=', profile.id).executeTakeFirst();
  if (draft && isSameDocument(draft.document, document)) {
    await trx.deleteFrom('profile_draft').where('profile_id', '=', profile.id).execute();
  }
  const { message, to_whom: to, emergency } = row;
  const { version } = await publishDocument(trx, actor, profile, document, { message, to, emergency, schedule: row.id }, settle);
  if (row.until && back !== null) await planRollBack(trx, actor, profile.id, { at: row.until, from: version, back, emergency });
}

/** Everybody had it before, and has it again: nobody's rights are asked. */
async function rollBackNow(trx: Trx, profile: ProfileRow, row: Row, { settle }: RunDependencies): Promise<void> {
  const actor: Actor = { accountId: row.account_id, personId: row.by_person, rights: everyConsoleRight };
  const back = row.back_version!;
  const { document } = await readVersion(trx, profile.id, back);
  await publishDocument(trx, actor, profile, document, { emergency: row.emergency, schedule: row.id }, settle, back);
}

/** @throws {ProblemError} forbidden: whoever asked for it is not here any more */
async function authorOf(trx: Trx, { account_id: accountId, by_person: personId }: Row, consoleRights: ReadConsoleRights): Promise<Actor> {
  if (personId === null) return { accountId, personId, rights: everyConsoleRight };
  const person = await trx.selectFrom('person').select(['type', 'disabled']).where('id', '=', personId).executeTakeFirst();
  if (!person || person.disabled) throw new ProblemError('forbidden', { detail: 'Who asked for it is not here any more.' });
  return { accountId, personId, rights: await consoleRights(trx, { personId, type: person.type }) };
}
