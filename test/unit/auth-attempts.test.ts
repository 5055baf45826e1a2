import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delayAfter, networkOf } from '../../server/auth/attempts.ts';
import { waitInWords } from '../../server/auth/messages.ts';
import {
  askTokens,
  type AuthHub,
  authorizeAddress,
  createBrowser,
  newVerifier,
  openAuthHub,
  openTestDatabase,
  signIn,
  type TestDatabase,
} from './auth-setup.ts';

let database: TestDatabase;
let hub: AuthHub;
const waits: number[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
  hub = await openAuthHub(
    database,
    { attemptLimits: { pair: 5, account: 7, address: 12, seconds: 900 }, behindProxy: true },
    { waits },
  );
  for (const name of ['ana', 'bo', 'cleo']) await database.addPerson(name, 'correct horse');
});
afterAll(async () => {
  await hub?.close();
  await database?.close();
});

const from = (address: string) => createBrowser(hub.url, { 'x-forwarded-for': address });
async function tryWith(email: string, password: string, address: string) {
  const browser = from(address);
  const page = await browser.visit(authorizeAddress(hub.url, newVerifier().challenge));
  return browser.submit(page.address, { email, password });
}

describe('failed sign-ins', () => {
  it('say that the two do not belong together, the same for nobody and for somebody', async () => {
    const somebody = await tryWith('cleo@example.com', 'wrong', '10.0.0.1');
    const nobody = await tryWith('nobody@example.com', 'wrong', '10.0.0.1');
    const seen = (text: string) => text.replace(/interaction\/[\w-]+/g, '').replace(/value="[^"]*"/g, '');
    expect(somebody.response.status).toBe(422);
    expect(seen(somebody.text)).toBe(seen(nobody.text));
    expect(somebody.text).toContain('role="alert"');
  });

  it('are slowed, counted down and then refused, also with the right password', async () => {
    waits.length = 0;
    const texts: string[] = [];
    for (let n = 0; n < 5; n++) texts.push((await tryWith('ana@example.com', `wrong ${n}`, '10.0.0.2')).text);
    expect(waits).toEqual([0, 0, 0, 500, 1000]);
    expect(texts[1]).toContain('If the next 3 attempts fail too, signing in is closed for 15 minutes.');
    expect(texts[4]).toContain('This was the last attempt for now');
    const refused = await tryWith('ana@example.com', 'correct horse', '10.0.0.2');
    expect(refused.response.status).toBe(429);
    expect(Number(refused.response.headers.get('retry-after'))).toBeGreaterThan(890);
    expect(refused.text).toContain('Wait 15 minutes');
  });

  it('do not keep others at the same address out, nor the person at another one', async () => {
    await signIn(hub.url, from('10.0.0.2'), 'bo@example.com', 'correct horse');
    await signIn(hub.url, from('10.0.0.3'), 'ana@example.com', 'correct horse');
  });

  it('are forgotten after a while', async () => {
    await database.tables.updateTable('sign_in_attempt').set({ expire: Date.now() - 1 }).execute();
    await signIn(hub.url, from('10.0.0.2'), 'ana@example.com', 'correct horse');
  });

  it('are forgotten with a right one', async () => {
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 3; n++) await tryWith('bo@example.com', 'wrong', `10.0.${round}.9`);
      await signIn(hub.url, from(`10.0.${round}.9`), 'bo@example.com', 'correct horse').catch(() => {});
    }
    await database.tables.deleteFrom('sign_in_attempt').execute();
    for (let n = 0; n < 4; n++) await tryWith('bo@example.com', 'wrong', '10.1.0.1');
    await signIn(hub.url, from('10.1.0.1'), 'bo@example.com', 'correct horse');
    for (let n = 0; n < 2; n++) expect((await tryWith('bo@example.com', 'wrong', '10.1.0.1')).response.status).toBe(422);
  });

  it('of one account from many addresses are refused too', async () => {
    const states: number[] = [];
    for (let n = 0; n < 8; n++) states.push((await tryWith('cleo@example.com', 'wrong', `10.2.0.${n}`)).response.status);
    expect(states).toEqual([422, 422, 422, 422, 422, 422, 422, 429]);
  });

  it('of many accounts from one address are refused too', async () => {
    const states: number[] = [];
    for (let n = 0; n < 13; n++) states.push((await tryWith(`guess${n}@example.com`, 'wrong', '10.3.0.1')).response.status);
    expect(states.filter((status) => status === 429)).toHaveLength(1);
    expect(states.at(-1)).toBe(429);
  });

  it('all at once get no more tries than one after the other', async () => {
    const states = await Promise.all(Array.from({ length: 12 }, () => tryWith('cleo2@example.com', 'wrong', '10.4.0.1')));
    expect(states.filter(({ response }) => response.status === 422)).toHaveLength(5);
  });
});

describe('what is sent', () => {
  it.each([
    [{ email: '', password: 'x' }, 'Enter your email address.', 'email'],
    [{ email: 'ana', password: 'x' }, 'Enter a whole email address', 'email'],
    [{ email: 'ana@example.com', password: '' }, 'Enter your password.', 'password'],
  ])('%j is answered beside the field', async ({ email, password }, text, field) => {
    const { response, text: page } = await tryWith(email, password, '10.5.0.1');
    expect(response.status).toBe(422);
    expect(page).toContain(text);
    expect(page).toMatch(new RegExp(`id="${field}"[^>]* aria-invalid="true" aria-describedby="${field}-error"`));
  });

  it('is written back as text, never as markup', async () => {
    const { text } = await tryWith('"><script>alert(1)</script>@example.com', 'wrong', '10.5.0.2');
    expect(text).not.toContain('<script');
  });

  it('is refused when it is too large, no form, or from another site', async () => {
    const browser = from('10.5.0.3');
    const { address } = await browser.visit(authorizeAddress(hub.url, newVerifier().challenge));
    expect((await browser.submit(address, { email: 'a@b', password: 'x'.repeat(9000) })).response.status).toBe(413);
    expect((await browser.visit(address, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).response.status).toBe(413);
    const cross = await browser.submit(address, { email: 'ana@example.com', password: 'correct horse' }, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(cross.response.status).toBe(400);
  });

  it('needs the page that was opened in this browser', async () => {
    const { address } = await from('10.5.0.4').visit(authorizeAddress(hub.url, newVerifier().challenge));
    const { response, text } = await from('10.5.0.4').submit(address, { email: 'ana@example.com', password: 'correct horse' });
    expect(response.status).toBe(400);
    expect(text).toContain('This page has run out');
  });
});

describe('a flood', () => {
  it('of sign-ins begun is refused for a moment, from that address alone', async () => {
    const small = await openAuthHub(database, { behindProxy: true, floodLimits: { startsPerMinute: 3, tokensPerMinute: 2 } });
    const begin = (address: string) =>
      createBrowser(small.url, { 'x-forwarded-for': address }).visit(authorizeAddress(small.url, newVerifier().challenge));
    const states: number[] = [];
    for (let n = 0; n < 4; n++) states.push((await begin('10.6.0.1')).response.status);
    expect(states).toEqual([200, 200, 200, 429]);
    expect((await begin('10.6.0.1')).text).toMatch(/Wait (\d+ seconds|one minute), then start signing in again/);
    expect((await begin('10.6.0.2')).response.status).toBe(200);
    const tokens = [];
    for (let n = 0; n < 3; n++) tokens.push((await askTokens(small.url, { grant_type: 'refresh_token', refresh_token: 'none' })).status);
    expect(tokens).toEqual([400, 400, 429]);
    await small.close();
  });
});

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('counts %s as %s', (address, network) => expect(networkOf(address)).toBe(network));
});

describe('waiting', () => {
  it('grows and stays bearable', () => {
    expect([1, 3, 4, 5, 6, 7, 40].map(delayAfter)).toEqual([0, 0, 500, 1000, 2000, 4000, 4000]);
  });
  it.each([[0, '10 seconds'], [31, '40 seconds'], [51, 'one minute'], [61, '2 minutes'], [900, '15 minutes']])('of %i s is said as %s', (seconds, words) => {
    expect(waitInWords(seconds)).toBe(words);
  });
});
