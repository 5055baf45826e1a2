import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDocument } from '../../lib/profile/schema.ts';
import { type CommandValues, commands, UsageError } from '../../server/commands.ts';
import { readConfig } from '../../server/config.ts';
import type { Db } from '../../server/db/connect.ts';
import { openDatabase } from '../../server/open-database.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const ADMIN = 'ada@example.test';
const WAIT = { timeout: 60_000 };

let folder: string;
let hub: ChildProcess | null = null;
let port: number;

const environment = (more: Record<string, string> = {}) => ({ ...process.env, PENNON_DATA: folder, PORT: '0', ...more });

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const [code] = await once(child, 'close');
  return { code, out: out.trim(), err: err.trim() };
}

/** Does a command in this process, as the command line does it; resolves with what it prints. */
async function command(name: string, operands: readonly string[], values: CommandValues = {}): Promise<string> {
  const lines: string[] = [];
  const config = readConfig({}, { PENNON_DATA: folder });
  await commands[name]?.({ config, operands, values, print: (line) => lines.push(line) });
  return lines.join('\n');
}

/** Runs the hub as its own process, as a person does; resolves with its port once it listens. */
async function startHub(): Promise<number> {
  const child = spawn(process.execPath, [MAIN], { env: environment(), stdio: ['ignore', 'pipe', 'inherit'] });
  hub = child;
  let log = '';
  for await (const chunk of child.stdout) {
    log += chunk;
    const line = /\{.*"port":(\d+).*"listening"/.exec(log);
    if (line) {
      child.stdout.resume();
      return Number(line[1]);
    }
  }
  throw new Error(`the hub ended: ${log}`);
}

async function stopHub(signal: NodeJS.Signals): Promise<number | null> {
  const child = hub;
  hub = null;
  if (!child) return null;
  const ended = once(child, 'exit');
  child.kill(signal);
  return (await ended)[0];
}

async function withDb<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const database = await openDatabase(readConfig({}, { PENNON_DATA: folder }), { beside: true });
  return work(database.db).finally(database.close);
}

const fileOf = (content: unknown): string => {
  const file = join(folder, `profile-${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const documentOf = (name: string, settings: object = {}) => ({ ...emptyDocument(name), settings: { 'general.name': name, ...settings } });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pennon-'));
  // Under root PostgreSQL runs as another user, and must get through.
  chmodSync(folder, 0o755);
  port = await startHub();
  await command('account', ['Centre'], { licences: '5' });
  await command('person', [ADMIN], { name: 'Ada', type: 'administrator' });
}, 60_000);
afterAll(async () => {
  await stopHub('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('beside a running hub', () => {
  it('token prints a token that the hub takes', WAIT, async () => {
    const { code, out } = await run(['token', '--email', ADMIN.toUpperCase(), '--days', '1']);
    expect(code).toBe(0);
    const response = await fetch(`http://127.0.0.1:${port}/api/profiles`, { headers: { authorization: `Bearer ${out}` } });
    expect(response.status).toBe(200);
    expect(await command('token', [], { email: ADMIN, revoke: true })).toMatch(/^Ended \d+ tokens? of /);
    const after = await fetch(`http://127.0.0.1:${port}/api/profiles`, { headers: { authorization: `Bearer ${out}` } });
    expect(after.status).toBe(401);
  });

  it('connector prints a token that the hub takes as that of one, and only the newest', WAIT, async () => {
    const asks = (token: string) => fetch(`http://127.0.0.1:${port}/api/connector`, { headers: { authorization: `Bearer ${token}` } });
    const { code, out: first } = await run(['connector', 'Switchboard', '--account', 'Centre']);
    expect(code).toBe(0);
    expect(await (await asks(first)).json()).toMatchObject({ connector: { name: 'Switchboard' } });
    const second = await command('connector', ['switchboard']);
    expect([(await asks(first)).status, (await asks(second)).status]).toEqual([401, 200]);
    expect(await command('connector', ['Switchboard'], { revoke: true })).toBe('Ended the token of Switchboard.');
    expect((await asks(second)).status).toBe(401);
    await expect(command('connector', ['Nobody'], { revoke: true })).rejects.toThrow('There is no connector Nobody.');
  });

  it('connector says what one carries, and one that is there keeps its token', WAIT, async () => {
    const carried = async (token: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/connector`, { headers: { authorization: `Bearer ${token}` } });
      return ((await answer.json()) as { connector: { channels: string[] } }).connector.channels;
    };
    const token = await command('connector', ['Gateway'], { channels: 'messages, email' });
    expect(await carried(token)).toEqual(['email', 'messages']);
    expect(await command('connector', ['Gateway'], { channels: 'email' })).toBe('Gateway now carries email.');
    expect(await carried(token)).toEqual(['email']);
    expect(await command('connector', ['Gateway'], { channels: 'all' })).toBe('Gateway now carries voice, email, messages.');
    expect(await carried(token)).toEqual(['voice', 'email', 'messages']);
  });

  it('service-secret prints a secret, another one at each call, and ends it', WAIT, async () => {
    const first = await command('service-secret', []);
    expect(first).toMatch(/^pns_[\w-]{43}$/);
    expect(await command('service-secret', [])).not.toBe(first);
    expect(await command('service-secret', [], { revoke: true })).toMatch(/^Ended the secret/);
    await expect(command('service-secret', [], { revoke: true })).rejects.toThrow('There is no secret for web services.');
    await expect(command('service-secret', ['Name'])).rejects.toThrow('takes no name');
  });

  it('account and person make what a hub of one\'s own begins with, and change it', WAIT, async () => {
    expect(await command('account', ['Centre'], { licences: '9' })).toBe('Changed the account Centre, with 9 licences.');
    expect(await command('account', ['Centre'], { currency: 'JPY' })).toBe('Changed the account Centre, with 9 licences and invoices in JPY.');
    const added = await command('person', ['Bob@Example.test'], { name: 'Bob', password: true });
    expect(added).toMatch(/^Added Bob@Example.test.\nPassword: ([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    const changed = await command('person', ['bob@example.test'], { licence: 'essentials', disable: true });
    expect(changed).toBe('Changed bob@example.test.');
    const rows = await withDb((db) => db.selectFrom('person').select(['name', 'email', 'type', 'licence', 'disabled']).where('name', '=', 'Bob').execute());
    expect(rows).toEqual([{ name: 'Bob', email: 'bob@example.test', type: 'agent', licence: 'essentials', disabled: true }]);
    await expect(command('token', [], { email: 'bob@example.test' })).rejects.toThrow('Nobody here has the email address bob@example.test.');
    await expect(command('person', ['carl@example.test'])).rejects.toThrow('give a new person a name by --name');
    await expect(command('person', ['carl@example.test'], { type: 'boss' })).rejects.toThrow(UsageError);
  });

  it('the only administrator stays one', WAIT, async () => {
    for (const change of [{ disable: true }, { type: 'manager' }]) {
      await expect(command('person', [ADMIN], change)).rejects.toThrow('This is the only administrator');
    }
    await command('person', ['second@example.test'], { name: 'Second', type: 'administrator' });
    expect(await command('person', ['second@example.test'], { type: 'agent' })).toBe('Changed second@example.test.');
  });

  it('a new password, or being disabled, ends every sign-in there was', WAIT, async () => {
    await command('person', ['eve@example.test'], { name: 'Eve', password: true });
    const { id } = await withDb((db) => db.selectFrom('person').select(['id', 'account_id']).where('name', '=', 'Eve').executeTakeFirstOrThrow());
    for (const change of [{ password: true }, { disable: true }, { enable: true }]) {
      await withDb(async (db) => {
        const { account_id } = await db.selectFrom('person').select('account_id').where('id', '=', id).executeTakeFirstOrThrow();
        await db.insertInto('session').values({ account_id, person_id: id, browser: 'Firefox', profile_id: null, activity_id: null }).execute();
        await sql`insert into oidc_payload (model, id, payload, subject) values ('Grant', gen_random_uuid()::text, '{}', ${id})`.execute(db);
      });
      await command('person', ['eve@example.test'], change);
      const left = await withDb(async (db) => ({
        sessions: (await sql`select from session where person_id = ${id}::uuid and closed_at is null`.execute(db)).rows.length,
        grants: (await sql`select from oidc_payload where subject = ${id}`.execute(db)).rows.length,
      }));
      expect(left).toEqual('enable' in change ? { sessions: 1, grants: 1 } : { sessions: 0, grants: 0 });
    }
  });

  it('publish makes a profile and its versions, through the checks of the API', WAIT, async () => {
    const made = await run(['publish', fileOf(documentOf('Scripted')), '--create']);
    expect(made).toEqual({ code: 0, out: 'Published Scripted, version 1.', err: '' });
    const again = fileOf({ name: 'scripted', document: documentOf('Scripted', { 'recording.access': true }) });
    expect(await command('publish', [again])).toBe('Published Scripted, version 2.');
    expect(await command('publish', [fileOf(documentOf('Renamed'))], { profile: 'Scripted' })).toBe('Published Renamed, version 3.');
    await expect(command('publish', [fileOf(documentOf('renamed'))], { create: true })).rejects.toThrow('Another profile of this account has that name.');
    await expect(command('publish', [fileOf(documentOf('Nowhere'))])).rejects.toThrow('There is no profile Nowhere: --create makes it.');
  });

  it('profile prints what is published, to be changed and published again', WAIT, async () => {
    await command('publish', [fileOf(documentOf('To be changed', { 'recording.access': true, 'history.access': true }))], { create: true });
    const { code, out } = await run(['profile', 'to be changed']);
    const printed = JSON.parse(out);
    expect([code, printed.name, Object.keys(printed.document.settings)]).toEqual([0, 'To be changed', ['general.name', 'history.access', 'recording.access']]);
    printed.document.settings['recording.download'] = true;
    expect(await command('publish', [fileOf(printed)])).toBe('Published To be changed, version 2.');
    expect(JSON.parse(await command('profile', ['To be changed']))).toEqual(printed);
    await expect(command('profile', ['Nowhere'])).rejects.toThrow(/There is no profile Nowhere: there are .*To be changed/);
    const { accountId } = await withDb(async (db) => ({ accountId: (await db.selectFrom('account').select('id').executeTakeFirstOrThrow()).id }));
    await withDb((db) => db.insertInto('profile').values({ account_id: accountId, name: 'Empty', current_version: null, changed_by: null }).execute());
    await expect(command('profile', ['Empty'])).rejects.toThrow('The profile Empty was never published');
  });

  it('publish lists everything that is wrong with its place, and changes nothing', WAIT, async () => {
    const count = () => withDb((db) => db.selectFrom('profile').select('name').execute());
    const before = await count();
    const { code, err } = await run(['publish', fileOf(documentOf('Wrong', { 'recording.access': 'yes', 'interactions.maxMissed': -1 })), '--create']);
    expect(code).toBe(1);
    expect(err).toMatch(/nothing was changed:\n/);
    expect(err).toContain('settings / recording.access:');
    expect(err).toContain('settings / interactions.maxMissed:');
    await expect(command('publish', [fileOf('{')], { create: true })).rejects.toThrow(/is not JSON/);
    await expect(command('publish', [join(folder, 'none.json')], { create: true })).rejects.toThrow(/cannot be read \(ENOENT\)/);
    expect(await count()).toEqual(before);
  });

  it('a second hub on the folder, or on the port, is one clear sentence', WAIT, async () => {
    expect(await run([])).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^A hub already runs on the data folder .*use another folder\.$/) });
    const other = join(folder, 'other');
    const taken = await run(['--data', other, '--port', String(port)]);
    expect(taken).toEqual({ code: 1, out: '', err: `Port ${port} is taken by another program: stop it, or choose another port with --port or PORT.` });
    expect(existsSync(other)).toBe(false);
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
  });
});

describe('a wrong call', () => {
  it('is told how to call', WAIT, async () => {
    for (const args of [['dance'], ['--nonsense']]) {
      const { code, err } = await run(args);
      expect([code, err.includes('Usage:')]).toEqual([2, true]);
    }
    for (const [name, operands, values] of [
      ['publish', [], {}],
      ['publish', ['a.json', 'b.json'], {}],
      ['publish', ['a.json'], { profile: 'A', create: true }],
      ['profile', [], {}],
      ['profile', ['Outbound', 'campaigns'], {}],
      ['connector', [], {}],
      ['connector', ['Gateway'], { channels: 'fax' }],
      ['connector', ['Gateway'], { channels: 'voice', revoke: true }],
      ['token', [], {}],
      ['token', [], { email: 'a@example.test', days: '-1' }],
      ['person', ['nobody'], {}],
      ['account', ['Centre'], { licences: 'many' }],
      ['account', ['Centre'], { currency: 'XYZ' }],
    ] as const) {
      await expect(command(name, operands, values)).rejects.toThrow(UsageError);
    }
    expect(await run(['--port', '70000'])).toMatchObject({ code: 1, err: expect.stringMatching(/^The setting PORT is wrong/) });
  });
});

describe('a hub that is stopped', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s ends with its database; commands then start one for themselves', WAIT, async (signal) => {
    expect(await stopHub(signal)).toBe(0);
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
    expect((await run(['token', '--email', ADMIN])).code).toBe(0);
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
    port = await startHub();
  });

  it('by a kill leaves nothing in the way of the next', WAIT, async () => {
    await stopHub('SIGKILL');
    port = await startHub();
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
  });

  it('does not start on data of a newer Pennon', WAIT, async () => {
    const name = '9999-of-tomorrow';
    await withDb((db) => db.insertInto('kysely_migration' as never).values({ name, timestamp: 'tomorrow' } as never).execute());
    await stopHub('SIGTERM');
    const { code, err } = await run([]);
    expect([code, err]).toEqual([1, expect.stringContaining(`written by a newer Pennon (it has ${name})`)]);
    expect((await run(['token', '--email', ADMIN])).code).toBe(1);
  });
});
