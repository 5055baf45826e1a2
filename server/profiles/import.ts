import { sql } from 'kysely';
import type * as v from 'valibot';
import type { imported } from '../../lib/api/shapes-maker.ts';
import { grantedBeyond } from '../../lib/decide/console-grants.ts';
import type { DocumentIssue } from '../../lib/profile/schema.ts';
import { parseTransfer, type TransferProfile } from '../../lib/profile/transfer.ts';
import type { Trx } from '../db/connect.ts';
import { type Actor, createProfile, refuseBeyondLimit } from './drafts.ts';
import { grantRefused } from './grants.ts';
import { createMapping } from './import-mapping.ts';
import { invalid } from './validate.ts';

export type Imported = v.InferOutput<typeof imported>;

/**
 * Makes profiles of a file, each unpublished with a draft: all of them, or none.
 *
 * @param dryRun says what would be made, and makes nothing
 * @throws {ProblemError} document.invalid, with the place of everything that is wrong within the file; profile.limit,
 *   grant.refused
 */
export async function importProfiles(trx: Trx, actor: Actor, input: unknown, dryRun: boolean): Promise<Imported> {
  const parsed = parseTransfer(input);
  if (!parsed.ok) throw invalid(parsed.issues);
  const { profiles } = parsed.file;
  const taken = await takenNames(trx, actor.accountId, profiles);
  if (taken.length > 0) throw invalid(taken);
  await refuseBeyondLimit(trx, actor.accountId, profiles.length);
  const mapping = await createMapping(trx, actor.accountId);
  const mapped = profiles.map((profile) => ({ name: profile.name, ...mapping(profile) }));
  // All that is beyond the author at once, not of the first profile alone.
  const beyond = [...new Set(mapped.flatMap(({ document }) => grantedBeyond(actor.rights, null, document)))];
  if (beyond.length > 0) throw grantRefused(beyond);
  const made: Imported['profiles'] = [];
  for (const { name, document } of mapped) {
    const id = dryRun ? null : (await createProfile(trx, actor, name, document, { action: 'profile.import' })).profileId;
    made.push({ id, name });
  }
  return { profiles: made, missing: mapped.flatMap(({ name, missing }) => missing.map((row) => ({ profile: name, ...row }))) };
}

async function takenNames(trx: Trx, accountId: string, profiles: readonly TransferProfile[]): Promise<readonly DocumentIssue[]> {
  const { rows } = await sql<{ at: number }>`
    select (n.at - 1)::int as at from unnest(${profiles.map(({ name }) => name)}::text[]) with ordinality as n(name, at)
    where exists (
      select from profile f where f.account_id = ${accountId}::uuid and not f.archived and lower(f.name) = lower(n.name)
    ) order by 1`.execute(trx);
  return rows.map(({ at }) => ({ path: ['profiles', at, 'name'], message: 'another profile of this account has this name' }));
}
