/** Holding a resource with all profiles that name it, for a change that has to reach everyone who works with them. */
import type { ResourceKind } from '../../lib/catalogue/index.ts';
import { isUuid, logChange } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Settle } from '../profiles/drafts.ts';
import { type Named, profilesNaming } from './naming.ts';
import { changesResources } from './reads-resources.ts';

export interface HeldResource {
  readonly id: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly archived: boolean;
  readonly revision: number;
  /** Held as well: the profiles with a published version that names it. */
  readonly naming: readonly Named[];
}

/** @throws {ProblemError} notFound */
export async function holdResource(trx: Trx, accountId: string, kind: ResourceKind, id: string): Promise<HeldResource> {
  if (!isUuid(id)) throw new ProblemError('notFound');
  // Profiles first and by their ids, as everything that holds several of them does.
  const met = await profilesNaming(trx, accountId, kind, id);
  await holdProfiles(trx, met);
  await changesResources(trx, accountId);
  const row = await trx
    .selectFrom('resource')
    .select(['id', 'kind', 'name', 'attributes', 'archived', 'revision'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new ProblemError('notFound');
  const naming = await profilesNaming(trx, accountId, kind, id);
  const held = new Set(met.map((profile) => profile.id));
  await holdProfiles(trx, naming.filter((profile) => !held.has(profile.id)));
  return { ...row, naming };
}

async function holdProfiles(trx: Trx, profiles: readonly Named[]): Promise<void> {
  if (profiles.length === 0) return;
  const ids = profiles.map(({ id }) => id);
  await trx.selectFrom('profile').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute();
}

/**
 * Sends the profiles anew to everyone who works with them, after the resource that they name was changed, and puts their
 * sessions right: an activity that is archived gives way to the default one, a flow that it no longer turns on goes off.
 */
export async function pushProfiles(trx: Trx, accountId: string, profiles: readonly Named[], settle: Settle): Promise<void> {
  for (const { id } of profiles) {
    const seq = await logChange(trx, { accountId, kind: 'profile', subjectId: id, detail: { resource: true } });
    await trx.updateTable('profile').set({ published_seq: seq }).where('id', '=', id).execute();
    await settle(trx, id);
  }
}
