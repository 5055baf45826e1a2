/** Which profiles a person has, as their record says it: like assigning and taking back one by one. */
import { sql } from 'kysely';
import type { PersonRecord } from '../../lib/api/shapes-maker.ts';
import { auditAll, type AuditEntry, isUuid } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { rowsAs } from '../db/rows.ts';
import { requireElement, requireRight } from '../http/console.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Actor } from '../profiles/drafts.ts';
import { grantRefused, refuseGiving } from '../profiles/grants.ts';

type Held = PersonRecord['profiles'][number];
interface Writes {
  readonly trx: Trx;
  readonly actor: Actor;
}

/** What a person has before and after. */
export interface Sides<T> {
  readonly personId: string;
  readonly before: readonly T[];
  readonly after: readonly T[];
}

const isSame = (a: Held | undefined, b: Held | undefined) => a?.atLogin === b?.atLogin && a?.score === b?.score && (a === undefined) === (b === undefined);

/** Each profile of either side that the person has otherwise afterwards. */
function changesOf(before: readonly Held[], after: readonly Held[]) {
  const ids = new Set([...before, ...after].map(({ id }) => id));
  const of = (rows: readonly Held[], id: string) => rows.find((row) => row.id === id);
  return [...ids].toSorted().map((id) => ({ id, was: of(before, id), is: of(after, id) })).filter(({ was, is }) => !isSame(was, is));
}

/** Of each profile what is against giving it, or null: asked once, however many people are given it. */
export type AssignAnswers = Map<string, ProblemError | null>;

/** @throws {ProblemError} forbidden, grant.refused; notFound: no such profile in the account; profile.archived */
export async function refuseToAssign({ trx, actor }: Writes, before: readonly Held[], after: readonly Held[], known: AssignAnswers = new Map()): Promise<void> {
  const changes = changesOf(before, after);
  if (changes.length === 0) return;
  // Whoever may say who takes a profile may say it here as well.
  if (!actor.rights.may('profiles.assign').allowed) requireRight(actor.rights, 'people.assign');
  for (const { id } of changes) requireElement(actor.rights, 'profiles', id);
  const refusals: ProblemError[] = [];
  for (const { id } of changes.filter(({ was }) => was === undefined)) {
    const answer = known.has(id) ? known.get(id) : await against(trx, actor, id);
    known.set(id, answer ?? null);
    if (answer) refusals.push(answer);
  }
  if (refusals.length === 0) return;
  const other = refusals.find(({ code }) => code !== 'grant.refused');
  throw other ?? grantRefused([...new Set(refusals.flatMap(({ extras }) => extras.fields as string[]))]);
}

async function against(trx: Trx, actor: Actor, id: string): Promise<ProblemError | null> {
  // Held, so that it is neither archived nor deleted before it is given.
  const profile = isUuid(id)
    ? await sql<{ archived: boolean }>`
        select archived from profile where account_id = ${actor.accountId}::uuid and id = ${id}::uuid for key share`.execute(trx).then(({ rows: [row] }) => row)
    : undefined;
  if (!profile) return new ProblemError('notFound', { detail: 'There is no such profile.' });
  if (profile.archived) return new ProblemError('profile.archived', { detail: 'An archived profile is given to nobody.' });
  return refuseGiving(trx, actor.rights, [id]).then(
    () => null,
    (error: unknown) => {
      if (error instanceof ProblemError) return error;
      throw error;
    },
  );
}

/** What some people are assigned, in a handful of statements however many they are. */
export async function putProfiles({ trx, actor }: Writes, people: readonly Sides<Held>[]): Promise<void> {
  const rows = people.flatMap(({ personId, before, after }) => changesOf(before, after).map((change) => ({ personId, ...change })));
  const gone = rows.filter(({ is }) => is === undefined).map(({ personId: person_id, id: profile_id }) => ({ person_id, profile_id }));
  const put = rows.flatMap(({ personId: person_id, is }) => (is ? [{ person_id, profile_id: is.id, score: is.score }] : []));
  if (gone.length > 0) {
    await sql`
      delete from assignment a using ${rowsAs(gone, 'r(person_id uuid, profile_id uuid)')}
      where a.person_id = r.person_id and a.profile_id = r.profile_id`.execute(trx);
  }
  if (put.length > 0) await putAssignments(trx, put, people);
  await auditAll(trx, rows.map(({ personId, id, was, is }) => assignmentEntry(actor, personId, id, was, is)));
}

async function putAssignments(trx: Trx, put: readonly { readonly person_id: string }[], people: readonly Sides<Held>[]): Promise<void> {
  const changed = new Set(put.map(({ person_id }) => person_id));
  // Only one may be the one at login at any moment: none, then the new one.
  await sql`update assignment set at_login = false where at_login and person_id = any(${[...changed]}::uuid[])`.execute(trx);
  await sql`
    insert into assignment (person_id, profile_id, score)
    select * from ${rowsAs(put, 'r(person_id uuid, profile_id uuid, score integer)')}
    on conflict (person_id, profile_id) do update set score = excluded.score`.execute(trx);
  const logins = people
    .filter(({ personId }) => changed.has(personId))
    .flatMap(({ personId: person_id, after }) => after.filter(({ atLogin }) => atLogin).map(({ id: profile_id }) => ({ person_id, profile_id })));
  await sql`
    update assignment a set at_login = true from ${rowsAs(logins, 'r(person_id uuid, profile_id uuid)')}
    where a.person_id = r.person_id and a.profile_id = r.profile_id`.execute(trx);
}

function assignmentEntry({ accountId, personId: actorId }: Actor, personId: string, subjectId: string, was: Held | undefined, is: Held | undefined): AuditEntry {
  const side = (held: Held | undefined) => held && { personId, at_login: held.atLogin, score: held.score };
  return { accountId, actorId, action: is ? 'profile.assign' : 'profile.unassign', subjectId, before: side(was), after: side(is) };
}
