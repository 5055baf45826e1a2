/** Signing keys and cookie secrets: made once, kept in the database, the same for every hub on it. */
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { AuthDatabase } from './tables.ts';

export const SIGNING_ALGORITHM = 'ES256';

export interface Secrets {
  /** Private keys; the first signs, all verify. */
  readonly keys: readonly JWK[];
  readonly cookieSecrets: readonly string[];
}

export async function readSecrets(db: AuthDatabase): Promise<Secrets> {
  return {
    keys: await keep(db, 'keys', async () => [await newKey()]),
    cookieSecrets: await keep(db, 'cookieSecrets', async () => [randomBytes(32).toString('base64url')]),
  };
}

/** Of several hubs that start together on a new database, one writes and all read what it wrote. */
async function keep<T>(db: AuthDatabase, name: string, make: () => Promise<T>): Promise<T> {
  const read = () => db.selectFrom('oidc_secret').select('value').where('name', '=', name).executeTakeFirst();
  const kept = await read();
  if (kept) return kept.value as T;
  await db
    .insertInto('oidc_secret')
    .values({ name, value: JSON.stringify(await make()) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await read())?.value as T;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: SIGNING_ALGORITHM, use: 'sig', kid: randomBytes(8).toString('base64url') };
}

export function publicPart({ kty, crv, x, y, kid, alg, use }: JWK): JWK {
  return { kty, crv, x, y, kid, alg, use } as JWK;
}
