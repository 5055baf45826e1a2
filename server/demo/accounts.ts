/** Who one may sign in as in the demo centre. */
import { sql } from 'kysely';
import type { DemoAccount } from '../auth/pages/sign-in.ts';
import type { Db } from '../db/connect.ts';
import { DEMO_PASSWORD, type DemoPerson, people } from './people.ts';

export interface Demo {
  readonly accounts: readonly DemoAccount[];
  readonly password: string;
}

const TYPES = { agent: 'Agent', manager: 'Supervisor', administrator: 'Administrator' } as const;

/**
 * The accounts as they are now, with the profiles that they hold now.
 *
 * @returns null where no demo centre was seeded
 */
export async function readDemo(db: Db): Promise<Demo | null> {
  const { rows } = await sql<{ name: string; email: string; type: keyof typeof TYPES; profiles: string[] }>`
    select p.name, p.email, p.type,
      coalesce(array_agg(f.name order by a.at_login desc, f.name) filter (where f.id is not null), '{}') as profiles
    from demo_centre d
      join person p on p.account_id = d.account_id and not p.disabled
      left join assignment a on a.person_id = p.id
      left join profile f on f.id = a.profile_id and not f.archived
    group by p.id order by p.name`.execute(db);
  if (rows.length === 0) return null;
  const accounts = rows.map(({ name, email, type, profiles }) => ({
    name,
    email,
    about: [TYPES[type], profiles.length > 0 ? profiles.join(', ') : 'no profile'].join(' · '),
    profiles,
    ...(noteOf(email) ? { note: noteOf(email) as string } : {}),
  }));
  return { accounts, password: DEMO_PASSWORD };
}

const noteOf = (email: string): string | undefined => (Object.values(people) as DemoPerson[]).find((p) => p.email === email)?.note;
