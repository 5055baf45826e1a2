import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { logChange } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import { IN_HAND } from '../interactions/in-hand.ts';
import { closeIdleSessions, closeSessionsOf } from './close.ts';
import type { ActiveVersion } from './heads.ts';
import { lockProfiles } from './lock.ts';
import { peopleByRights } from './parts.ts';
import { startOn, writeFlows } from './start.ts';
import type { Views } from './views.ts';

export interface Opening {
  readonly personId: string;
  readonly accountId: string;
  /** How the person would know the browser: "Firefox on Linux". */
  readonly browser: string;
  readonly takeOver: boolean;
  /** The session this browser had. */
  readonly resume: string | null;
}

/**
 * Opens the session of a person, or gives back the one this browser has. The account's row stays locked to the end of
 * the transaction: of openings at the same time each counts the licences that the others have taken.
 *
 * @returns the id of the session
 * @throws {ProblemError} session.elsewhere, with the browser that has it and since when; licence.full
 */
export async function openSession(trx: Trx, opening: Opening, deps: { views: Views; idleSec: number; now: () => number }): Promise<string> {
  const { personId, accountId, browser } = opening;
  const account = await trx
    .selectFrom('account')
    .select(['licences'])
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  // Profiles are always locked before sessions, as a publish does: so neither waits for the other for ever.
  const active = await profileAtLogin(trx, personId, { hold: holdPerson });
  const existing = await openSessionRow(trx, personId, deps.idleSec);
  if (existing) {
    if (existing.id === opening.resume) {
      await trx.updateTable('session').set({ seen_at: sql`now()`, browser }).where('id', '=', existing.id).execute();
      return existing.id;
    }
    if (!existing.idle && !opening.takeOver) {
      throw new ProblemError('session.elsewhere', { browser: existing.browser, since: existing.opened_at.getTime() });
    }
    await closeSessionsOf(trx, personId, existing.idle ? 'idle' : 'takenOver');
  }
  await takeLicence(trx, accountId, account.licences, deps.idleSec);
  return insertSession(trx, opening, active, deps);
}

/** A change to what the person may waits, or is waited for: a session begins by the rights that they have then. */
async function holdPerson(trx: Trx, personId: string): Promise<void> {
  const person = await trx.selectFrom('person').select('disabled').where('id', '=', personId).forShare().executeTakeFirst();
  if (!person || person.disabled) throw new ProblemError('auth.unknownPerson');
}

const openSessionRow = (trx: Trx, personId: string, idleSec: number) =>
  trx
    .selectFrom('session')
    .select(['id', 'browser', 'opened_at'])
    .select(sql<boolean>`seen_at < now() - make_interval(secs => ${idleSec})`.as('idle'))
    .where('person_id', '=', personId)
    .where('closed_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();

/** A session that nothing is heard of any more does not stand in the way until it is swept. */
async function takeLicence(trx: Trx, accountId: string, licences: number, idleSec: number): Promise<void> {
  if ((await countOpen(trx, accountId)) < licences) return;
  await closeIdleSessions(trx, idleSec, accountId);
  if ((await countOpen(trx, accountId)) < licences) return;
  throw new ProblemError('licence.full', {
    detail: `All ${licences} licences of the account are in use: somebody has to sign out first.`,
    licences,
  });
}

async function countOpen(trx: Trx, accountId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('session')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

async function insertSession(
  trx: Trx,
  { personId, accountId, browser }: Opening,
  active: ActiveVersion | null,
  { views, now }: { readonly views: Views; readonly now: () => number },
): Promise<string> {
  const view = active ? ((await views.of(trx, active))?.view ?? null) : null;
  const person = (await peopleByRights(trx, [personId])).get(personId);
  if (!person) throw new ProblemError('auth.unknownPerson');
  const start = startOn(view, person);
  const id = randomUUID();
  const seq = await logChange(trx, { accountId, kind: 'session', subjectId: id });
  // By the hub's clock, which they are read by. When it was seen is the database's alone.
  const at = new Date(now());
  await trx
    .insertInto('session')
    .values({
      id,
      account_id: accountId,
      person_id: personId,
      browser,
      profile_id: active?.profileId ?? null,
      activity_id: start.activityId,
      profile_seq: seq,
      situation_seq: seq,
      opened_at: at,
      activity_since: at,
      idle_since: at,
      quiet_since: at,
    })
    .execute();
  await writeFlows(trx, new Map([[id, start.flows]]));
  // What the person has in hand stays theirs, in whichever browser.
  await trx.updateTable('interaction as i').set({ session_id: id }).where('i.person_id', '=', personId).where(IN_HAND).execute();
  return id;
}

/**
 * The profile that a person starts with, locked against a publish until the session is on it: the one at login, else
 * the only one there is, else none.
 *
 * @param options.hold locks the person too, where that is wanted
 */
export async function profileAtLogin(
  trx: Trx,
  personId: string,
  { onlyAtLogin = false, hold = async () => {} }: { readonly onlyAtLogin?: boolean; readonly hold?: typeof holdPerson } = {},
): Promise<ActiveVersion | null> {
  const held = await trx.selectFrom('assignment').select('profile_id').where('person_id', '=', personId).execute();
  await lockProfiles(trx, held.map((row) => row.profile_id));
  // Between the profiles and what is assigned: see lockProfiles.
  await hold(trx, personId);
  const assigned = await trx
    .selectFrom('assignment as a')
    .innerJoin('profile as f', 'f.id', 'a.profile_id')
    .where('a.person_id', '=', personId)
    .where('f.archived', '=', false)
    .where('f.current_version', 'is not', null)
    .select(['f.id', 'a.at_login', 'a.pinned_version', 'f.current_version', 'f.published_seq'])
    .forShare('a')
    .execute();
  const alone = assigned.length === 1 && !onlyAtLogin ? assigned[0] : undefined;
  const chosen = assigned.find((row) => row.at_login) ?? alone;
  if (!chosen) return null;
  return {
    profileId: chosen.id,
    version: chosen.pinned_version ?? (chosen.current_version as number),
    publishedSeq: chosen.published_seq,
  };
}
