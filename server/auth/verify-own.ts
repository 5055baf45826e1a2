/** Access tokens of the embedded issuer: verified with its own keys, in process. */
import { createLocalJWKSet, errors, jwtVerify, type JWK } from 'jose';
import type { Authentication } from './authenticator.ts';
import { SIGNING_ALGORITHM } from './secrets.ts';
import type { AuthDatabase } from './tables.ts';

/** What access tokens are for: the resource indicator to ask for, and their audience. */
export const HUB_RESOURCE = 'urn:pennon:hub';
/** The claim that names the grant: a token whose grant is gone is worth nothing, however long it has to run. */
export const GRANT_CLAIM = 'gid';
/** Seconds by which two clocks may differ. */
export const CLOCK_TOLERANCE = 5;

export function createOwnVerifier(deps: { db: AuthDatabase; issuer: string; keys: JWK[]; clock: () => number }) {
  const { db, issuer, clock } = deps;
  const keys = createLocalJWKSet({ keys: deps.keys });
  return async (token: string): Promise<Authentication> => {
    const claims = await verify(token).catch((error: unknown) => {
      if (error instanceof errors.JOSEError) return error;
      throw error;
    });
    if (claims instanceof Error) return { ok: false, code: 'auth.invalid', detail: claims.code };
    const { sub, exp, [GRANT_CLAIM]: grant } = claims;
    const person = typeof grant === 'string' && sub ? await standing(sub, grant) : undefined;
    if (!person) return { ok: false, code: 'auth.invalid', detail: 'signed out, revoked or disabled' };
    return { ok: true, personId: person.id, accountId: person.account_id, type: person.type, via: 'oidc', expiresAt: (exp ?? 0) * 1000 };
  };

  async function verify(token: string) {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: HUB_RESOURCE,
      algorithms: [SIGNING_ALGORITHM],
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', GRANT_CLAIM],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(clock()),
    });
    return payload;
  }

  /** The person, if still enabled and the grant not ended. `sub` is written by this hub alone: always a person's id. */
  function standing(personId: string, grantId: string) {
    return db
      .selectFrom('person')
      .innerJoin('oidc_payload as grant', (join) => join.on('grant.model', '=', 'Grant').on('grant.id', '=', grantId))
      .select(['person.id', 'person.account_id', 'person.type'])
      .where('person.id', '=', personId)
      .where('grant.subject', '=', personId)
      .where('person.disabled', '=', false)
      .where((w) => w.or([w('grant.expires_at', 'is', null), w('grant.expires_at', '>', new Date(clock()))]))
      .executeTakeFirst();
  }
}
