/** Local passwords: argon2id, as strong as OWASP's first recommendation (19 MiB, two passes, one lane). */
import { hash, verify } from '@node-rs/argon2';
import type { AuthDatabase } from './tables.ts';

const ARGON2ID = 2;
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
/** Longer ones are refused before any work is done on them. */
export const LONGEST_PASSWORD = 1024;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), PARAMETERS);

export const setPassword = async (db: AuthDatabase, personId: string, password: string): Promise<void> => {
  const row = { hash: await hashPassword(password), changed_at: new Date() };
  await db
    .insertInto('person_password')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
};

/** Stands in where there is nobody of that email address, so that the answer takes as long. */
let nobody: Promise<string> | undefined;

/**
 * @param email in any case, with or without spaces around it
 * @returns the person's id, or null where email and password do not belong together; the work is the same either way
 */
export async function personOfPassword(db: AuthDatabase, email: string, password: string): Promise<string | null> {
  const found = await db
    .selectFrom('person')
    .innerJoin('person_password', 'person_password.person_id', 'person.id')
    .select(['person.id', 'person_password.hash'])
    .where((w) => w(w.fn<string>('lower', ['person.email']), '=', normalEmail(email)))
    .where('person.disabled', '=', false)
    .executeTakeFirst();
  nobody ??= hashPassword('nobody');
  const right = await verify(found?.hash ?? (await nobody), password.normalize('NFC').slice(0, LONGEST_PASSWORD));
  return found && right && password.length <= LONGEST_PASSWORD ? found.id : null;
}

export const normalEmail = (email: string): string => email.trim().toLowerCase();
