/** What is to become of a profile at a time: asked for, called off. The profile is held before its schedules, always. */
import { audit, isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import { type Actor, readDraft, refuseOtherRevision, type Settle } from '../profiles/drafts.ts';
import { holdProfile } from '../profiles/find.ts';
import { refuseBeyond } from '../profiles/grants.ts';
import { refuseTakenName } from '../profiles/names.ts';
import { publishDraft, publishedDocument, type PublishOptions, type VersionSummary } from '../profiles/publish.ts';
import { refuseUnpublishable } from '../profiles/validate.ts';
import { readSchedule, type Schedule } from './rows.ts';

export interface ScheduleOptions extends PublishOptions {
  /** Milliseconds since the epoch, both. */
  readonly at: number;
  readonly until?: number | undefined;
}

/**
 * Keeps the draft as it is now, to be published at a time. It goes on as a draft.
 *
 * @param ifMatch the draft that was read, where it matters
 * @throws {ProblemError} schedule.past, draft.none, draft.conflict, document.invalid, profile.nameTaken, profile.archived,
 *   grant.refused
 */
export async function schedulePublish(trx: Trx, actor: Actor, profileId: string, ifMatch: string | null, options: ScheduleOptions, now: number): Promise<Schedule> {
  const { at, until, message = '', to = 'everyone', emergency = false } = options;
  refusePast(at, now);
  if (until !== undefined) refusePast(until, at);
  const profile = await holdProfile(trx, actor.accountId, profileId);
  if (profile.archived) throw new ProblemError('profile.archived', { detail: 'An archived profile is not published.' });
  if (ifMatch !== null) refuseOtherRevision(profile, ifMatch);
  if (until !== undefined && profile.current_version === null) throw nothingBefore();
  const kept = await trx.selectFrom('profile_draft').select('profile_id').where('profile_id', '=', profile.id).executeTakeFirst();
  if (!kept) throw new ProblemError('draft.none', { detail: 'There is no draft to publish.' });
  const { document } = await readDraft(trx, profile);
  refuseUnpublishable(document);
  await refuseTakenName(trx, profile, document.settings['general.name']!.trim());
  refuseBeyond(actor.rights, await publishedDocument(trx, profile), document);
  const { id } = await trx
    .insertInto('schedule')
    .values({
      ...ofProfile(actor, profile.id),
      what: 'publish',
      at: new Date(at),
      until: until === undefined ? null : new Date(until),
      document: JSON.stringify(document),
      to_whom: to,
      emergency,
      message,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await auditSchedule(trx, actor, profile.id, 'profile.schedule', { schedule: id, at, until: until ?? null, to, emergency, message });
  return readSchedule(trx, profile.id, id);
}

/**
 * Publishes the draft now, until a time. @param until milliseconds since the epoch
 * @throws {ProblemError} schedule.past; request.invalid: nothing was published before; else as `publishDraft`
 */
export async function publishUntil(
  trx: Trx,
  actor: Actor,
  profileId: string,
  ifMatch: string | null,
  { until, ...options }: PublishOptions & { readonly until: number },
  settle: Settle,
  now: number,
): Promise<VersionSummary> {
  refusePast(until, now);
  const profile = await holdProfile(trx, actor.accountId, profileId);
  const back = await versionBefore(trx, profile.id, profile.current_version);
  if (back === null) throw nothingBefore();
  const published = await publishDraft(trx, actor, profileId, ifMatch, options, settle);
  await planRollBack(trx, actor, profile.id, { at: new Date(until), from: published.version, back, emergency: options.emergency ?? false });
  return published;
}

/** Over a version that is only for a time one goes back to what was before both. */
export async function versionBefore(trx: Trx, profileId: string, current: number | null): Promise<number | null> {
  const temporary = await waitingOn(trx, profileId).where('what', '=', 'rollBack').where('from_version', '=', current).select('back_version').executeTakeFirst();
  return temporary?.back_version ?? current;
}

interface RollBackPlan {
  readonly at: Date;
  readonly from: number;
  readonly back: number;
  readonly emergency: boolean;
}

/** The version was published just now: ends what was to end an earlier one. */
export async function planRollBack(trx: Trx, actor: Actor, profileId: string, { at, from, back, emergency }: RollBackPlan): Promise<void> {
  const { id } = await trx
    .insertInto('schedule')
    .values({ ...ofProfile(actor, profileId), what: 'rollBack', at, until: null, document: null, from_version: from, back_version: back, emergency })
    .returning('id')
    .executeTakeFirstOrThrow();
  await auditSchedule(trx, actor, profileId, 'profile.schedule', { schedule: id, at: at.getTime(), from, back });
}

const ofProfile = ({ accountId, personId }: Actor, profileId: string) => ({
  account_id: accountId,
  profile_id: profileId,
  by_person: personId,
  from_version: null,
  back_version: null,
  problem: null,
  ended_at: null,
});

/** @throws {ProblemError} notFound; schedule.done */
export async function cancelSchedule(trx: Trx, actor: Actor, profileId: string, id: string): Promise<void> {
  const profile = await holdProfile(trx, actor.accountId, profileId);
  const row = isUuid(id)
    ? await trx.selectFrom('schedule').select('state').where('id', '=', id).where('profile_id', '=', profile.id).forUpdate().executeTakeFirst()
    : undefined;
  if (!row) throw new ProblemError('notFound');
  if (row.state !== 'waiting') throw new ProblemError('schedule.done', { detail: `It is ${row.state} already.` });
  await endSchedule(trx, id, 'cancelled');
  await auditSchedule(trx, actor, profile.id, 'profile.cancelSchedule', { schedule: id });
}

/** Of a profile that is held. */
export async function cancelAll(trx: Trx, actor: Actor, profileId: string): Promise<void> {
  for (const { id } of await waitingOn(trx, profileId).select('id').execute()) {
    await endSchedule(trx, id, 'cancelled');
    await auditSchedule(trx, actor, profileId, 'profile.cancelSchedule', { schedule: id });
  }
}

export async function endSchedule(trx: Trx, id: string, state: Exclude<Schedule['state'], 'waiting'>, problem: string | null = null): Promise<void> {
  await trx.updateTable('schedule').set({ state, problem, ended_at: new Date() }).where('id', '=', id).execute();
}

const waitingOn = (db: Db, profileId: string) => db.selectFrom('schedule').where('profile_id', '=', profileId).where('state', '=', 'waiting');

const auditSchedule = (trx: Trx, actor: Actor, subjectId: string, action: string, after: object) =>
  audit(trx, { accountId: actor.accountId, actorId: actor.personId, action, subjectId, after });

function refusePast(at: number, now: number): void {
  if (!(at > now) || Number.isNaN(new Date(at).getTime())) throw new ProblemError('schedule.past', { detail: 'That time is over, or before the other.' });
}

const nothingBefore = () =>
  new ProblemError('request.invalid', { issues: [{ path: ['until'], message: 'nothing was published before, so there is nothing to go back to' }] });
