import { sql } from 'kysely';
import type { Person } from '../../lib/decide/index.ts';
import type { Db } from '../db/connect.ts';
import type { ActiveVersion } from '../session/heads.ts';

/** A profile that somebody may work with: published and not archived. */
export interface Held extends ActiveVersion {
  readonly name: string;
  readonly people: number;
}

export async function heldProfiles(db: Db, accountId: string): Promise<Held[]> {
  const rows = await db
    .selectFrom('profile as f')
    .where('f.account_id', '=', accountId)
    .where('f.archived', '=', false)
    .where('f.current_version', 'is not', null)
    .select(['f.id', 'f.name', 'f.current_version', 'f.published_seq'])
    .select(sql<number>`(select count(*) from assignment a where a.profile_id = f.id)`.as('people'))
    .orderBy(sql`lower(f.name)`)
    .execute();
  return rows.map(({ id, name, current_version, published_seq, people }) => ({
    profileId: id,
    name,
    version: current_version as number,
    publishedSeq: published_seq,
    people,
  }));
}

export interface Assigned {
  readonly profileId: string;
  /** The one of this person, which a publish for new assignments only may have left behind. */
  readonly version: number;
  readonly atLogin: boolean;
}

export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly online: boolean;
  readonly person: Person;
  /** The one at login first. */
  readonly assigned: readonly Assigned[];
}

/** Everybody who may sign in, by name. What they have is read apart and put together here: a join of the two has no good plan. */
export async function holders(db: Db, accountId: string): Promise<Holder[]> {
  const people = await db
    .selectFrom('person as p')
    .innerJoin('account as c', 'c.id', 'p.account_id')
    .where('p.account_id', '=', accountId)
    .where('p.disabled', '=', false)
    .select(['p.id', 'p.name', 'p.licence', 'p.type', 'p.allow', 'p.deny', 'c.options'])
    .orderBy(sql`lower(p.name)`)
    .orderBy('p.id')
    .execute();
  const online = await db.selectFrom('session').select('person_id').where('account_id', '=', accountId).where('closed_at', 'is', null).execute();
  const assigned = Map.groupBy(await assignments(db, accountId), ({ personId }) => personId);
  const isOnline = new Set(online.map((session) => session.person_id));
  return people.map(({ id, name, options, ...person }) => ({
    id,
    name,
    online: isOnline.has(id),
    person: { ...person, accountOptions: options as Person['accountOptions'] },
    assigned: (assigned.get(id) ?? []).map(({ personId: _, ...each }) => each),
  }));
}

/** Of published profiles that are not archived; each person's one at login first. */
const assignments = (db: Db, accountId: string): Promise<(Assigned & { readonly personId: string })[]> =>
  db
    .selectFrom('assignment as a')
    .innerJoin('profile as f', 'f.id', 'a.profile_id')
    .where('f.account_id', '=', accountId)
    .where('f.archived', '=', false)
    .where('f.current_version', 'is not', null)
    .select(['a.person_id as personId', 'f.id as profileId', 'a.at_login as atLogin'])
    .select(sql<number>`coalesce(a.pinned_version, f.current_version)`.as('version'))
    .orderBy('a.at_login', 'desc')
    .orderBy(sql`lower(f.name)`)
    .execute();
