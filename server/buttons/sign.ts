/** By what a web service knows that it is the hub who asks: a secret of the account, and a signature made with it. */
import { createHmac, randomBytes } from 'node:crypto';
import { audit } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';

const PREFIX = 'pns_';
/** So long the secret before the last one signs too. */
export const OVERLAP_MS = 24 * 60 * 60_000;

export const SIGNATURE_HEADER = 'pennon-signature';

/**
 * `t=<seconds>,v1=<hex>`, with a `v1` for each secret that holds: HMAC-SHA256 of the time, a dot and the body as it is sent.
 *
 * @param at seconds since the epoch
 */
export function signatureOf(body: string, secrets: readonly string[], at: number): string {
  const marks = secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`);
  return [`t=${at}`, ...marks].join(',');
}

/** Makes a secret, or another one. @returns it; it cannot be read again */
export async function createServiceSecret(db: Db, accountId: string, now: number): Promise<string> {
  const secret = PREFIX + randomBytes(32).toString('base64url');
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('service_secret')
      .values({ account_id: accountId, secret, earlier: null, earlier_until: null, made_at: new Date(now) })
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet({ secret, earlier: (eb) => eb.ref('service_secret.secret'), earlier_until: new Date(now + OVERLAP_MS), made_at: new Date(now) }),
      )
      .execute();
    await audit(trx, { accountId, actorId: null, action: 'serviceSecret.create', subjectId: accountId });
  });
  return secret;
}

/** Ends all there are: no web service is called until there is another. @returns whether there was one */
export async function revokeServiceSecret(db: Db, accountId: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx.deleteFrom('service_secret').where('account_id', '=', accountId).returning('account_id').executeTakeFirst();
    if (row) await audit(trx, { accountId, actorId: null, action: 'serviceSecret.revoke', subjectId: accountId });
    return row !== undefined;
  });
}

/** Those to sign with, the newest first; none where none was made. */
export async function serviceSecrets(db: Db | Trx, accountId: string, now: number): Promise<readonly string[]> {
  const row = await db.selectFrom('service_secret').select(['secret', 'earlier', 'earlier_until']).where('account_id', '=', accountId).executeTakeFirst();
  if (!row) return [];
  return row.earlier !== null && row.earlier_until !== null && row.earlier_until.getTime() > now ? [row.secret, row.earlier] : [row.secret];
}
