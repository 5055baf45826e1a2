/** Access tokens of another OpenID Connect issuer: found by discovery, verified with its published keys. */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import * as v from 'valibot';
import type { Authentication } from './authenticator.ts';
import { normalEmail } from './passwords.ts';
import type { AuthDatabase } from './tables.ts';
import { CLOCK_TOLERANCE } from './verify-own.ts';

export interface ExternalIssuer {
  readonly issuer: string;
  /** What `aud` must hold. */
  readonly audience: string;
  /** The claim that says the person's email address. */
  readonly emailClaim: string;
}

/** Signatures with a public key only: with `none` or a shared secret anybody could write a token. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const DISCOVERY_TIMEOUT_MS = 5000;
/** After a failed discovery the issuer is left alone this long. */
const DISCOVERY_PAUSE_MS = 5000;
const metadata = v.object({ issuer: v.string(), jwks_uri: v.pipe(v.string(), v.url()) });

class IssuerUnreachable extends Error {
  override readonly name = 'IssuerUnreachable';
}

/** The keys were had, and none is right for the token; anything else is no fault of the token. */
const isOfToken = (error: unknown): boolean =>
  [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported].some((kind) => error instanceof kind);

export function createExternalVerifier(deps: { db: AuthDatabase; external: ExternalIssuer; clock: () => number; fetch?: typeof fetch }) {
  const { db, external, clock, fetch: get = fetch } = deps;
  let keys: Promise<JWTVerifyGetKey> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  return async (token: string): Promise<Authentication> => {
    const claims = await verify(token).catch((error: unknown) => {
      if (error instanceof errors.JOSEError || error instanceof IssuerUnreachable) return error;
      throw error;
    });
    if (claims instanceof IssuerUnreachable) return { ok: false, code: 'hub.notReady', detail: claims.message };
    if (claims instanceof Error) return { ok: false, code: 'auth.invalid', detail: claims.code };
    const person = await personOf(claims);
    if (!person) return { ok: false, code: 'auth.unknownPerson', detail: 'no person for this subject' };
    return {
      ok: true,
      personId: person.id,
      accountId: person.account_id,
      type: person.type,
      via: 'oidc',
      expiresAt: (claims.exp ?? 0) * 1000,
    };
  };

  async function verify(token: string): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, await issuerKeys(), {
      issuer: external.issuer,
      audience: external.audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(clock()),
    });
    return payload;
  }

  /** Asked for once, at the first token; asked again only where that failed. */
  function issuerKeys(): Promise<JWTVerifyGetKey> {
    if (!keys) {
      if (clock() - failedAt < DISCOVERY_PAUSE_MS) return Promise.reject(new IssuerUnreachable('issuer unreachable a moment ago'));
      keys = discover();
      keys.catch(() => {
        keys = undefined;
        failedAt = clock();
      });
    }
    return keys;
  }

  async function discover(): Promise<JWTVerifyGetKey> {
    const address = `${external.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const found = await get(address, { signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS) })
      .then(async (answer) => v.parse(metadata, await answer.json()))
      .catch((cause: unknown) => {
        throw new IssuerUnreachable('the discovery document of the issuer cannot be read', { cause });
      });
    if (found.issuer !== external.issuer) throw new IssuerUnreachable('the discovery document names another issuer');
    const keySet = createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: DISCOVERY_TIMEOUT_MS });
    return (header, token) =>
      keySet(header, token).catch((cause: unknown) => {
        throw isOfToken(cause) ? cause : new IssuerUnreachable('the keys of the issuer cannot be read', { cause });
      });
  }

  /** Anybody may write any address into the plain claim of some issuers. One chosen by configuration is trusted as it is. */
  function isVerified(claims: JWTPayload): boolean {
    return external.emailClaim !== 'email' || claims['email_verified'] === true;
  }

  /** By the subject where it has been here before, else by a verified email address, which ties the subject to the person. */
  async function personOf(claims: JWTPayload) {
    const { issuer } = external;
    const subject = claims.sub as string;
    const known = await db
      .selectFrom('person_subject')
      .innerJoin('person', 'person.id', 'person_subject.person_id')
      .select(['person.id', 'person.account_id', 'person.type', 'person.disabled'])
      .where('person_subject.issuer', '=', issuer)
      .where('person_subject.subject', '=', subject)
      .executeTakeFirst();
    if (known) return known.disabled ? undefined : known;

    const email = claims[external.emailClaim];
    if (typeof email !== 'string' || !isVerified(claims)) return undefined;
    const person = await db
      .selectFrom('person')
      .select(['id', 'account_id', 'type'])
      .where((w) => w(w.fn<string>('lower', ['email']), '=', normalEmail(email)))
      .where('disabled', '=', false)
      .executeTakeFirst();
    if (!person) return undefined;
    await db
      .insertInto('person_subject')
      .values({ issuer, subject, person_id: person.id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return person;
  }
}
