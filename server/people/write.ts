import { sql } from 'kysely';
import type { PersonRecord } from '../../lib/api/shapes-maker.ts';
import type { PersonType } from '../../lib/catalogue/index.ts';
import { isExtra } from '../../lib/decide/console.ts';
import { licenceToGive } from '../../lib/decide/grants.ts';
import { forgetPerson } from '../auth/adapter.ts';
import { normalEmail, setPassword as putPassword } from '../auth/passwords.ts';
import type { AuthDatabase } from '../auth/tables.ts';
import { audit, auditAll, type AuditEntry, logPeopleChanges } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { refuseOtherRevision } from '../db/revision.ts';
import { rowsAs } from '../db/rows.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Sessions } from '../parts.ts';
import type { Actor } from '../profiles/drafts.ts';
import { type ClosedBecause, closeSessionsOf } from '../session/close.ts';
import { refuseBecoming, refuseBeyondPerson } from './grants.ts';
import { holdPerson } from './hold.ts';
import { insertPeople, PERSON_COLUMNS } from './insert.ts';
import { keepCreated } from './keep-created.ts';
import { putMemberships } from './memberships.ts';
import { type AssignAnswers, putProfiles, refuseToAssign } from './profiles.ts';
import { personRecords } from './read.ts';

/** Who changes people, and what that needs. */
export interface PeopleWrites {
  readonly trx: Trx;
  readonly actor: Actor;
  /** Of the one who makes the change. */
  readonly type: PersonType;
  readonly settlePerson: Sessions['settlePerson'];
}

export type PersonContent = Omit<PersonRecord, 'id' | 'revision' | 'online'>;
export type PersonChange = { readonly [K in keyof PersonContent]?: PersonContent[K] | undefined };
export type NewPerson = PersonChange & { readonly name: string; readonly email: string; readonly password?: string | undefined };

/** Of which nothing else is said. */
const NEW: Omit<PersonContent, 'name' | 'email' | 'licence'> = { type: 'agent', allow: [], deny: [], teams: [], profiles: [], disabled: false };

/** @throws {ProblemError} person.emailTaken, grant.refused, notFound: a profile or team; profile.archived, forbidden */
export async function createPerson(writes: PeopleWrites, { password, ...given }: NewPerson): Promise<PersonRecord> {
  const { trx, actor } = writes;
  const content = await refuseToAdd(writes, given);
  const [id] = (await takingEmail(() => insertPeople(trx, actor, [content]))) as [string];
  if (password !== undefined) {
    await putPassword(trx as unknown as AuthDatabase, id, password);
    await auditPerson(writes, 'person.setPassword', id, {});
  }
  await keepCreated(trx, actor, actor.rights, 'people', [id]);
  return recordOf(trx, actor, id);
}

/**
 * All that is said of somebody who is to be added, with the most of a licence that its author may give where none is
 * said. @throws {ProblemError} as `createPerson` does, but for their address
 */
export async function refuseToAdd(writes: PeopleWrites, given: PersonChange & Pick<NewPerson, 'name' | 'email'>, known?: AssignAnswers): Promise<PersonContent> {
  const content = merged({ ...NEW, licence: licenceToGive(writes.actor.rights), name: given.name, email: given.email }, given);
  refuseInvalid(content, null);
  refuseBeyondPerson(granterOf(writes), null, content);
  await refuseToAssign(writes, [], content.profiles, known);
  return content;
}

/**
 * Changes what is given. The person's open session follows in the same transaction: what they are no longer allowed goes
 * off, a profile that is taken away gives way to the one at login, and who is disabled is signed out everywhere.
 *
 * @throws {ProblemError} notFound, record.conflict, person.emailTaken, person.lastAdministrator, grant.refused,
 *   profile.archived, forbidden
 */
export async function updatePerson(writes: PeopleWrites, id: string, ifMatch: string, change: PersonChange): Promise<PersonRecord> {
  const profiles = change.profiles?.map((each) => each.id) ?? [];
  const before = await holdPerson(writes.trx, writes.actor.accountId, id, { profiles, leaving: isLeaving(change) });
  refuseOtherRevision(before, ifMatch);
  await applyChange(writes, before, change);
  return recordOf(writes.trx, writes.actor, before.id);
}

/** Whether an administrator could be none, or sign in no more, after this. */
export const isLeaving = ({ type = 'administrator', disabled = false }: Pick<PersonChange, 'type' | 'disabled'>): boolean =>
  disabled || type !== 'administrator';

/** A change that nothing is against any more, of a person who is held. */
export interface AllowedChange {
  readonly before: PersonRecord;
  readonly after: PersonContent;
  readonly changed: readonly Key[];
}

/** @returns null where nothing changes @throws {ProblemError} as `updatePerson` does, but for the address being taken */
export async function refuseChange(writes: PeopleWrites, before: PersonRecord, change: PersonChange, known?: AssignAnswers): Promise<AllowedChange | null> {
  const after = merged(before, change);
  const changed = changedKeys(before, after);
  if (changed.length === 0) return null;
  refuseInvalid(after, before);
  refuseBeyondPerson(granterOf(writes), before, after);
  if (after.email !== before.email && before.id !== writes.actor.personId) await refuseBecoming(writes.trx, granterOf(writes), before);
  await refuseToAssign(writes, before.profiles, after.profiles, known);
  return { before, after, changed };
}

/** In a handful of statements, however many they are. @throws {ProblemError} person.emailTaken; what `holdTeams` throws */
export async function applyChanges(writes: PeopleWrites, changes: readonly AllowedChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { trx, actor } = writes;
  const rows = changes.map(({ before: { id }, after }) => ({ id, ...rowOf(after) }));
  const sides = <K extends 'profiles' | 'teams'>(key: K) => changes.map(({ before, after }) => ({ personId: before.id, before: before[key], after: after[key] }));
  await takingEmail(() =>
    sql`
      update person p set name = r.name, email = r.email, licence = r.licence, type = r.type, allow = r.allow, deny = r.deny, disabled = r.disabled
      from ${rowsAs(rows, PERSON_COLUMNS)} where p.id = r.id`.execute(trx),
  );
  await putProfiles(writes, sides('profiles'));
  await putMemberships(trx, actor, sides('teams'));
  await logPeopleChanges(trx, actor.accountId, rows.map(({ id }) => id));
  for (const { before, after } of changes) {
    if (after.disabled && !before.disabled) await signOut(trx, before.id, 'disabled');
    // Whoever signs in meanwhile waits for the person, who is held.
    else if (before.online) await writes.settlePerson(trx, before.id, isGivenOne(before.profiles, after.profiles));
  }
  await auditAll(trx, changes.flatMap((change) => entriesOf(actor, change)));
}

/** A profile that they had not, or not to begin with. */
const isGivenOne = (before: PersonContent['profiles'], after: PersonContent['profiles']): boolean =>
  after.some(({ id, atLogin }) => !before.some((held) => held.id === id && (held.atLogin || !atLogin)));

/** What is assigned has entries of its own, under the profile. */
function entriesOf({ accountId, personId: actorId }: Actor, { before, after, changed }: AllowedChange): AuditEntry[] {
  const told = changed.filter((key) => key !== 'profiles');
  if (told.length === 0) return [];
  return [{ accountId, actorId, action: actionOf(before, after), subjectId: before.id, before: only(before, told), after: only(after, told) }];
}

/** One change to a person who is held. @throws {ProblemError} as `updatePerson` does */
export async function applyChange(writes: PeopleWrites, before: PersonRecord, change: PersonChange): Promise<void> {
  const allowed = await refuseChange(writes, before, change);
  if (allowed) await applyChanges(writes, [allowed]);
}

/** Signs the person out everywhere and lets them in no more. @throws {ProblemError} notFound, person.lastAdministrator, grant.refused */
export async function disablePerson(writes: PeopleWrites, id: string): Promise<void> {
  await applyChange(writes, await holdPerson(writes.trx, writes.actor.accountId, id, { leaving: true }), { disabled: true });
}

/** Sign-ins with the password before end. @throws {ProblemError} notFound, grant.refused */
export async function setPassword(writes: PeopleWrites, id: string, password: string): Promise<void> {
  const { trx, actor } = writes;
  const person = await holdPerson(trx, actor.accountId, id);
  if (person.id !== actor.personId) await refuseBecoming(trx, granterOf(writes), person);
  await putPassword(trx as unknown as AuthDatabase, id, password);
  await signOut(trx, id, 'signedOut');
  await auditPerson(writes, 'person.setPassword', id, {});
}

/** Whoever has a sign-in of theirs has it no more: also not once they are let in again. */
async function signOut(trx: Trx, personId: string, because: ClosedBecause): Promise<void> {
  await closeSessionsOf(trx, personId, because);
  await forgetPerson(trx as unknown as AuthDatabase, personId);
}

const granterOf = ({ type, actor: { rights } }: PeopleWrites) => ({ type, rights });

const recordOf = async (trx: Trx, { accountId }: Actor, id: string): Promise<PersonRecord> => (await personRecords(trx, accountId, [id])).get(id)!;

function merged(before: PersonContent, change: PersonChange): PersonContent {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<PersonContent>;
  const { id: _id, revision: _revision, online: _online, ...content } = before as PersonRecord;
  const after = { ...content, ...given };
  return { ...after, email: normalEmail(after.email), allow: [...new Set(after.allow)], deny: [...new Set(after.deny)] };
}

const rowOf = ({ name, email, licence, type, allow, deny, disabled }: PersonContent) => ({ name, email, licence, type, allow: [...allow], deny: [...deny], disabled });

type Key = keyof PersonContent;

/** Lists say the same in any order. */
function changedKeys(before: PersonContent, after: PersonContent): Key[] {
  const same = (value: unknown) => JSON.stringify(Array.isArray(value) ? value.map(inOrder).toSorted() : value);
  return (Object.keys(after) as Key[]).filter((key) => same(before[key]) !== same(after[key]));
}

const inOrder = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(Object.entries(value as object).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const only = (content: PersonContent, keys: readonly Key[]) => Object.fromEntries(keys.map((key) => [key, content[key]]));

function actionOf(before: PersonContent, after: PersonContent): string {
  if (before.disabled === after.disabled) return 'person.update';
  return after.disabled ? 'person.disable' : 'person.enable';
}

const auditPerson = ({ trx, actor }: PeopleWrites, action: string, subjectId: string, sides: { before?: unknown; after?: unknown }) =>
  audit(trx, { accountId: actor.accountId, actorId: actor.personId, action, subjectId, ...sides });

/** What stood there before stays allowed: the catalogue may have known it once. */
function refuseInvalid(after: PersonContent, before: PersonContent | null): void {
  const unknown = (key: 'allow' | 'deny') =>
    after[key].flatMap((field, n) => (isExtra(field) || before?.[key].includes(field) ? [] : [{ path: [key, n], message: 'there is no such right' }]));
  const twice = <T extends { id: string }>(key: string, rows: readonly T[]) =>
    new Set(rows.map(({ id }) => id)).size === rows.length ? [] : [{ path: [key], message: 'the same one twice' }];
  const logins = after.profiles.filter(({ atLogin }) => atLogin).length;
  const issues = [
    ...unknown('allow'),
    ...unknown('deny'),
    ...twice('profiles', after.profiles),
    ...twice('teams', after.teams),
    ...(logins > 1 ? [{ path: ['profiles'], message: 'only one can be the one at login' }] : []),
  ];
  if (issues.length > 0) throw new ProblemError('request.invalid', { issues });
}

/** Addresses are unique in the whole hub: with one a person signs in, whatever the account. */
export async function takingEmail<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'person_email') throw error;
    throw new ProblemError('person.emailTaken', { detail: 'Somebody has this email address already.' });
  }
}
