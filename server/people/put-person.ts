import { randomInt } from 'node:crypto';
import type { Licence, PersonType } from '../../lib/catalogue/index.ts';
import { everyConsoleRight } from '../../lib/decide/console.ts';
import { normalEmail } from '../auth/passwords.ts';
import type { Db, Trx } from '../db/connect.ts';
import { Fault } from '../fault.ts';
import { ProblemError } from '../http/problem-error.ts';
import { loadProfileView } from '../profiles/view.ts';
import { settlePerson } from '../session/settle.ts';
import { createViews } from '../session/views.ts';
import { holdPerson } from './hold.ts';
import { applyChange, createPerson, isLeaving, type PeopleWrites, setPassword } from './write.ts';

export interface PersonChange {
  readonly email: string;
  /** What is left out stays as it is; a new person needs a name. */
  readonly name?: string | undefined;
  readonly type?: PersonType | undefined;
  readonly licence?: Licence | undefined;
  /** Signed out at once, and not let in again until this is taken back. */
  readonly disabled?: boolean | undefined;
  /** Gives them a new password for the embedded issuer, and ends the sign-ins with the old one. */
  readonly newPassword: boolean;
}

export interface PutPerson {
  readonly made: boolean;
  /** Where one was given; it cannot be read again. */
  readonly password: string | null;
}

/** Adds a person to an account, or changes one by their email address, by the same code as the API. @throws {Fault} */
export async function putPerson(db: Db, accountId: string, change: PersonChange): Promise<PutPerson> {
  const views = createViews(loadProfileView);
  return db
    .transaction()
    .execute(async (trx) => {
      const writes: PeopleWrites = {
        trx,
        actor: { accountId, personId: null, rights: everyConsoleRight },
        type: 'administrator',
        settlePerson: (within, personId, given) => settlePerson(within, personId, views, given),
      };
      const found = await findByEmail(trx, accountId, change.email);
      const id = found ? await changePerson(writes, found, change) : await addPerson(writes, change);
      const password = change.newPassword ? makePassword() : null;
      if (password) await setPassword(writes, id, password);
      return { made: found === null, password };
    })
    .catch((error: unknown) => {
      if (!(error instanceof ProblemError && error.code === 'person.lastAdministrator')) throw error;
      throw new Fault('This is the only administrator: make another one first.');
    });
}

async function findByEmail(trx: Trx, accountId: string, email: string): Promise<string | null> {
  const normal = normalEmail(email);
  const found = await trx
    .selectFrom('person')
    .select(['id', 'account_id'])
    .where((w) => w(w.fn<string>('lower', ['email']), '=', normal))
    .executeTakeFirst();
  if (found && found.account_id !== accountId) throw new Fault(`${normal} belongs to another account.`);
  return found?.id ?? null;
}

async function changePerson(writes: PeopleWrites, id: string, { name, type, licence, disabled }: PersonChange): Promise<string> {
  const before = await holdPerson(writes.trx, writes.actor.accountId, id, { leaving: isLeaving({ type, disabled }) });
  await applyChange(writes, before, { name, type, licence, disabled });
  return id;
}

async function addPerson(writes: PeopleWrites, { email, name, type, licence, disabled }: PersonChange): Promise<string> {
  if (!name) throw new Fault(`Nobody here has the email address ${normalEmail(email)}: give a new person a name by --name.`);
  return (await createPerson(writes, { email, name, type, licence, disabled })).id;
}

/** Without characters that are taken for one another: 20 of 31 are 99 bits. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
function makePassword(): string {
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
