/** Tokens for scripts: `pnt_` and 32 random bytes. Only their SHA-256 is kept: 256 random bits need no slow hash. */
import { createHash, randomBytes } from 'node:crypto';
import { audit, logPersonChange } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { Fault } from '../fault.ts';
import type { Authentication } from './authenticator.ts';
import { normalEmail } from './passwords.ts';
import type { AuthDatabase } from './tables.ts';

const PREFIX = 'pnt_';
const DAY_MS = 86_400_000;
const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

export const isApiToken = (token: string): boolean => token.startsWith(PREFIX);

/**
 * Makes a token that may do what the person may, for `days` days.
 *
 * @returns the token; it cannot be read again
 * @throws {Fault} where nobody has this email address
 */
export async function createApiToken(db: AuthDatabase, email: string, days: number, now = Date.now()): Promise<string> {
  const person = await personWith(db, email).where('disabled', '=', false).executeTakeFirst();
  if (!person) throw unknown(email);
  const token = PREFIX + randomBytes(32).toString('base64url');
  const expires_at = new Date(now + days * DAY_MS);
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('api_token').values({ person_id: person.id, hash: digest(token), expires_at, revoked_at: null }).execute();
    await audit(trx as unknown as Trx, {
      accountId: person.account_id,
      actorId: null,
      action: 'apiToken.create',
      subjectId: person.id,
      after: { expiresAt: expires_at.toISOString() },
    });
  });
  return token;
}

/** Ends all of a person's tokens. @returns how many still worked @throws {Fault} where nobody has this email address */
export async function revokeApiTokens(db: AuthDatabase, email: string, now = Date.now()): Promise<number> {
  const person = await personWith(db, email).executeTakeFirst();
  if (!person) throw unknown(email);
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('api_token')
      .set({ revoked_at: new Date(now) })
      .where('person_id', '=', person.id)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', new Date(now))
      .executeTakeFirst();
    // Every hub forgets that it knew them.
    await logPersonChange(trx as unknown as Trx, person.account_id, person.id);
    await audit(trx as unknown as Trx, {
      accountId: person.account_id,
      actorId: null,
      action: 'apiToken.revoke',
      subjectId: person.id,
      after: { revoked: Number(numUpdatedRows) },
    });
    return Number(numUpdatedRows);
  });
}

const personWith = (db: AuthDatabase, email: string) =>
  db
    .selectFrom('person')
    .select(['id', 'account_id'])
    .where((w) => w(w.fn<string>('lower', ['email']), '=', normalEmail(email)));

const unknown = (email: string) => new Fault(`Nobody here has the email address ${email}.`);

export async function authenticateApiToken(db: AuthDatabase, token: string, now: number): Promise<Authentication> {
  const found = await db
    .selectFrom('api_token')
    .innerJoin('person', 'person.id', 'api_token.person_id')
    .select(['person.id', 'person.account_id', 'person.type', 'api_token.expires_at', 'api_token.revoked_at'])
    .where('api_token.hash', '=', digest(token))
    .where('person.disabled', '=', false)
    .executeTakeFirst();
  if (!found || found.revoked_at || found.expires_at.getTime() <= now) {
    return { ok: false, code: 'auth.invalid', detail: found ? 'API token expired or revoked' : 'API token unknown' };
  }
  return {
    ok: true,
    personId: found.id,
    accountId: found.account_id,
    type: found.type,
    via: 'apiToken',
    expiresAt: found.expires_at.getTime(),
  };
}
