import type * as v from 'valibot';
import type { draft } from '../../lib/api/routes.ts';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import type { ConsoleRights } from '../../lib/decide/console.ts';
import { emptyDocument } from '../../lib/profile/schema.ts';
import { audit } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Sessions } from '../parts.ts';
import { keepCreated } from '../people/keep-created.ts';
import { differences } from './differences.ts';
import { holdProfile, type ProfileRow } from './find.ts';
import { refuseBeyond } from './grants.ts';
import { refuseTakenName, takingName } from './names.ts';
import { parsedDraft } from './validate.ts';

export type Draft = v.InferOutput<typeof draft>;

/** Who does a thing: the account, the person where one does it, and what they may do and give. */
export interface Actor {
  readonly accountId: string;
  readonly personId: string | null;
  readonly rights: ConsoleRights;
}

/** Puts right the sessions on a profile after a change to it. */
export type Settle = Sessions['settle'];

/** The draft, or what one would begin with: the published document, else an empty one. */
export async function readDraft(db: Db, profile: ProfileRow): Promise<Draft> {
  const kept = await db
    .selectFrom('profile_draft as d')
    .leftJoin('person as by', 'by.id', 'd.changed_by')
    .select(['d.based_on', 'd.document', 'd.changed_at', 'by.name as changed_by'])
    .where('d.profile_id', '=', profile.id)
    .executeTakeFirst();
  const published = kept ? null : await publishedAsDraft(db, profile);
  const from = kept ?? published;
  return {
    profileId: profile.id,
    basedOn: kept ? kept.based_on : profile.current_version,
    revision: profile.draft_revision,
    document: from?.document ?? emptyDocument(profile.name),
    changedAt: from?.changed_at.getTime() ?? 0,
    changedBy: from?.changed_by ?? null,
  };
}

const publishedAsDraft = (db: Db, { id, current_version }: ProfileRow) =>
  db
    .selectFrom('profile_version as pv')
    .leftJoin('person as by', 'by.id', 'pv.published_by')
    .select(['pv.document', 'pv.published_at as changed_at', 'by.name as changed_by'])
    .where('pv.profile_id', '=', id)
    .where('pv.version', '=', current_version ?? 0)
    .executeTakeFirst();

/** The ETag of a draft: grows with every save, drop and publish. */
export const etagOf = ({ revision }: Pick<Draft, 'revision'>): string => String(revision);

/** What the audit log says of how a profile came to be. */
export interface Creation {
  readonly action: 'profile.create' | 'profile.duplicate' | 'profile.import';
  readonly facts?: Readonly<Record<string, unknown>>;
}

/**
 * Of whoever has a list of profiles the new one is theirs to use.
 *
 * @throws {ProblemError} profile.limit, profile.nameTaken, document.invalid, grant.refused
 */
export async function createProfile(trx: Trx, actor: Actor, name: string, input: unknown, how: Creation = { action: 'profile.create' }): Promise<Draft> {
  const document = withName(input === undefined ? emptyDocument(name) : parsedDraft(input), name);
  refuseBeyond(actor.rights, null, document);
  await refuseBeyondLimit(trx, actor.accountId);
  const { id } = await takingName(() =>
    trx
      .insertInto('profile')
      .values({
        account_id: actor.accountId,
        name,
        reference: document.settings['general.reference'] ?? '',
        current_version: null,
        draft_revision: 1,
        changed_by: actor.personId,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  await putDraft(trx, id, null, document, actor);
  await audit(trx, { accountId: actor.accountId, actorId: actor.personId, action: how.action, subjectId: id, after: { name, ...how.facts } });
  await keepCreated(trx, actor, actor.rights, 'profiles', [id]);
  return readDraft(trx, await holdProfile(trx, actor.accountId, id));
}

/** Saves over the draft that `ifMatch` names. @throws {ProblemError} draft.conflict, document.invalid, profile.nameTaken, grant.refused */
export async function saveDraft(trx: Trx, actor: Actor, profileId: string, ifMatch: string, input: unknown): Promise<Draft> {
  const profile = await holdProfile(trx, actor.accountId, profileId);
  refuseOtherRevision(profile, ifMatch);
  const document = parsedDraft(input);
  const name = document.settings['general.name']?.trim();
  if (name) await refuseTakenName(trx, profile, name);
  const before = await readDraft(trx, profile);
  refuseBeyond(actor.rights, before.document, document);
  await putDraft(trx, profileId, profile.current_version, document, actor);
  const unpublished = profile.current_version === null && name ? { name, reference: document.settings['general.reference'] ?? '' } : {};
  await takingName(() => touch(trx, profile, actor, unpublished));
  const saved = await readDraft(trx, { ...profile, draft_revision: profile.draft_revision + 1 });
  const facts = ({ revision }: Draft) => ({ revision });
  await auditDraft(trx, actor, profileId, 'profile.saveDraft', differences(before.document, document, facts(before), facts(saved)));
  return saved;
}

/** @throws {ProblemError} draft.conflict */
export async function dropDraft(trx: Trx, actor: Actor, profileId: string, ifMatch: string): Promise<void> {
  const profile = await holdProfile(trx, actor.accountId, profileId);
  refuseOtherRevision(profile, ifMatch);
  await trx.deleteFrom('profile_draft').where('profile_id', '=', profileId).execute();
  await touch(trx, profile, actor, {});
  await auditDraft(trx, actor, profileId, 'profile.dropDraft', { before: { revision: profile.draft_revision } });
}

const auditDraft = (trx: Trx, actor: Actor, subjectId: string, action: string, sides: { before?: unknown; after?: unknown }) =>
  audit(trx, { accountId: actor.accountId, actorId: actor.personId, action, subjectId, ...sides });

/** @throws {ProblemError} draft.conflict, with the ETag that would match */
export function refuseOtherRevision(profile: ProfileRow, ifMatch: string): void {
  const etag = etagOf({ revision: profile.draft_revision });
  if (ifMatch !== etag && ifMatch !== '*') {
    throw new ProblemError('draft.conflict', { detail: 'Somebody else has changed the draft: read it again.' }, { etag: `"${etag}"` });
  }
}

const touch = (trx: Trx, profile: ProfileRow, actor: Actor, more: { name?: string; reference?: string }) =>
  trx
    .updateTable('profile')
    .set({ ...more, draft_revision: profile.draft_revision + 1, changed_at: new Date(), changed_by: actor.personId })
    .where('id', '=', profile.id)
    .execute();

async function putDraft(trx: Trx, profileId: string, basedOn: number | null, document: ProfileDocument, actor: Actor): Promise<void> {
  const content = { document: JSON.stringify(document), changed_at: new Date(), changed_by: actor.personId };
  await trx
    .insertInto('profile_draft')
    .values({ profile_id: profileId, based_on: basedOn, ...content })
    .onConflict((conflict) => conflict.column('profile_id').doUpdateSet(content))
    .execute();
}

/** What is archived does not count. @param more how many are to be added @throws {ProblemError} profile.limit */
export async function refuseBeyondLimit(trx: Trx, accountId: string, more = 1): Promise<void> {
  const { profile_limit: most } = await trx
    .selectFrom('account')
    .select('profile_limit')
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const { count } = await trx
    .selectFrom('profile')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('archived', '=', false)
    .executeTakeFirstOrThrow();
  if (count + more > most) throw new ProblemError('profile.limit', { detail: `An account may have ${most} profiles.`, most });
}

const withName = (document: ProfileDocument, name: string): ProfileDocument => ({
  ...document,
  settings: { ...document.settings, 'general.name': name },
});
