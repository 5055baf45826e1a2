import { sql } from 'kysely';
import { activeVersion } from '../session/heads.ts';
import type { ListedRow, ReadListed } from './listed.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly status: string | null;
  readonly activity: string | null;
  readonly profile: string | null;
}

/** Everybody of the account who can sign in, with what their session says of them now. */
export const readColleagues: ReadListed = async (db, _panel, { accountId }) => {
  const { rows } = await sql<Row>`
    select p.id, p.name, p.email, s.status, activity.name as activity, case when ${activeVersion} is null then null else f.name end as profile
    from person p
      left join session s on s.person_id = p.id and s.closed_at is null
      left join profile f on f.id = s.profile_id
      left join assignment a on a.person_id = s.person_id and a.profile_id = s.profile_id
      left join resource activity on activity.id = s.activity_id
    where p.account_id = ${accountId}::uuid and not p.disabled`.execute(db);
  return rows.map(rowOf);
};

const rowOf = ({ id, name, email, status, activity, profile }: Row): ListedRow => ({
  id,
  values: { name, email, status: status ?? 'offline', activity, profile, online: status !== null },
});
