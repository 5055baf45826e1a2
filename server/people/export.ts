import type { Db } from '../db/connect.ts';
import { EVERYTHING } from '../db/page.ts';
import type { Scope } from '../db/scope.ts';
import type { PersonLine } from './import.ts';
import { listPeople } from './read.ts';

/** People as the import reads them, the profile at login first; without the disabled. */
export async function exportPeople(db: Db, accountId: string, scope: Scope): Promise<PersonLine[]> {
  const { rows } = await listPeople(db, accountId, scope, { ...EVERYTHING, disabled: false });
  return rows.map(({ name, email, licence, type, profiles, teams }) => ({
    name,
    email,
    licence,
    type,
    profiles: profiles.map((profile) => profile.name),
    teams: teams.map((team) => team.name),
  }));
}
