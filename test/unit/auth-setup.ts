/** A database, people with passwords, and the sign-in of a hub on a port of its own; and a browser without a screen. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash, randomBytes } from 'node:crypto';
import { expect, vi } from 'vitest';
import { type Auth, type AuthConfig, createAuth } from '../../server/auth/auth.ts';
import { setPassword } from '../../server/auth/passwords.ts';
import type { Revocation } from '../../server/auth/provider.ts';
import type { AuthDatabase } from '../../server/auth/tables.ts';
import { type Connection, connect } from '../../server/db/connect.ts';
import { newDatabase } from '../fixtures/databases/new-database.ts';
import { createBrowser, REDIRECT, type TestBrowser } from '../fixtures/sign-in-browser.ts';

export { createBrowser, REDIRECT, type TestBrowser };

// Passwords take their time, on purpose; and a busy machine takes longer.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });
/** Waits for what is done behind an answer. */
export const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });

export interface TestDatabase extends Pick<Connection, 'db'> {
  readonly tables: AuthDatabase;
  addPerson(name: string, password?: string): Promise<{ id: string; email: string }>;
  close(): Promise<void>;
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const connection = connect(await newDatabase(), 8, () => {});
  const { id: accountId } = await connection.db
    .insertInto('account')
    .values({ name: 'Test', licences: 10 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const tables = connection.db as unknown as AuthDatabase;
  return {
    db: connection.db,
    tables,
    async addPerson(name, password) {
      const email = `${name}@example.com`;
      const { id } = await connection.db
        .insertInto('person')
        .values({ account_id: accountId, name, email, licence: 'smart', type: 'agent' })
        .returning('id')
        .executeTakeFirstOrThrow();
      if (password) await setPassword(tables, id, password);
      return { id, email };
    },
    close: () => connection.close(),
  };
}

export const quiet = { info() {}, warn() {}, error() {} };

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface AuthHub {
  readonly auth: Auth;
  readonly url: string;
  readonly revoked: { personId: string; because: Revocation }[];
  close(): Promise<void>;
}

export async function openAuthHub(database: TestDatabase, config: Partial<AuthConfig> = {}, more: { waits?: number[] } = {}): Promise<AuthHub> {
  let auth: Auth | null = null;
  const server = createServer((request, response) => {
    if (!auth?.handle(request, response)) response.writeHead(404).end();
  });
  const url = await listen(server);
  const revoked: AuthHub['revoked'] = [];
  const made = await createAuth({
    db: database.db,
    log: quiet,
    config: { publicUrl: url, hubName: 'Test hub', version: '0', ...config },
    onGrantRevoked: (personId, because) => void revoked.push({ personId, because }),
    wait: async (ms) => void more.waits?.push(ms),
    demo: async () => null,
  });
  auth = made;
  return {
    auth: made,
    url,
    revoked,
    async close() {
      made.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A hub where Ana signs in by `correct horse`. */
export async function openAnasHub(config: Partial<AuthConfig> = {}) {
  const database = await openTestDatabase();
  const hub = await openAuthHub(database, config);
  const ana = await database.addPerson('ana', 'correct horse');
  return { database, hub, ana, close: () => hub.close().then(() => database.close()) };
}

export function newVerifier() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export function authorizeAddress(hub: string, challenge: string, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: 'pennon-extension',
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: 'openid offline_access profile email',
    resource: 'urn:pennon:hub',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'state-1',
    ...more,
  });
  return `${hub}/oidc/auth?${query}`;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly expires_in: number;
}

export async function askTokens(hub: string, form: Record<string, string>): Promise<{ status: number; body: Tokens & { error?: string } }> {
  const response = await fetch(`${hub}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'pennon-extension', ...form }),
  });
  return { status: response.status, body: (await response.json()) as Tokens & { error?: string } };
}

/** The whole way through the real pages. */
export async function signIn(hub: string, browser: TestBrowser, email: string, password: string, more: Record<string, string> = {}): Promise<Tokens> {
  const { verifier, challenge } = newVerifier();
  let here = await browser.visit(authorizeAddress(hub, challenge, more));
  if (here.text.includes('name="password"')) here = await browser.submit(here.address, { email, password });
  const code = new URL(here.address).searchParams.get('code');
  if (!code) throw new Error(`no code: ${here.address} ${here.response.status} ${here.text.replace(/<style>.*<\/style>/s, '')}`);
  const { body } = await askTokens(hub, { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: REDIRECT, resource: 'urn:pennon:hub' });
  return body;
}
