import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken, revokeApiTokens } from '../../server/auth/api-tokens.ts';
import { hashPassword, setPassword, personOfPassword } from '../../server/auth/passwords.ts';
import { readSecrets } from '../../server/auth/secrets.ts';
import { CHROMIUM_ID, CHROMIUM_KEY, GECKO_HASH, GECKO_ID } from '../../lib/extension-id.ts';
import { openAnasHub } from './auth-setup.ts';

let opened: Awaited<ReturnType<typeof openAnasHub>>;
let { database, hub, ana } = {} as typeof opened;
beforeAll(async () => {
  opened = await openAnasHub();
  ({ database, hub, ana } = opened);
});
afterAll(() => opened?.close());

describe('tokens for scripts', () => {
  it('stand for the person until they run out', async () => {
    const token = await createApiToken(database.tables, 'ANA@example.com', 30);
    expect(token).toMatch(/^pnt_[\w-]{43}$/);
    expect(await hub.auth.authenticate(token)).toMatchObject({ ok: true, personId: ana.id, via: 'apiToken' });
    const old = await createApiToken(database.tables, ana.email, 30, Date.now() - 31 * 86_400_000);
    expect(await hub.auth.authenticate(old)).toMatchObject({ ok: false, code: 'auth.invalid' });
  });

  it('stop when revoked, those of others do not', async () => {
    const bea = await database.addPerson('bea');
    const [first, second] = [await createApiToken(database.tables, bea.email, 1), await createApiToken(database.tables, bea.email, 1)];
    const anas = await createApiToken(database.tables, ana.email, 1);
    expect(await revokeApiTokens(database.tables, bea.email.toUpperCase())).toBe(2);
    expect(await revokeApiTokens(database.tables, bea.email)).toBe(0);
    for (const token of [first, second]) expect(await hub.auth.authenticate(token)).toMatchObject({ ok: false });
    expect(await hub.auth.authenticate(anas)).toMatchObject({ ok: true });
    await expect(revokeApiTokens(database.tables, 'nobody@example.com')).rejects.toThrow('Nobody here has the email address');
  });

  it('are kept only as a digest', async () => {
    const token = await createApiToken(database.tables, ana.email, 1);
    const rows = await database.tables.selectFrom('api_token').selectAll().execute();
    const log = await database.db.selectFrom('audit').selectAll().where('action', '=', 'apiToken.create').execute();
    expect(log.some(({ subject_id }) => subject_id === ana.id)).toBe(true);
    expect(JSON.stringify([rows, log])).not.toContain(token);
    expect(rows.some(({ hash }) => hash.equals(createHash('sha256').update(token).digest()))).toBe(true);
  });

  it('are made for nobody else, and an unknown one is refused', async () => {
    await expect(createApiToken(database.tables, 'nobody@example.com', 1)).rejects.toThrow('Nobody here has the email address');
    expect(await hub.auth.authenticate('pnt_unknown')).toMatchObject({ ok: false, code: 'auth.invalid' });
  });
});

describe('passwords', () => {
  it('are kept as argon2id with 19 MiB and two passes', async () => {
    expect(await hashPassword('x')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
  it('are the same however an accent was typed, and are replaced', async () => {
    await setPassword(database.tables, ana.id, 'caf\u00e9');
    expect(await personOfPassword(database.tables, ana.email, 'cafe\u0301')).toBe(ana.id);
    expect(await personOfPassword(database.tables, ana.email, 'correct horse')).toBeNull();
  });
  it('beyond the longest are refused, however they begin', async () => {
    await setPassword(database.tables, ana.id, 'x'.repeat(1024));
    expect(await personOfPassword(database.tables, ana.email, 'x'.repeat(1025))).toBeNull();
    expect(await personOfPassword(database.tables, ana.email, 'x'.repeat(1024))).toBe(ana.id);
  });
});

describe('keys and cookie secrets', () => {
  it('are the same for every hub on the database, also for those that start together', async () => {
    await database.tables.deleteFrom('oidc_secret').execute();
    const all = await Promise.all([1, 2, 3, 4].map(() => readSecrets(database.tables)));
    expect(new Set(all.map((secrets) => JSON.stringify(secrets))).size).toBe(1);
  });
});

describe('the extension’s identity', () => {
  it('follows from the key in Chromium and from the id in Firefox', () => {
    const half = (n: number) => String.fromCharCode('a'.charCodeAt(0) + n);
    const digest = createHash('sha256').update(Buffer.from(CHROMIUM_KEY, 'base64')).digest().subarray(0, 16);
    expect([...digest].map((byte) => half(byte >> 4) + half(byte & 15)).join('')).toBe(CHROMIUM_ID);
    expect(createHash('sha1').update(GECKO_ID).digest('hex')).toBe(GECKO_HASH);
  });
});
