/** A file of people, by email address: all of it, or where anything is wrong nothing. */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { PersonRecord, personLine } from '../../lib/api/shapes-maker.ts';
import { LICENCES, PERSON_TYPES } from '../../lib/catalogue/index.ts';
import { normalEmail } from '../auth/passwords.ts';
import { audit } from '../db/changes.ts';
import { ProblemError } from '../http/problem-error.ts';
import { holdPeople } from './hold.ts';
import { insertPeople } from './insert.ts';
import { keepCreated } from './keep-created.ts';
import { refuseLastAdministrator } from './last-administrator.ts';
import { loadNames, type Names } from './names.ts';
import type { AssignAnswers } from './profiles.ts';
import { type AllowedChange, applyChanges, type PeopleWrites, type PersonChange, type PersonContent, refuseChange, refuseToAdd, takingEmail } from './write.ts';

export type PersonLine = v.InferOutput<typeof personLine>;
type Issue = { readonly path: readonly (string | number)[]; readonly message: string };

/** A line as it is understood: whom it is about, and what becomes of them. */
interface Understood {
  readonly n: number;
  readonly email: string;
  readonly change: PersonChange & { readonly name: string };
  readonly before: PersonRecord | null;
}

const MOST_ISSUES = 200;

/**
 * Adds whoever is not there yet and changes who is; what a line leaves out stays. Nobody is disabled or deleted.
 *
 * @param dryRun says what would become of it, and does nothing
 * @throws {ProblemError} document.invalid: every error with its place; grant.refused, with the places and the fields;
 *   person.emailTaken: by somebody added meanwhile; person.lastAdministrator, forbidden
 */
export async function importPeople(writes: PeopleWrites, lines: readonly PersonLine[], dryRun: boolean): Promise<{ added: number; changed: number }> {
  const { trx, actor } = writes;
  const names = await loadNames(trx, actor.accountId);
  const there = await holdPeople(trx, actor.accountId, lines.map(({ email }) => normalEmail(email)), profileIds(lines, names));
  const { understood, issues } = understand(lines, names, there, (id) => actor.rights.mayElement('people', id));
  if (issues.length > 0) throw new ProblemError('document.invalid', { issues: issues.slice(0, MOST_ISSUES).map(({ path, message }) => ({ path: [...path], message })) });
  const savepoint = dryRun ? await beginTrial(writes) : null;
  const done = await put(writes, understood);
  await savepoint?.();
  if (!dryRun && done.added + done.changed > 0) {
    await audit(trx, { accountId: actor.accountId, actorId: actor.personId, action: 'person.import', subjectId: null, after: done });
  }
  return done;
}

const profileIds = (lines: readonly PersonLine[], names: Names): string[] =>
  idsOf([...new Set(lines.flatMap((line) => line.profiles ?? []))].map(names.profile));

/** Does it and takes it back: what would be refused is refused in a trial too. @returns what takes it back */
async function beginTrial({ trx }: PeopleWrites): Promise<() => Promise<void>> {
  await sql`savepoint trial`.execute(trx);
  return async () => void (await sql`rollback to savepoint trial`.execute(trx));
}

async function put(writes: PeopleWrites, understood: readonly Understood[]): Promise<{ added: number; changed: number }> {
  const { trx, actor } = writes;
  const known: AssignAnswers = new Map();
  const refused: Refusals = { fields: new Set(), issues: [] };
  const added: PersonContent[] = [];
  const changed: AllowedChange[] = [];
  for (const { n, email, before, change } of understood) {
    try {
      const allowed = before && (await refuseChange(writes, before, change, known));
      if (allowed) changed.push(allowed);
      if (!before) added.push(await refuseToAdd(writes, { ...change, email }, known));
    } catch (error) {
      gather(refused, error, n);
    }
  }
  if (refused.issues.length > 0) {
    throw new ProblemError('grant.refused', { detail: 'You cannot give what you do not have.', fields: [...refused.fields], issues: refused.issues.slice(0, MOST_ISSUES) });
  }
  await keepCreated(trx, actor, actor.rights, 'people', await takingEmail(() => insertPeople(trx, actor, added)));
  await applyInOrder(writes, changed);
  return { added: added.length, changed: changed.length };
}

/** Administrators who are to be none come last and one by one: whoever is to be one in their place is one by then. */
async function applyInOrder(writes: PeopleWrites, changes: readonly AllowedChange[]): Promise<void> {
  const isLeaving = ({ before, after }: AllowedChange) => before.type === 'administrator' && after.type !== 'administrator';
  await applyChanges(writes, changes.filter((change) => !isLeaving(change)));
  for (const change of changes.filter(isLeaving)) {
    await refuseLastAdministrator(writes.trx, writes.actor.accountId, change.before.id);
    await applyChanges(writes, [change]);
  }
}

interface Refusals {
  readonly fields: Set<string>;
  readonly issues: { path: (string | number)[]; message: string }[];
}

/** What is refused before anything is written may be gathered: the transaction goes on, and ends in a refusal of all. */
function gather({ fields, issues }: Refusals, error: unknown, n: number): void {
  if (!(error instanceof ProblemError) || error.code !== 'grant.refused') throw error;
  const lacking = (error.extras.fields as string[] | undefined) ?? [];
  for (const field of lacking) fields.add(field);
  issues.push({ path: ['people', n], message: `gives what you do not have: ${lacking.join(', ')}` });
}

function understand(lines: readonly PersonLine[], names: Names, there: ReadonlyMap<string, PersonRecord | 'elsewhere'>, maySee: (id: string) => boolean) {
  const issues: Issue[] = [];
  const met = new Set<string>();
  const understood = lines.map((line, n): Understood => {
    const wrong = (key: string, message: string, ...more: number[]) => void issues.push({ path: ['people', n, key, ...more], message });
    const email = normalEmail(line.email);
    if (!v.is(EMAIL, email)) wrong('email', 'must be an email address');
    else if (met.has(email)) wrong('email', 'stands in another line too');
    met.add(email);
    const found = there.get(email) ?? null;
    if (found === 'elsewhere' || (found && !maySee(found.id))) wrong('email', 'belongs to somebody whom you cannot change');
    const name = line.name.trim();
    if (name === '' || name.length > 120) wrong('name', 'must have 1 to 120 characters');
    const before = found === 'elsewhere' ? null : found;
    const change = {
      name,
      licence: oneOf(LICENCES, line.licence, () => wrong('licence', `must be one of ${LICENCES.join(', ')}`)),
      type: oneOf(PERSON_TYPES, line.type, () => wrong('type', `must be one of ${PERSON_TYPES.join(', ')}`)),
      profiles: line.profiles && profilesOf(line.profiles, names, before, wrong),
      teams: line.teams && teamsOf(line.teams, names, before, wrong),
    };
    return { n, email, before, change };
  });
  return { understood, issues };
}

const EMAIL = v.pipe(v.string(), v.email(), v.maxLength(254));

type Wrong = (key: string, message: string, ...more: number[]) => void;

function oneOf<T extends string>(choices: readonly T[], text: string | undefined, wrong: () => void): T | undefined {
  const wanted = text?.trim().toLowerCase();
  if (!wanted) return undefined;
  const found = choices.find((choice) => choice === wanted);
  if (!found) wrong();
  return found;
}

/** The first is the one at login. An archived one is kept by whoever has it, and given to nobody. */
function profilesOf(given: readonly string[], names: Names, before: PersonRecord | null, wrong: Wrong): PersonRecord['profiles'] {
  const held = new Map(before?.profiles.map((profile) => [profile.id, profile]));
  const found = given.map((name, at) => {
    const profile = names.profile(name);
    if (!profile) wrong('profiles', `there is no profile ${name}`, at);
    else if (profile.archived && !held.has(profile.id)) wrong('profiles', `the profile ${name} is archived`, at);
    return profile;
  });
  return idsOf(found).map((id, n) => ({ id, atLogin: n === 0, score: held.get(id)?.score ?? 50 }));
}

function teamsOf(given: readonly string[], names: Names, before: PersonRecord | null, wrong: Wrong): PersonRecord['teams'] {
  const found = given.map((name, at) => {
    const team = names.team(name);
    if (!team) wrong('teams', `there is no team ${name}`, at);
    return team;
  });
  return idsOf(found).map((id) => ({ id, manages: before?.teams.find((team) => team.id === id)?.manages ?? false }));
}

const idsOf = (found: readonly ({ readonly id: string } | undefined)[]): string[] => [...new Set(found.flatMap((each) => (each ? [each.id] : [])))];
