import { randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importJWK, type JWK, SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdapter } from '../../server/auth/adapter.ts';
import { GRACE_SEC } from '../../server/auth/rotation.ts';
import { readSecrets } from '../../server/auth/secrets.ts';
import {
  askTokens,
  authorizeAddress,
  createBrowser,
  newVerifier,
  openAuthHub,
  openAnasHub,
  REDIRECT,
  signIn,
  soon,
} from './auth-setup.ts';

let opened: Awaited<ReturnType<typeof openAnasHub>>;
let { database, hub, ana } = {} as typeof opened;
beforeAll(async () => {
  opened = await openAnasHub();
  ({ database, hub, ana } = opened);
});
afterAll(() => opened?.close());

const refresh = (token: string) => askTokens(hub.url, { grant_type: 'refresh_token', refresh_token: token });

describe('signing in', () => {
  it('gives tokens that the hub knows the person by', async () => {
    const tokens = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    const answer = await hub.auth.authenticate(tokens.access_token);
    expect(answer).toMatchObject({ ok: true, personId: ana.id, type: 'agent', via: 'oidc' });
    expect(tokens.expires_in).toBe(600);
    expect(decodeJwt(tokens.access_token)).toMatchObject({ aud: 'urn:pennon:hub', iss: `${hub.url}/oidc`, sub: ana.id });
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: ana.id, aud: 'pennon-extension' });
  });

  it('says no personal thing in the access token', async () => {
    const tokens = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    expect(JSON.stringify(decodeJwt(tokens.access_token))).not.toMatch(/example\.com|ana"/);
  });

  it('takes the email address in any case and with spaces around it', async () => {
    await signIn(hub.url, createBrowser(hub.url), '  ANA@example.com ', 'correct horse');
  });

  it('needs no password again in the same browser, until signed out', async () => {
    const browser = createBrowser(hub.url);
    await signIn(hub.url, browser, ana.email, 'correct horse');
    const { challenge } = newVerifier();
    expect((await browser.visit(authorizeAddress(hub.url, challenge))).address).toContain(`${REDIRECT}?code=`);
    await hub.auth.signOut(database.db, ana.id);
    expect((await browser.visit(authorizeAddress(hub.url, challenge))).text).toContain('name="password"');
  });

  it('goes back to the extension when cancelled', async () => {
    const browser = createBrowser(hub.url);
    const here = await browser.visit(authorizeAddress(hub.url, newVerifier().challenge));
    const { address } = await browser.submit(`${here.address}/cancel`, {});
    expect(new URL(address).searchParams.get('error')).toBe('access_denied');
    expect(address).toContain(REDIRECT);
  });

  it.each([
    ['another redirect address', { redirect_uri: 'https://evil.example/' }],
    ['another client', { client_id: 'other' }],
    ['another resource', { resource: 'urn:other' }],
    ['no S256', { code_challenge_method: 'plain' }],
  ])('is refused with %s', async (_, more) => {
    const { address, text } = await createBrowser(hub.url).visit(authorizeAddress(hub.url, newVerifier().challenge, more));
    expect(text.includes('name="password"') || address.includes('code=')).toBe(false);
  });

  it('is refused without a PKCE challenge', async () => {
    const address = authorizeAddress(hub.url, '').replace(/&code_challenge(_method)?=[^&]*/g, '');
    const end = await createBrowser(hub.url).visit(address);
    expect(new URL(end.address).searchParams.get('error')).toBe('invalid_request');
  });

  it('does not give tokens for a code with another verifier', async () => {
    const browser = createBrowser(hub.url);
    const page = await browser.visit(authorizeAddress(hub.url, newVerifier().challenge));
    const end = await browser.submit(page.address, { email: ana.email, password: 'correct horse' });
    const code = new URL(end.address).searchParams.get('code') as string;
    const { status, body } = await askTokens(hub.url, { grant_type: 'authorization_code', code, code_verifier: newVerifier().verifier, redirect_uri: REDIRECT });
    expect([status, body.error]).toEqual([400, 'invalid_grant']);
  });
});

describe('refresh tokens', () => {
  it('rotate, and the new one works', async () => {
    const first = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    const second = await refresh(first.refresh_token);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    expect(decodeJwt(second.body.access_token).aud).toBe('urn:pennon:hub');
    expect((await refresh(second.body.refresh_token)).status).toBe(200);
  });

  /** What was used longer ago than an answer may be on its way. */
  const past = () => sql`update oidc_payload set consumed_at = consumed_at - ${`${GRACE_SEC + 1} seconds`}::interval where model = 'RefreshToken' and consumed_at is not null`.execute(database.db);
  const endsAll = async (token: string, access: string) => {
    hub.revoked.length = 0;
    expect((await refresh(token)).body.error).toBe('invalid_grant');
    expect(await hub.auth.authenticate(access)).toMatchObject({ ok: false, code: 'auth.invalid' });
    await soon(() => hub.revoked).toEqual([{ personId: ana.id, because: 'tokenReused' }]);
  };

  it('used a second time, as after an answer that was lost, give tokens anew, and what the lost answer gave is worth nothing', async () => {
    const first = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    const lost = await refresh(first.refresh_token);
    const again = await refresh(first.refresh_token);
    expect(again.status).toBe(200);
    // And once more: two answers in a row may be lost.
    const third = await refresh(first.refresh_token);
    const fourth = await refresh(third.body.refresh_token);
    expect([third.status, fourth.status]).toEqual([200, 200]);
    await endsAll(lost.body.refresh_token, fourth.body.access_token);
    expect((await refresh(fourth.body.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('used again once the next one was used end the sign-in: the answer has arrived', async () => {
    const first = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    const second = await refresh(first.refresh_token);
    const third = await refresh(second.body.refresh_token);
    await endsAll(first.refresh_token, third.body.access_token);
    expect((await refresh(third.body.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('used again later than an answer may be on its way end the sign-in', async () => {
    const first = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    const second = await refresh(first.refresh_token);
    await past();
    await endsAll(first.refresh_token, second.body.access_token);
    expect((await refresh(second.body.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('are not kept alive by being used again: the time counts from the first use', async () => {
    const first = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    await refresh(first.refresh_token);
    const second = await refresh(first.refresh_token);
    await past();
    await endsAll(first.refresh_token, second.body.access_token);
  });

  it('brought several times at the same moment leave one that works', async () => {
    const first = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    const all = await Promise.all(Array.from({ length: 5 }, () => refresh(first.refresh_token)));
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
    const { gid } = decodeJwt(all[0]!.body.access_token);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from oidc_payload where model = 'RefreshToken' and grant_id = ${gid} and consumed_at is null`.execute(database.db);
    expect(rows[0]!.n).toBe(1);
  });

  it('that came back give nothing where what the first answer gave is used before the second is written', async () => {
    const replayed: (string | null)[] = [];
    const tokens = createAdapter({ db: database.db, onReplay: async (personId) => void replayed.push(personId) })('RefreshToken');
    const give = (id: string, rotations: number) => tokens.upsert(id, { accountId: ana.id, grantId: 'two at once', iiat: 1, rotations }, 600);
    await give('first', 1);
    await tokens.consume('first');
    await give('second', 2);
    // The first comes back and is let in; then, before its answer is written, the second is used.
    await tokens.consume('first');
    await tokens.consume('second');
    await give('third', 3);
    await expect(give('second again', 2)).rejects.toThrow('invalid_grant');
    expect(replayed).toEqual([ana.id]);
    expect(await tokens.find('second again')).toBeUndefined();
  });

  it('stop with a revocation, which ends the session where it was the last sign-in', async () => {
    await hub.auth.signOut(database.db, ana.id);
    const tokens = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    hub.revoked.length = 0;
    const answer = await fetch(`${hub.url}/oidc/token/revocation`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'pennon-extension', token: tokens.refresh_token }),
    });
    expect(answer.status).toBe(200);
    await soon(() => hub.revoked).toEqual([{ personId: ana.id, because: 'signedOut' }]);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
    expect(await hub.auth.authenticate(tokens.access_token)).toMatchObject({ ok: false });
  });
});

describe('revoking a token', () => {
  const revoke = (token: string) =>
    fetch(`${hub.url}/oidc/token/revocation`, { method: 'POST', body: new URLSearchParams({ client_id: 'pennon-extension', token }) });

  it('leaves the person’s other browser alone, and its own asks for the password again', async () => {
    await hub.auth.signOut(database.db, ana.id);
    const [one, two] = [createBrowser(hub.url), createBrowser(hub.url)];
    const first = await signIn(hub.url, one, ana.email, 'correct horse');
    const second = await signIn(hub.url, two, ana.email, 'correct horse');
    hub.revoked.length = 0;
    await revoke(first.refresh_token);
    await soon(() => hub.auth.authenticate(first.access_token)).toMatchObject({ ok: false });
    await soon(async () => (await one.visit(authorizeAddress(hub.url, newVerifier().challenge))).text).toContain('name="password"');
    expect(await hub.auth.authenticate(second.access_token)).toMatchObject({ ok: true });
    expect((await refresh(second.refresh_token)).status).toBe(200);
    expect(hub.revoked).toEqual([]);
  });
});

describe('signing out at the issuer', () => {
  it('asks, then ends the sign-in and shows that it did', async () => {
    const browser = createBrowser(hub.url);
    const tokens = await signIn(hub.url, browser, ana.email, 'correct horse');
    const question = await browser.visit(`/oidc/session/end?id_token_hint=${tokens.id_token}`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question.text)?.[1] as string;
    const end = await browser.submit(`${hub.url}/oidc/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(end.text).toContain('You are signed out');
    await soon(() => hub.auth.authenticate(tokens.access_token)).toMatchObject({ ok: false });
    expect((await browser.visit(authorizeAddress(hub.url, newVerifier().challenge))).text).toContain('name="password"');
  });
});

describe('access tokens', () => {
  it('stop working for a disabled person', async () => {
    const bo = await database.addPerson('bo', 'a password');
    const tokens = await signIn(hub.url, createBrowser(hub.url), bo.email, 'a password');
    await database.db.updateTable('person').set({ disabled: true }).where('id', '=', bo.id).execute();
    expect(await hub.auth.authenticate(tokens.access_token)).toMatchObject({ ok: false, code: 'auth.invalid' });
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
  });

  it('are not taken after a change, or of another kind', async () => {
    const tokens = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    const [head, body, signature] = tokens.access_token.split('.') as [string, string, string];
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    const changed = Buffer.from(JSON.stringify({ ...decodeJwt(tokens.access_token), sub: 'x' })).toString('base64url');
    for (const token of [`${none}.${body}.`, `${head}.${changed}.${signature}`, tokens.id_token, tokens.refresh_token, '', 'x'.repeat(20_000)]) {
      expect(await hub.auth.authenticate(token)).toMatchObject({ ok: false, code: 'auth.invalid' });
    }
    const later = await openAuthHub(database, { publicUrl: hub.url });
    expect(await later.auth.authenticate(tokens.access_token)).toMatchObject({ ok: true });
    await later.close();
  });
});

describe('tokens that the hub’s own key has signed', () => {
  /** As the hub makes them, but for what is said. */
  async function forged(change: { readonly claims?: object; readonly typ?: string }): Promise<string> {
    const { access_token } = await signIn(hub.url, createBrowser(hub.url), ana.email, 'correct horse');
    const [signing] = (await readSecrets(database.tables)).keys as [JWK];
    const { alg, kid, typ } = decodeProtectedHeader(access_token) as { alg: string; kid: string; typ: string };
    return new SignJWT({ ...decodeJwt(access_token), ...change.claims }).setProtectedHeader({ alg, kid, typ: change.typ ?? typ }).sign(await importJWK(signing, alg));
  }
  const now = () => Math.floor(Date.now() / 1000);

  it('are taken as they are made, which shows that those below are refused for what is wrong with them', async () => {
    expect(await hub.auth.authenticate(await forged({}))).toMatchObject({ ok: true, personId: ana.id });
  });

  it.each<[string, () => Parameters<typeof forged>[0]]>([
    ['another issuer', () => ({ claims: { iss: 'https://evil.example/oidc' } })],
    ['another audience', () => ({ claims: { aud: 'pennon-extension' } })],
    ['an end that is past', () => ({ claims: { exp: now() - 6 } })],
    ['no end', () => ({ claims: { exp: undefined } })],
    ['a beginning that is not yet', () => ({ claims: { nbf: now() + 600 } })],
    ['another kind', () => ({ typ: 'JWT' })],
    ['the sign-in of nobody', () => ({ claims: { gid: 'none' } })],
    ['the sign-in of somebody else', () => ({ claims: { sub: randomUUID() } })],
  ])('are not believed with %s', async (_, change) => {
    expect(await hub.auth.authenticate(await forged(change()))).toMatchObject({ ok: false, code: 'auth.invalid' });
  });
});

describe('behind a proxy', () => {
  it('says addresses as browsers know them, whatever host a request names, and keeps cookies to TLS', async () => {
    const proxied = await openAuthHub(database, { publicUrl: 'https://hub.example/pennon' });
    const found = (await (await fetch(`${proxied.url}/oidc/.well-known/openid-configuration`, { headers: { 'x-forwarded-host': 'evil.example' } })).json()) as Record<string, string>;
    expect(found).toMatchObject({
      issuer: 'https://hub.example/pennon/oidc',
      authorization_endpoint: 'https://hub.example/pennon/oidc/auth',
      token_endpoint: 'https://hub.example/pennon/oidc/token',
    });
    const { searchParams } = new URL(authorizeAddress(proxied.url, newVerifier().challenge));
    const answer = await fetch(`${proxied.url}/oidc/auth?${searchParams}`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toMatch(/^\/pennon\/oidc\/interaction\//);
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/path=\/pennon\/oidc.*secure.*httponly/i);
    await proxied.close();
  });
});
