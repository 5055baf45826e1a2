import { sql } from 'kysely';
import type { TeamRecord } from '../../lib/api/shapes-maker.ts';
import { audit, isUuid } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { refuseOtherRevision } from '../db/revision.ts';
import { requireElement } from '../http/console.ts';
import { ProblemError } from '../http/problem-error.ts';
import { forgetElement } from '../people/forget-element.ts';
import { keepCreated } from '../people/keep-created.ts';
import type { Actor } from '../profiles/drafts.ts';
import { readTeam } from './read.ts';

type Member = TeamRecord['members'][number];
export interface TeamContent {
  readonly name: string;
  readonly note: string;
  readonly members: readonly Member[];
}
export type TeamChange = { readonly [K in keyof TeamContent]?: TeamContent[K] | undefined };

/** @throws {ProblemError} team.nameTaken; notFound: a member is nobody of the account; forbidden: nor one of one's people */
export async function createTeam(trx: Trx, actor: Actor, { name, note, members }: TeamContent): Promise<TeamRecord> {
  const { accountId: account_id } = actor;
  const { id } = await takingName(() => trx.insertInto('team').values({ account_id, name, note }).returning('id').executeTakeFirstOrThrow());
  await putMembers(trx, actor, id, [], members);
  await keepCreated(trx, actor, actor.rights, 'teams', [id]);
  await auditTeam(trx, actor, 'team.create', id, { after: { name, note, members } });
  return readTeam(trx, account_id, id);
}

/** Changes what is given. @throws {ProblemError} notFound, record.conflict, team.nameTaken, forbidden */
export async function updateTeam(trx: Trx, actor: Actor, id: string, ifMatch: string, change: TeamChange): Promise<TeamRecord> {
  const before = await holdTeam(trx, actor, id, change.members ?? []);
  refuseOtherRevision(before, ifMatch);
  const name = change.name ?? before.name;
  const note = change.note ?? before.note;
  const members = change.members ?? before.members;
  const [was, is] = [differing(before.members, members), differing(members, before.members)];
  const same = name === before.name && note === before.note && was.length === 0 && is.length === 0;
  if (same) return before;
  await takingName(() => trx.updateTable('team').set({ name, note, revision: sql`revision + 1` }).where('id', '=', id).execute());
  await putMembers(trx, actor, id, before.members, members);
  const side = (team: TeamContent, some: readonly Member[]) => ({
    ...(name === before.name ? {} : { name: team.name }),
    ...(note === before.note ? {} : { note: team.note }),
    ...(was.length + is.length === 0 ? {} : { members: some }),
  });
  await auditTeam(trx, actor, 'team.update', id, { before: side(before, was), after: side({ name, note, members }, is) });
  return readTeam(trx, actor.accountId, id);
}

/** @throws {ProblemError} notFound */
export async function deleteTeam(trx: Trx, actor: Actor, id: string): Promise<void> {
  const { name, note, members } = await holdTeam(trx, actor, id, []);
  await bumpPeople(trx, members.map(({ personId }) => personId));
  await trx.deleteFrom('team').where('id', '=', id).execute();
  await forgetElement(trx, actor.accountId, 'teams', id);
  await auditTeam(trx, actor, 'team.delete', id, { before: { name, note, members } });
}

/** The team and its people for a change: people before teams, as a change to a person takes them. */
async function holdTeam(trx: Trx, { accountId }: Actor, id: string, members: readonly Member[]): Promise<TeamRecord> {
  const met = await readTeam(trx, accountId, id);
  const people = [...met.members, ...members].map(({ personId }) => personId).filter(isUuid);
  if (people.length > 0) await trx.selectFrom('person').select('id').where('id', 'in', people).orderBy('id').forNoKeyUpdate().execute();
  await trx.selectFrom('team').select('id').where('id', '=', id).forNoKeyUpdate().execute();
  return readTeam(trx, accountId, id);
}

/** Those of some members that are not among the others, or are otherwise. */
const differing = (some: readonly Member[], others: readonly Member[]): Member[] =>
  some.filter(({ personId, manages }) => !others.some((other) => other.personId === personId && other.manages === manages));

async function putMembers(trx: Trx, actor: Actor, teamId: string, before: readonly Member[], after: readonly Member[]): Promise<void> {
  const put = differing(after, before);
  const gone = before.filter(({ personId }) => !after.some((member) => member.personId === personId)).map(({ personId }) => personId);
  const changed = [...new Set([...put.map(({ personId }) => personId), ...gone])];
  if (changed.length === 0) return;
  for (const id of changed) requireElement(actor.rights, 'people', id);
  await refuseStrangers(trx, actor.accountId, after);
  if (gone.length > 0) await trx.deleteFrom('team_member').where('team_id', '=', teamId).where('person_id', 'in', gone).execute();
  if (put.length > 0) {
    await trx
      .insertInto('team_member')
      .values(put.map(({ personId, manages }) => ({ team_id: teamId, person_id: personId, manages })))
      .onConflict((conflict) => conflict.columns(['team_id', 'person_id']).doUpdateSet((e) => ({ manages: e.ref('excluded.manages') })))
      .execute();
  }
  await bumpPeople(trx, changed);
}

async function refuseStrangers(trx: Trx, accountId: string, members: readonly Member[]): Promise<void> {
  const ids = [...new Set(members.map(({ personId }) => personId))];
  if (ids.length < members.length) throw new ProblemError('request.invalid', { issues: [{ path: ['members'], message: 'the same person twice' }] });
  if (ids.length === 0) return;
  const known = ids.every(isUuid)
    ? await trx.selectFrom('person').select('id').where('account_id', '=', accountId).where('id', 'in', ids).execute()
    : [];
  if (known.length < ids.length) throw new ProblemError('notFound', { detail: 'There is no such person.' });
}

/** Which teams they are in stands in people's own records: these are other ones now. */
async function bumpPeople(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with held as (select id from person where id = any(${ids}::uuid[]) order by id for no key update)
    update person set revision = revision + 1 from held where person.id = held.id`.execute(trx);
}

const auditTeam = (trx: Trx, { accountId, personId: actorId }: Actor, action: string, subjectId: string, sides: { before?: unknown; after?: unknown }) =>
  audit(trx, { accountId, actorId, action, subjectId, ...sides });

async function takingName<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'team_name') throw error;
    throw new ProblemError('team.nameTaken', { detail: 'Another team has that name.' });
  }
}
