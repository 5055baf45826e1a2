/** A hub that trusts another issuer: a second, real provider with keys of its own. */
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdapter } from '../../server/auth/adapter.ts';
import { createExternalVerifier } from '../../server/auth/verify-external.ts';
import { createBrowser, listen, newVerifier, openAuthHub, openTestDatabase, type AuthHub, type TestDatabase } from './auth-setup.ts';

const AUDIENCE = 'urn:example:hub';
let database: TestDatabase;
let hub: AuthHub;
let server: Server;
let issuer: string;
let key: CryptoKey;
let jwk: JWK;
const people = { known: 'ana@example.com', unverified: 'bo@example.com', stranger: 'stranger@example.com' };

beforeAll(async () => {
  database = await openTestDatabase();
  for (const name of ['ana', 'bo']) await database.addPerson(name);
  const pair = await generateKeyPair('RS256', { extractable: true });
  key = pair.privateKey;
  jwk = { ...(await exportJWK(key)), alg: 'RS256', use: 'sig', kid: 'other-1' };
  let provider: Provider | null = null;
  server = createServer((request, response) => void provider?.callback()(request, response));
  issuer = await listen(server);
  provider = otherIssuer(issuer, jwk);
  hub = await openAuthHub(database, {
    external: { issuer, clientId: 'banner', audience: AUDIENCE, emailClaim: 'email', scopes: ['openid', 'email'] },
  });
});
afterAll(async () => {
  await hub?.close();
  server?.close();
  await database?.close();
});

/** Signs in whoever the login page is told, without a password; email in the access token, as companies set theirs up. */
function otherIssuer(address: string, signing: JWK): Provider {
  const provider = new Provider(address, {
    adapter: createAdapter({ db: database.tables, onReplay: async () => {} }),
    ttl: { AccessToken: 300, Grant: 300, IdToken: 300, Interaction: 300, Session: 300 },
    jwks: { keys: [signing] },
    clients: [{ client_id: 'banner', token_endpoint_auth_method: 'none', redirect_uris: ['https://banner.example/'], response_types: ['code'], grant_types: ['authorization_code'] }],
    cookies: { keys: ['test'] },
    claims: { email: ['email', 'email_verified'] },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'openid email', audience: AUDIENCE, accessTokenFormat: 'jwt', accessTokenTTL: 300 }),
      },
    },
    extraTokenClaims: (_ctx, token) => {
      const who = (token as { accountId: string }).accountId as keyof typeof people;
      return { email: people[who], email_verified: who !== 'unverified' };
    },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: 'banner', accountId: ctx.oidc.session?.accountId as string });
      grant.addOIDCScope('openid email');
      grant.addResourceScope(AUDIENCE, 'openid email');
      await grant.save();
      return grant;
    },
    interactions: { url: (_ctx, { uid }) => `/login/${uid}` },
  });
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/login/')) return next();
    const { login_hint } = (await provider.interactionDetails(ctx.req, ctx.res)).params;
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, { login: { accountId: login_hint as string } }));
    ctx.status = 303;
  });
  return provider;
}

/** The code flow at the other issuer. */
async function tokenOf(who: string): Promise<string> {
  const { verifier, challenge } = newVerifier();
  const query = new URLSearchParams({
    client_id: 'banner', response_type: 'code', redirect_uri: 'https://banner.example/', scope: 'openid email',
    code_challenge: challenge, code_challenge_method: 'S256', login_hint: who,
  });
  const { address } = await createBrowser(issuer).visit(`${issuer}/auth?${query}`);
  const code = new URL(address).searchParams.get('code') as string;
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'banner', grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: 'https://banner.example/' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

interface Forged {
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string;
  readonly notBefore?: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly signWith?: CryptoKey | Uint8Array;
}
const forge = (not: Forged = {}) => {
  const token = new SignJWT({ email: people.known, email_verified: true })
    .setProtectedHeader({ alg: not.alg ?? 'RS256', kid: not.kid ?? 'other-1' })
    .setSubject('known')
    .setIssuer(not.issuer ?? issuer)
    .setAudience(not.audience ?? AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(not.expires ?? '5m');
  if (not.notBefore) token.setNotBefore(not.notBefore);
  return token.sign(not.signWith ?? key);
};

describe('another issuer', () => {
  it('is told to clients', () => {
    expect(hub.auth.hubInfo()).toMatchObject({ issuer, clientId: 'banner', resource: null, scopes: ['openid', 'email'] });
  });

  it('signs in whoever has that email address here', async () => {
    const answer = await hub.auth.authenticate(await tokenOf('known'));
    const { id } = await database.db.selectFrom('person').select('id').where('email', '=', people.known).executeTakeFirstOrThrow();
    expect(answer).toMatchObject({ ok: true, personId: id, via: 'oidc' });
  });

  it('is followed by the subject from then on, also when the address changes', async () => {
    await hub.auth.authenticate(await tokenOf('known'));
    await database.db.updateTable('person').set({ email: 'ana.new@example.com' }).where('email', '=', people.known).execute();
    expect(await hub.auth.authenticate(await tokenOf('known'))).toMatchObject({ ok: true });
    await database.db.updateTable('person').set({ email: people.known }).where('email', '=', 'ana.new@example.com').execute();
  });

  it('is not believed an address that it has not verified', async () => {
    expect(await hub.auth.authenticate(await tokenOf('unverified'))).toMatchObject({ ok: false, code: 'auth.unknownPerson' });
  });

  it('may know people whom the hub does not', async () => {
    expect(await hub.auth.authenticate(await tokenOf('stranger'))).toMatchObject({ ok: false, code: 'auth.unknownPerson' });
  });

  it('takes a token made right, which shows that those below are refused for what is wrong with them', async () => {
    expect(await hub.auth.authenticate(await forge())).toMatchObject({ ok: true });
  });

  it.each<[string, () => Promise<Forged>]>([
    ['another issuer', async () => ({ issuer: 'https://evil.example' })],
    ['another audience', async () => ({ audience: 'banner' })],
    ['an end that is past', async () => ({ expires: '-1m' })],
    ['a beginning that is not yet', async () => ({ notBefore: '10m' })],
    ['a key that the issuer does not publish', async () => ({ kid: 'unknown' })],
    ['another key under a known id', async () => ({ signWith: (await generateKeyPair('RS256')).privateKey })],
    ['the public key as a shared secret', async () => ({ alg: 'HS256', signWith: new TextEncoder().encode(JSON.stringify(jwk.n)) })],
  ])('is not believed with %s', async (_, not) => {
    expect(await hub.auth.authenticate(await forge(await not()))).toMatchObject({ ok: false, code: 'auth.invalid' });
  });

  it('is not believed without a signature', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: issuer, aud: AUDIENCE, sub: 'known', email: people.known, email_verified: true, exp: Math.floor(Date.now() / 1000) + 300 };
    for (const alg of ['none', 'None', 'NONE']) {
      expect(await hub.auth.authenticate(`${part({ alg })}.${part(claims)}.`)).toMatchObject({ ok: false, code: 'auth.invalid' });
    }
  });

  it('leaves the sign-in pages of the hub closed', async () => {
    expect((await fetch(`${hub.url}/oidc/.well-known/openid-configuration`)).status).toBe(404);
  });

  it('whose keys cannot be had is no fault of the token either', async () => {
    const { kty, n, e, alg, use, kid } = jwk;
    let keys: 'down' | 'nonsense' | 'gone' | 'there' = 'down';
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url?.includes('openid')) response.end(JSON.stringify({ issuer: itsIssuer, jwks_uri: `${itsIssuer}/jwks` }));
      else if (keys === 'there') response.end(JSON.stringify({ keys: [{ kty, n, e, alg, use, kid }] }));
      else if (keys === 'gone') response.destroy();
      else response.writeHead(keys === 'down' ? 503 : 200).end('nonsense');
    });
    const itsIssuer = await listen(server);
    const verify = createExternalVerifier({ db: database.tables, clock: Date.now, external: { issuer: itsIssuer, audience: AUDIENCE, emailClaim: 'email' } });
    const token = await forge({ issuer: itsIssuer });
    for (keys of ['down', 'nonsense', 'gone'] as const) expect(await verify(token)).toMatchObject({ ok: false, code: 'hub.notReady' });
    keys = 'there';
    expect(await verify(token)).toMatchObject({ ok: true });
    server.close();
  });

  it('that does not answer is no fault of the token, and is asked again later', async () => {
    let now = Date.now();
    let reachable = false;
    const late = createServer((_, response) => {
      if (reachable) response.setHeader('content-type', 'application/json').end(JSON.stringify({ issuer: lateIssuer, jwks_uri: `${issuer}/jwks` }));
      else response.writeHead(503).end();
    });
    const lateIssuer = await listen(late);
    const verify = createExternalVerifier({ db: database.tables, clock: () => now, external: { issuer: lateIssuer, audience: AUDIENCE, emailClaim: 'email' } });
    const token = await forge({ issuer: lateIssuer });
    expect(await verify(token)).toMatchObject({ ok: false, code: 'hub.notReady' });
    reachable = true;
    expect(await verify(token)).toMatchObject({ ok: false, code: 'hub.notReady' });
    now += 6000;
    expect(await verify(token)).toMatchObject({ ok: true });
    late.close();
  });
});
