import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../lib/modules/scope.ts';
import type { Panel } from '../../lib/modules/types.ts';
import type { Db } from '../db/connect.ts';
import type { Asker } from './asker.ts';

/** Whose rows. */
export type People = Scope['people'];

/**
 * The people whose rows of a module somebody reaches. An administrator passes the limits of teams, never what the profile
 * says is one's own. What the profile does not say is one's own too.
 */
export async function reachedPeople(db: Db, { reach }: Panel, asker: Asker): Promise<People> {
  const scope = typeof reach === 'object' ? asker.setting(reach.field) : reach;
  if (scope === 'account' || scope === 'all') return 'all';
  if (scope !== 'team') return [asker.personId];
  if (asker.type === 'administrator') return 'all';
  return [asker.personId, ...(await colleaguesOf(db, asker.personId, typeof reach === 'object'))];
}

/** @param any of the teams that one is in; else of those alone that one manages */
async function colleaguesOf(db: Db, personId: string, any: boolean): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct other.person_id from team_member mine join team_member other on other.team_id = mine.team_id
    where mine.person_id = ${personId}::uuid and (mine.manages or ${any})`.execute(db);
  return rows.map((row) => row.person_id);
}

/** Which rows of a module somebody sees. */
export async function scopeOf(db: Db, panel: Panel, asker: Asker): Promise<Scope> {
  const people = await reachedPeople(db, panel, asker);
  return { personId: asker.personId, people, resources: panel.ofTab ? [...asker.rowsOf(panel.ofTab, panel.ofRows).keys()] : null };
}

/** The same as a condition on the record `r` (`isSeen` is it as a function). What is deleted is another question. */
export async function seen(db: Db, panel: Panel, asker: Asker): Promise<RawBuilder<boolean>> {
  const { people, resources } = await scopeOf(db, panel, asker);
  const conditions = [
    sql`r.account_id = ${asker.accountId}::uuid and r.module = ${panel.module}`,
    ...(people === 'all' ? [] : [ownedBy(people, asker)]),
    ...(resources ? [sql`r.resource_id = any(${resources}::uuid[])`] : []),
  ];
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

const ownedBy = (people: readonly string[], { personId }: Asker) =>
  people.length === 1
    ? sql`(r.owner_id = ${personId}::uuid or r.people @> array[${personId}::uuid])`
    : sql`r.owner_id = any(${people}::uuid[])`;
