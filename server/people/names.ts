import type { Trx } from '../db/connect.ts';

export interface NamedProfile {
  readonly id: string;
  readonly archived: boolean;
}

/** Profiles and teams of an account by their names, upper and lower case alike. */
export interface Names {
  readonly profile: (name: string) => NamedProfile | undefined;
  readonly team: (name: string) => { readonly id: string } | undefined;
}

const keyOf = (name: string): string => name.trim().toLowerCase();

export async function loadNames(trx: Trx, accountId: string): Promise<Names> {
  const profiles = await trx.selectFrom('profile').select(['id', 'name', 'archived']).where('account_id', '=', accountId).execute();
  const teams = await trx.selectFrom('team').select(['id', 'name']).where('account_id', '=', accountId).execute();
  // An archived profile may have the name of one that is not: the name then means that one.
  const profileBy = new Map(profiles.toSorted((a, b) => Number(b.archived) - Number(a.archived)).map((profile) => [keyOf(profile.name), profile]));
  const teamBy = new Map(teams.map((team) => [keyOf(team.name), team]));
  return { profile: (name) => profileBy.get(keyOf(name)), team: (name) => teamBy.get(keyOf(name)) };
}
