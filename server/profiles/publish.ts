import { sql } from 'kysely';
import type * as v from 'valibot';
import type { versionSummary } from '../../lib/api/routes.ts';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { audit, logAssignedChange, logChange } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import { readsResources } from '../resources/reads-resources.ts';
import { overtake } from '../schedule/overtake.ts';
import { differences } from './differences.ts';
import { type Actor, refuseOtherRevision, type Settle } from './drafts.ts';
import { findProfile, holdProfile, type ProfileRow } from './find.ts';
import { refuseBeyond } from './grants.ts';
import { takingName } from './names.ts';
import { refuseUnpublishable } from './validate.ts';

export type VersionSummary = v.InferOutput<typeof versionSummary>;

export interface PublishOptions {
  readonly message?: string | undefined;
  /** `newAssignments`: whoever has the profile now stays on the version they have. */
  readonly to?: 'everyone' | 'newAssignments' | undefined;
  /** A right taken away ends at once, also in a live interaction. */
  readonly emergency?: boolean | undefined;
  /** What asked for it, where a time did. */
  readonly schedule?: string | undefined;
}

/**
 * Publishes the draft as the next version. @param ifMatch the draft that was read, where it matters
 * @throws {ProblemError} draft.none, draft.conflict, document.invalid, profile.nameTaken, grant.refused
 */
export async function publishDraft(trx: Trx, actor: Actor, profileId: string, ifMatch: string | null, options: PublishOptions, settle: Settle): Promise<VersionSummary> {
  const profile = await holdProfile(trx, actor.accountId, profileId);
  if (ifMatch !== null) refuseOtherRevision(profile, ifMatch);
  const draft = await trx.selectFrom('profile_draft').select('document').where('profile_id', '=', profileId).executeTakeFirst();
  if (!draft) throw new ProblemError('draft.none', { detail: 'There is no draft to publish.' });
  refuseBeyond(actor.rights, await publishedDocument(trx, profile), draft.document);
  await trx.deleteFrom('profile_draft').where('profile_id', '=', profileId).execute();
  return publishDocument(trx, actor, profile, draft.document, options, settle);
}

/** Publishes an earlier version again. The draft stays. @throws {ProblemError} notFound, profile.nameTaken, grant.refused */
export async function rollBack(trx: Trx, actor: Actor, profileId: string, version: number, message: string | undefined, settle: Settle): Promise<VersionSummary> {
  const profile = await holdProfile(trx, actor.accountId, profileId);
  const { document } = await readVersion(trx, profileId, version);
  refuseBeyond(actor.rights, await publishedDocument(trx, profile), document);
  return publishDocument(trx, actor, profile, document, { message }, settle, version);
}

/** What is published now; null where nothing is. */
export const publishedDocument = async (db: Db, { id, current_version }: ProfileRow): Promise<ProfileDocument | null> =>
  current_version === null ? null : (await readVersion(db, id, current_version)).document;

/** The next version of a profile that is held: everything that a publish changes, in the one transaction. */
export async function publishDocument(
  trx: Trx,
  actor: Actor,
  profile: ProfileRow,
  document: ProfileDocument,
  { message = '', to = 'everyone', emergency = false, schedule }: PublishOptions,
  settle: Settle,
  rolledBackFrom: number | null = null,
): Promise<VersionSummary> {
  refuseUnpublishable(document);
  await readsResources(trx, profile.account_id);
  const version = (await latestVersion(trx, profile.id)) + 1;
  const before = await publishedDocument(trx, profile);
  await trx
    .insertInto('profile_version')
    .values({
      profile_id: profile.id,
      version,
      document: JSON.stringify(document),
      message,
      emergency,
      rolled_back_from: rolledBackFrom,
      published_by: actor.personId,
    })
    .execute();
  const name = document.settings['general.name']!.trim();
  if (profile.current_version === null || profile.name !== name) await logAssignedChange(trx, profile.account_id, profile.id);
  await pin(trx, profile, to);
  const seq = await logChange(trx, { accountId: profile.account_id, kind: 'profile', subjectId: profile.id, detail: { version, emergency } });
  await takingName(() =>
    trx
      .updateTable('profile')
      .set({
        name,
        reference: document.settings['general.reference'] ?? '',
        current_version: version,
        draft_revision: profile.draft_revision + 1,
        published_seq: seq,
        pushed_at: sql<Date>`now()`,
        changed_at: new Date(),
        changed_by: actor.personId,
      })
      .where('id', '=', profile.id)
      .execute(),
  );
  await overtake(trx, profile.id);
  await settle(trx, profile.id);
  await audit(trx, {
    accountId: profile.account_id,
    actorId: actor.personId,
    action: rolledBackFrom === null ? 'profile.publish' : 'profile.rollBack',
    subjectId: profile.id,
    ...differences(before, document, { version: profile.current_version }, { version, ...(message === '' ? {} : { message }), to, emergency, rolledBackFrom, ...(schedule === undefined ? {} : { schedule }) }),
  });
  return versionOf(trx, profile.id, version);
}

/** Touches only whoever is to have another version than the publish itself gives them. */
async function pin(trx: Trx, { id, current_version }: ProfileRow, to: 'everyone' | 'newAssignments'): Promise<void> {
  const [pinned_version, where] = to === 'everyone' ? [null, 'is not' as const] : [current_version, 'is' as const];
  await trx.updateTable('assignment').set({ pinned_version }).where('profile_id', '=', id).where('pinned_version', where, null).execute();
}

/** Numbers are never given twice, so the latest may be above the current one. */
async function latestVersion(trx: Trx, profileId: string): Promise<number> {
  const { latest } = await trx
    .selectFrom('profile_version')
    .select((e) => e.fn.max('version').as('latest'))
    .where('profile_id', '=', profileId)
    .executeTakeFirstOrThrow();
  return latest ?? 0;
}

const versions = (db: Db, profileId: string) =>
  db
    .selectFrom('profile_version as pv')
    .leftJoin('person as by', 'by.id', 'pv.published_by')
    .select(['pv.version', 'pv.message', 'pv.published_at', 'by.name as published_by', 'pv.rolled_back_from', 'pv.emergency'])
    .where('pv.profile_id', '=', profileId)
    .orderBy('pv.version', 'desc');

type VersionRow = Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>;

const summaryOf = (row: VersionRow): VersionSummary => ({
  version: row.version,
  message: row.message,
  publishedAt: row.published_at.getTime(),
  publishedBy: row.published_by,
  rolledBackFrom: row.rolled_back_from,
  emergency: row.emergency,
});

export async function listVersions(db: Db, accountId: string, profileId: string): Promise<VersionSummary[]> {
  const { id } = await findProfile(db, accountId, profileId);
  return (await versions(db, id).execute()).map(summaryOf);
}

const versionOf = async (db: Db, profileId: string, version: number): Promise<VersionSummary> =>
  summaryOf(await versions(db, profileId).where('pv.version', '=', version).executeTakeFirstOrThrow());

/** @throws {ProblemError} notFound */
export async function readVersion(db: Db, profileId: string, version: number): Promise<VersionSummary & { document: ProfileDocument }> {
  const row = await versions(db, profileId).select('pv.document').where('pv.version', '=', version).executeTakeFirst();
  if (!row) throw new ProblemError('notFound', { detail: 'There is no such version.' });
  return { ...summaryOf(row), document: row.document };
}
