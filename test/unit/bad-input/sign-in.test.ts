/** The addresses of signing in are no routes of the API: what is sent to them is fuzzed here. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oddText } from '../../fixtures/fuzz/broken.ts';
import { FUZZ } from '../../fixtures/fuzz/runs.ts';
import { authorizeAddress, createBrowser, newVerifier, openAnasHub } from '../auth-setup.ts';

let opened: Awaited<ReturnType<typeof openAnasHub>>;
beforeAll(async () => {
  opened = await openAnasHub({ floodLimits: { startsPerMinute: 100_000, tokensPerMinute: 100_000 }, attemptLimits: { pair: 100_000, account: 100_000, address: 100_000, seconds: 900 } });
});
afterAll(() => opened?.close());

const INNER = /\bat .+:\d+:\d+|node_modules|\.ts\b|\bselect .+ from\b|violates|invalid byte sequence/i;
const text = oddText.filter((odd) => odd.isWellFormed());
const fields = (names: readonly string[]) => fc.record(Object.fromEntries(names.map((name) => [name, text])), { requiredKeys: [], noNullPrototype: true });

/** @returns the page, which says nothing of the hub's own and keeps what was sent as text */
async function isAnswered(response: Response, page: string): Promise<void> {
  expect(response.status, page.slice(0, 300)).toBeLessThan(500);
  expect(page).not.toMatch(INNER);
  expect(page).not.toContain('<img');
}

it('whatever is typed into the page to sign in', { timeout: FUZZ.timeoutMs }, async () => {
  const { hub } = opened;
  const typed = fc.asyncProperty(fc.record({ email: text, password: text, extra: text }, { requiredKeys: ['email', 'password'], noNullPrototype: true }), async (form) => {
    const browser = createBrowser(hub.url);
    const { address } = await browser.visit(authorizeAddress(hub.url, newVerifier().challenge));
    const { response, text: page } = await browser.submit(address, form);
    await isAnswered(response, page);
    const raw = await browser.visit(address, { method: 'POST', body: `email=%00%ff&password=${'%'.repeat(9)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    await isAnswered(raw.response, raw.text);
  });
  await fc.assert(typed, FUZZ.parameters(FUZZ.runs * 2));
});

it('whatever is asked of the issuer', { timeout: FUZZ.timeoutMs }, async () => {
  const { hub } = opened;
  const query = fields(['client_id', 'response_type', 'redirect_uri', 'scope', 'resource', 'code_challenge', 'code_challenge_method', 'state', 'prompt', 'login_hint']);
  const form = fields(['client_id', 'grant_type', 'code', 'code_verifier', 'redirect_uri', 'refresh_token', 'resource', 'token', 'token_type_hint']);
  const path = fc.oneof(fc.constantFrom('interaction/x', 'interaction/%00', 'interaction/%E0%A4%A', '%2e%2e/api', 'session/end', 'session/end/confirm', '.well-known/openid-configuration', 'jwks', 'me', 'auth/x'), text.map((odd) => `interaction/${encodeURIComponent(odd)}`));
  const asked = fc.asyncProperty(query, form, path, async (more, sent, place) => {
    const base = Object.fromEntries(new URL(authorizeAddress(hub.url, newVerifier().challenge)).searchParams);
    const all = [
      [`/oidc/auth?${new URLSearchParams({ ...base, ...(more as Record<string, string>) })}`, {}],
      ['/oidc/token', { method: 'POST', body: new URLSearchParams({ client_id: 'pennon-extension', ...(sent as Record<string, string>) }) }],
      ['/oidc/token/revocation', { method: 'POST', body: new URLSearchParams({ client_id: 'pennon-extension', ...(sent as Record<string, string>) }) }],
      [`/oidc/${place}`, {}],
      [`/oidc/${place}`, { method: 'POST', body: new URLSearchParams(sent as Record<string, string>) }],
    ] as const;
    for (const [address, init] of all) {
      const response = await fetch(hub.url + address, { redirect: 'manual', ...init });
      const page = await response.text();
      expect([address, response.status < 500, page.slice(0, 300)]).toEqual([address, true, page.slice(0, 300)]);
      await isAnswered(response, page);
    }
  });
  await fc.assert(asked, FUZZ.parameters(FUZZ.runs * 4));
});

it.each(['state', 'nonce', 'login_hint', 'prompt', 'ui_locales', 'display', 'claims', 'acr_values', 'id_token_hint', 'scope', 'unknown'])('a %s that cannot be kept, where all else is right', async (name) => {
  for (const odd of ['\0', 'a\0b', '\u2028', '{"\\u0000":1}', '__proto__', 'x'.repeat(5000)]) {
    const { response, text: page } = await createBrowser(opened.hub.url).visit(authorizeAddress(opened.hub.url, newVerifier().challenge, { [name]: odd }));
    await isAnswered(response, page);
  }
});
