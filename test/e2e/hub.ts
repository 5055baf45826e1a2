/** A hub for end-to-end tests: a process on a port and in a data folder of its own, with the demo centre. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { people, type PersonKey } from '../../server/demo/people.ts';
import { wholeList } from '../fixtures/whole-list.ts';
import { until } from './browser.ts';
import { askToKeep, type Row } from './rows.ts';
import { askForToken } from './tokens.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const node = join(ROOT, 'node_modules/.bin/node');
/** What in the environment names the folder that `ready-folder.ts` has made for all test files. */
export const READY_FOLDER = 'PENNON_E2E_READY';

export interface EndToEndHub {
  /** Without a trailing slash. */
  readonly url: string;
  /** Calls the API as somebody of the demo centre. */
  call<T = unknown>(as: PersonKey, method: string, path: string, body?: unknown, headers?: Record<string, string>, heard?: (headers: Headers) => void): Promise<T>;
  /** Changes a profile's document and publishes it, as the administrator; answers the new version. */
  publish(name: string, change: (document: ProfileDocument) => ProfileDocument): Promise<{ profileId: string; version: number }>;
  /** Calls the API as anybody, and answers also what is refused. */
  ask<T = unknown>(email: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<{ readonly status: number; readonly body: T }>;
  /** A token for scripts, of anybody. */
  tokenFor(email: string): Promise<string>;
  /** Writes rows of modules, also those that no person enters. */
  keep(rows: readonly Row[]): Promise<void>;
  /** A token of a telephone system's. */
  connectorToken(): string;
  /** SIGKILL: no goodbye, no flush. */
  kill(): Promise<void>;
  /** SIGSTOP: it is there and answers nothing, until it is thawed. */
  freeze(): void;
  thaw(): void;
  /** On the same port and folder, with these settings besides. */
  start(settings?: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** A hub on a folder of its own that goes with it: where one was made ready, a copy of that, which takes half as long as a new one. */
export async function startHub(): Promise<EndToEndHub> {
  const folder = await newFolder();
  const ready = process.env[READY_FOLDER];
  // With their owners: under root the database is another user's.
  if (ready) await promisify(execFile)('cp', ['-a', `${ready}/.`, folder]);
  const hub = await hubOn(folder);
  return {
    ...hub,
    async stop() {
      await hub.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A hub on this folder, which stays when it stops. */
export async function hubOn(folder: string): Promise<EndToEndHub> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port), PENNON_DATA: folder };
  const tokens = new Map<string, Promise<string>>();
  let child: ChildProcess | null = null;
  let said = '';

  async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const started = spawn(node, [join(ROOT, 'test/e2e/hub-process.ts')], { env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child = started;
    said = '';
    for (const stream of [started.stdout!, started.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    await until('the hub to be ready', async () => {
      if (started.exitCode !== null) throw new Error(`the hub ended: ${said}`);
      return (await fetch(`${url}/ready`)).ok;
    }, 120_000);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  const tokenOf = (email: string): Promise<string> => {
    const token = tokens.get(email) ?? askForToken(child!, email);
    tokens.set(email, token);
    return token;
  };

  async function request(email: string, method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf(email)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { response, text: await response.text() };
  }
  const parsed = (text: string) => (text === '' ? undefined : JSON.parse(text)) as never;

  const call: EndToEndHub['call'] = async (as, method, path, body, headers, heard) => {
    const { response, text } = await request(people[as].email, method, path, body, headers);
    heard?.(response.headers);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return parsed(text);
  };

  await start();
  return {
    url,
    call,
    async ask(email, method, path, body, headers) {
      const { response, text } = await request(email, method, path, body, headers);
      return { status: response.status, body: parsed(text) };
    },
    publish: (name, change) => publish(call, name, change),
    tokenFor: (email) => askForToken(child!, email),
    keep: (rows) => askToKeep(child!, rows),
    connectorToken: () => /^connector (\S+)$/m.exec(said)![1]!,
    kill: () => end('SIGKILL'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    start,
    stop: () => end('SIGTERM'),
  };
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pennon-e2e-'));
  // Under root PostgreSQL runs as another user, and must get through.
  await chmod(folder, 0o755);
  return folder;
}

interface Draft {
  readonly document: ProfileDocument;
}

/** As the Maker does it: read the draft, save over what was read, publish. */
async function publish(call: EndToEndHub['call'], name: string, change: (document: ProfileDocument) => ProfileDocument) {
  const profileId = await profileIdOf(call, name);
  const path = `/api/profiles/${profileId}`;
  const { document, etag } = await readDraft(call, path);
  await call('maya', 'PUT', `${path}/draft`, { document: change(document) }, { 'if-match': etag });
  const { version } = await call<{ version: number }>('maya', 'POST', `${path}/publish`, { message: 'From a test' }, { 'idempotency-key': randomUUID() });
  return { profileId, version };
}

/** All people or profiles of the centre, as its administrator sees them. */
export const listAs = <T>(call: EndToEndHub['call'], list: 'people' | 'profiles'): Promise<T[]> => wholeList<T>((path) => call('maya', 'GET', path), `/api/${list}`, list);

export async function profileIdOf(call: EndToEndHub['call'], name: string): Promise<string> {
  const profiles = await listAs<{ id: string; name: string }>(call, 'profiles');
  const found = profiles.find((profile) => profile.name === name);
  if (!found) throw new Error(`there is no profile ${name}, only ${profiles.map((each) => each.name).join(', ')}`);
  return found.id;
}

async function readDraft(call: EndToEndHub['call'], path: string): Promise<Draft & { etag: string }> {
  let etag = '';
  const { document } = await call<Draft>('maya', 'GET', `${path}/draft`, undefined, {}, (headers) => {
    etag = headers.get('etag') ?? '';
  });
  return { document, etag };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Whoever is put on the profile of campaigns and does nothing is called for one after a while: on a slow machine in the
 * middle of a test that is about something else, whose page then goes behind the customer's.
 */
export const callNobody = (hub: EndToEndHub): Promise<unknown> =>
  hub.publish('Outbound campaigns', ({ settings, ...document }) => ({ ...document, settings: { ...settings, 'voiceCampaigns.callBlendingDelaySec': 3600 } }));
