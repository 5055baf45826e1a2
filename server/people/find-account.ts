import type { Db } from '../db/connect.ts';
import { Fault } from '../fault.ts';

/** The account of that name, or without one the only one there is. @throws {Fault} naming those to choose from */
export async function findAccount(db: Db, name: string | undefined): Promise<string> {
  const accounts = await db.selectFrom('account').select(['id', 'name']).orderBy('name').execute();
  const found = accounts.filter((account) => name === undefined || account.name === name);
  if (found.length === 1 && found[0]) return found[0].id;
  if (accounts.length === 0) throw new Fault('There is no account yet: make one with `node server/main.ts account NAME`.');
  throw new Fault(`Say which account by --account: ${accounts.map((account) => account.name).join(', ')}.`);
}
