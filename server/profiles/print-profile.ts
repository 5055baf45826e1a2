import type { Db } from '../db/connect.ts';
import { Fault } from '../fault.ts';
import { findAccount } from '../people/find-account.ts';
import { findByName } from './find-by-name.ts';

/**
 * The published document of a profile as JSON: changed by hand, it can be published as it is.
 *
 * @param account by name; needed only where there are several
 * @throws {Fault} where there is no such profile, or it was never published
 */
export async function printProfile(db: Db, name: string, account: string | undefined): Promise<string> {
  const accountId = await findAccount(db, account);
  const names = await db.selectFrom('profile').select('name').where('account_id', '=', accountId).orderBy('name').execute();
  const there = names.length > 0 ? `there are ${names.map((each) => each.name).join(', ')}` : 'there are none yet';
  const profile = await findByName(db, accountId, name, there);
  const published = await db
    .selectFrom('profile as p')
    .innerJoin('profile_version as pv', (join) => join.onRef('pv.profile_id', '=', 'p.id').onRef('pv.version', '=', 'p.current_version'))
    .select('pv.document')
    .where('p.id', '=', profile.id)
    .executeTakeFirst();
  if (!published) throw new Fault(`The profile ${profile.name} was never published: publish it first.`);
  const { settings, configuration, ...rest } = published.document;
  return JSON.stringify({ name: profile.name, document: { ...rest, settings: inOrder(settings), configuration: inOrder(configuration) } }, null, 2);
}

/** PostgreSQL keeps keys by their length: a person looks for them by the alphabet. */
const inOrder = (bag: object) => Object.fromEntries(Object.entries(bag).toSorted(([a], [b]) => (a < b ? -1 : 1)));
