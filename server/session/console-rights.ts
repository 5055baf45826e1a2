import { sql } from 'kysely';
import { type ConsoleRights, consoleRightsOf, everyConsoleRight } from '../../lib/decide/console.ts';
import type { Person } from '../../lib/decide/index.ts';
import type { PersonType } from '../../lib/catalogue/index.ts';
import type { Db } from '../db/connect.ts';
import { activeVersion, type ActiveVersion } from './heads.ts';
import type { Views } from './views.ts';

/** What a person may do in the Maker now, by the profile in effect: of their open session, else the one at login. */
export type ReadConsoleRights = (db: Db, who: { readonly personId: string; readonly type: PersonType }) => Promise<ConsoleRights>;

/** One query, and one more for a version that was not read before. */
export function createConsoleRights({ views }: { readonly views: Views }): ReadConsoleRights {
  return async (db, { personId, type }) => {
    if (type === 'administrator') return everyConsoleRight;
    const read = await inEffect(db, personId);
    if (!read) return consoleRightsOf('none', NOBODY);
    const view = read.active && (await views.of(db, read.active))?.view;
    return consoleRightsOf(view || 'none', read.person);
  };
}

const NOBODY: Person = { licence: 'essentials', type: 'agent', allow: [], deny: [], accountOptions: [] };

async function inEffect(db: Db, personId: string): Promise<{ person: Person; active: ActiveVersion | null } | null> {
  const row = await db
    .selectFrom('person as p')
    .innerJoin('account as c', 'c.id', 'p.account_id')
    .leftJoin('session as s', (join) => join.onRef('s.person_id', '=', 'p.id').on('s.closed_at', 'is', null))
    .leftJoin('profile as f', 'f.id', 's.profile_id')
    .leftJoin('assignment as a', (join) => join.onRef('a.person_id', '=', 'p.id').onRef('a.profile_id', '=', 's.profile_id'))
    .where('p.id', '=', personId)
    .select(['p.licence', 'p.type', 'p.allow', 'p.deny', 'c.options', 's.id as session_id', 's.profile_id', 'f.published_seq'])
    .select(activeVersion.as('version'))
    .select(sql<ActiveVersion | null>`case when s.id is null then (${atLogin}) end`.as('at_login'))
    .executeTakeFirst();
  if (!row) return null;
  const { licence, type, allow, deny, options } = row;
  const person = { licence, type, allow, deny, accountOptions: options as Person['accountOptions'] };
  if (row.session_id === null) return { person, active: row.at_login };
  const { profile_id, version, published_seq } = row;
  return { person, active: profile_id !== null && version !== null ? { profileId: profile_id, version, publishedSeq: published_seq ?? 0 } : null };
}

/** The one that a session of person `p` would start with: the one at login, else the only one there is. */
const atLogin = sql`
  select json_build_object('profileId', o.id, 'version', o.version, 'publishedSeq', o.published_seq)
  from (
    select g.id, coalesce(b.pinned_version, g.current_version) as version, g.published_seq, b.at_login, count(*) over () as held
    from assignment b join profile g on g.id = b.profile_id
    where b.person_id = p.id and not g.archived and g.current_version is not null
  ) o
  where o.at_login or o.held = 1
  order by o.at_login desc limit 1`;
