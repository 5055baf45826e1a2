import type * as v from 'valibot';
import type { profileExport } from '../../lib/api/shapes-maker.ts';
import { exportOf } from '../../lib/profile/transfer.ts';
import type { Db } from '../db/connect.ts';
import { nameKey } from '../db/page.ts';
import { ProblemError } from '../http/problem-error.ts';
import { readDraft } from './drafts.ts';
import { findProfile } from './find.ts';
import { loadProfileView, loadResources } from './view.ts';

export type Exported = v.InferOutput<typeof profileExport>;

/**
 * A file of profiles, as the import reads it. What is not among one's own is left out.
 *
 * @param ids in the order of the file; null for all that are not archived, by name
 * @param now milliseconds since the epoch
 * @throws {ProblemError} notFound: an id that is none, or nothing left of those named
 */
export async function exportProfiles(db: Db, accountId: string, ids: readonly string[] | null, mayElement: (id: string) => boolean, now: number): Promise<Exported> {
  const all = ids ?? (await liveProfiles(db, accountId));
  const own = [...new Set(all)].filter(mayElement);
  if (ids && own.length === 0) throw new ProblemError('notFound', { detail: 'There is no such profile.' });
  const profiles: Parameters<typeof exportOf>[0][number][] = [];
  for (const id of own) profiles.push(await wholeOf(db, accountId, id));
  const { format, schema, exportedAt, profiles: filed } = exportOf(profiles, now);
  return { format, schema, exportedAt, profiles: filed.map((profile) => ({ ...profile, resources: { ...profile.resources } })) };
}

/** By name. */
async function liveProfiles(db: Db, accountId: string): Promise<string[]> {
  const rows = await db.selectFrom('profile').select('id').where('account_id', '=', accountId).where('archived', '=', false).orderBy(nameKey).orderBy('id').execute();
  return rows.map(({ id }) => id);
}

async function wholeOf(db: Db, accountId: string, profileId: string): Promise<Parameters<typeof exportOf>[0][number]> {
  const profile = await findProfile(db, accountId, profileId);
  const published = profile.current_version === null ? null : await loadProfileView(db, profile.id, profile.current_version);
  if (published) return published;
  const { document } = await readDraft(db, profile);
  return { name: profile.name, document, resources: await loadResources(db, accountId, document) };
}
