import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { auditAll } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { rowsAs } from '../db/rows.ts';
import type { Actor } from '../profiles/drafts.ts';
import { holdTeams } from './memberships.ts';
import type { PersonContent } from './write.ts';

/**
 * Adds people to whom nothing is left to object, in a handful of statements however many they are.
 *
 * @returns their ids, in order
 * @throws {ProblemError} notFound: no such team; forbidden: not among those that one may use
 */
export async function insertPeople(trx: Trx, actor: Actor, contents: readonly PersonContent[]): Promise<string[]> {
  const { accountId, personId: actorId } = actor;
  const people = contents.map((content) => ({ id: randomUUID(), ...content }));
  await holdTeams(trx, actor, [...new Set(people.flatMap(({ teams }) => teams.map(({ id }) => id)))]);
  await sql`
    insert into person (id, account_id, name, email, licence, type, allow, deny, disabled)
    select r.id, ${accountId}::uuid, r.name, r.email, r.licence, r.type, r.allow, r.deny, r.disabled
    from ${rowsAs(people, PERSON_COLUMNS)}`.execute(trx);
  const assigned = people.flatMap(({ id, profiles }) => profiles.map(({ id: profile_id, atLogin, score }) => ({ person_id: id, profile_id, at_login: atLogin, score })));
  await sql`
    insert into assignment (person_id, profile_id, at_login, score)
    select * from ${rowsAs(assigned, 'r(person_id uuid, profile_id uuid, at_login boolean, score integer)')}`.execute(trx);
  const members = people.flatMap(({ id, teams }) => teams.map(({ id: team_id, manages }) => ({ team_id, person_id: id, manages })));
  await sql`
    insert into team_member (team_id, person_id, manages)
    select * from ${rowsAs(members, 'r(team_id uuid, person_id uuid, manages boolean)')}`.execute(trx);
  await auditAll(trx, [
    ...people.map(({ id: subjectId, ...after }) => ({ accountId, actorId, action: 'person.create', subjectId, after })),
    ...assigned.map(({ person_id: personId, profile_id: subjectId, at_login, score }) => ({
      accountId, actorId, action: 'profile.assign', subjectId, after: { personId, at_login, score },
    })),
  ]);
  return people.map(({ id }) => id);
}

/** What a person's row says of themselves, as a record set has it. */
export const PERSON_COLUMNS = 'r(id uuid, name text, email text, licence text, type text, allow text[], deny text[], disabled boolean)';
