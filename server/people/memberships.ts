import { sql } from 'kysely';
import type { PersonRecord } from '../../lib/api/shapes-maker.ts';
import { isUuid } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { requireElement } from '../http/console.ts';
import { ProblemError } from '../http/problem-error.ts';
import { rowsAs } from '../db/rows.ts';
import type { Actor } from '../profiles/drafts.ts';
import type { Sides } from './profiles.ts';

type Membership = PersonRecord['teams'][number];

/**
 * Teams whose members are about to change: their records are other ones then.
 *
 * @throws {ProblemError} notFound: no such team in the account; forbidden: not among those that one may use
 */
export async function holdTeams(trx: Trx, { accountId, rights }: Actor, ids: readonly string[]): Promise<void> {
  for (const id of ids) requireElement(rights, 'teams', id);
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    with held as (
      select id from team where account_id = ${accountId}::uuid and id = any(${ids.filter(isUuid)}::uuid[]) order by id for no key update
    )
    update team set revision = revision + 1 from held where team.id = held.id returning team.id`.execute(trx);
  if (rows.length < ids.length) throw new ProblemError('notFound', { detail: 'There is no such team.' });
}

/**
 * Puts some people into teams and takes them out of others.
 *
 * @throws {ProblemError} as `holdTeams` does
 */
export async function putMemberships(trx: Trx, actor: Actor, people: readonly Sides<Membership>[]): Promise<void> {
  const gone = people.flatMap(({ personId: person_id, before, after }) =>
    before.filter(({ id }) => !after.some((team) => team.id === id)).map(({ id: team_id }) => ({ person_id, team_id })),
  );
  const put = people.flatMap(({ personId: person_id, before, after }) =>
    after
      .filter(({ id, manages }) => before.find((team) => team.id === id)?.manages !== manages)
      .map(({ id: team_id, manages }) => ({ person_id, team_id, manages })),
  );
  await holdTeams(trx, actor, [...new Set([...gone, ...put].map(({ team_id }) => team_id))]);
  if (gone.length > 0) {
    await sql`
      delete from team_member m using ${rowsAs(gone, 'r(person_id uuid, team_id uuid)')}
      where m.person_id = r.person_id and m.team_id = r.team_id`.execute(trx);
  }
  if (put.length === 0) return;
  await sql`
    insert into team_member (person_id, team_id, manages)
    select * from ${rowsAs(put, 'r(person_id uuid, team_id uuid, manages boolean)')}
    on conflict (team_id, person_id) do update set manages = excluded.manages`.execute(trx);
}
