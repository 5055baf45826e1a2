import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS, type ProblemCode } from '../../lib/api/problem.ts';
import { routes } from '../../lib/api/routes.ts';
import { emptyDocument } from '../../lib/profile/schema.ts';
import { type ServeDependencies, serveRoutes } from '../../server/http/serve.ts';
import { problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';

let hub: TestHub;
let admin: TestPerson;
let agent: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  const account = await hub.makeAccount();
  admin = await hub.makePerson(account, { type: 'administrator' });
  agent = await hub.makePerson(account);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const raw = (path: string, init: RequestInit) =>
  fetch(hub.url + path, { ...init, headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json', ...init.headers } });
const rawProblem = async (response: Response) => [response.status, (await response.json()).code];
const create = (name: string, key: string) => hub.call(admin, 'POST', '/api/profiles', { name }, { 'idempotency-key': key });

describe('a repeated request', () => {
  it('gets the first answer again and does the thing once', async () => {
    const [first, again] = [await create('Once', 'k1'), await create('Once', 'k1')];
    expect(first.status).toBe(201);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect([first, again].map(({ headers }) => [headers.get('idempotency-replayed'), headers.get('etag')])).toEqual([
      [null, '"1"'],
      ['true', '"1"'],
    ]);
  });

  it('runs once however many come together', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create('Together', 'k2')));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.profileId}`)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.has('idempotency-replayed'))).toHaveLength(5);
  });

  it('under a key that was used for another one is refused', async () => {
    await create('Mine', 'k3');
    expect(problem(await create('Other', 'k3'))).toEqual([409, 'request.replayed']);
  });

  it('is decided anew where the first was refused: nothing was done', async () => {
    await create('Taken', 'k4');
    expect(problem(await create('Taken', 'k5'))).toEqual([409, 'profile.nameTaken']);
    const { profileId } = (await create('Taken', 'k4')).body;
    await hub.call(admin, 'DELETE', `/api/profiles/${profileId}`);
    expect((await create('Taken', 'k5')).status).toBe(201);
  });

  it('of another person is another request', async () => {
    const other = await hub.makePerson(admin.accountId, { type: 'administrator' });
    await create('Hers', 'k6');
    expect((await hub.call(other, 'POST', '/api/profiles', { name: 'His' }, { 'idempotency-key': 'k6' })).status).toBe(201);
  });

  it('with a key that cannot be one is refused', async () => {
    expect(problem(await create('Key', 'x'.repeat(201)))).toEqual([400, 'request.invalid']);
  });
});

describe('a body', () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) => raw('/api/profiles', { method: 'POST', body, headers });

  it('must be JSON, and said to be', async () => {
    expect(await rawProblem(await post('{"name":'))).toEqual([400, 'request.invalid']);
    expect(await rawProblem(await post('name=x', { 'content-type': 'application/x-www-form-urlencoded' }))).toEqual([415, 'request.type']);
    expect(await rawProblem(await post(Buffer.from('{"name":"\xff"}', 'latin1')))).toEqual([400, 'request.invalid']);
  });

  it('must have the fields of its route, each that is wrong with its place', async () => {
    const answer = await hub.call(admin, 'POST', '/api/profiles', { name: 7 });
    expect(problem(answer)).toEqual([400, 'request.invalid']);
    expect(answer.body.issues[0].path).toEqual(['name']);
    expect(await rawProblem(await post('null'))).toEqual([400, 'request.invalid']);
    expect(await rawProblem(await post('[]'))).toEqual([400, 'request.invalid']);
  });

  it('may not be larger than a megabyte, whether it says so or not', async () => {
    const large = JSON.stringify({ name: 'x', document: 'y'.repeat(1024 * 1024) });
    expect(await rawProblem(await post(large))).toEqual([413, 'request.tooLarge']);
    const chunked = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large));
        controller.close();
      },
    });
    const response = await raw('/api/profiles', { method: 'POST', body: chunked, duplex: 'half' } as RequestInit);
    expect(await rawProblem(response)).toEqual([413, 'request.tooLarge']);
  });

  it('may not be nested without end', async () => {
    const deep = `{"name":"x","document":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    expect(await rawProblem(await post(deep))).toEqual([400, 'request.invalid']);
  });

  it('may not carry names that mean something to JavaScript', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const text = JSON.stringify({ name: 'x', document: emptyDocument('x') }).replace('"general.name"', `"${key}":{"polluted":true},"general.name"`);
      expect(await rawProblem(await post(text))).toEqual([400, 'request.invalid']);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a body with text that cannot be kept', () => {
  it.each(['a\\u0000b', 'a\\ud800b'])('is refused: %s', async (text) => {
    for (const body of [`{"name":"${text}"}`, `{"name":"x","document":{"schema":1,"settings":{"future":"${text}"},"configuration":{}}}`]) {
      expect(await rawProblem(await raw('/api/profiles', { method: 'POST', body }))).toEqual([400, 'request.invalid']);
    }
  });
});

describe('an address', () => {
  it('that does not exist is a problem document, as is a method that it does not take', async () => {
    expect(problem(await hub.call(admin, 'GET', '/api/nothing'))).toEqual([404, 'notFound']);
    const answer = await hub.call(admin, 'PUT', '/api/profiles', {});
    expect([...problem(answer), answer.headers.get('allow')]).toEqual([405, 'request.method', 'GET, POST']);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ type: 'urn:pennon:problem:request.method', status: 405 });
  });

  it('with broken escapes or a foreign query is no failure of the hub', async () => {
    expect((await raw('/api/profiles/%E0%A4%A', { method: 'GET' })).status).toBe(404);
    expect(problem(await hub.call(admin, 'GET', '/api/profiles?x=%00&__proto__=1'))).toEqual([200, undefined]);
    expect(problem(await hub.call(admin, 'GET', '/api/audit?actor=%00'))).toEqual([400, 'request.invalid']);
    const { profileId } = (await create('Query', 'k7')).body;
    expect(problem(await hub.call(admin, 'GET', `/api/profiles/${profileId}/receipts?version=-1`))).toEqual([400, 'request.invalid']);
    expect((await hub.call(admin, 'GET', `/api/profiles/${profileId}/versions/%00`)).status).toBe(404);
  });
});

describe('every answer', () => {
  it('keeps others from reading it, save extensions', async () => {
    const from = async (origin: string) => (await raw('/api/profiles', { method: 'GET', headers: { origin } })).headers;
    const extension = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
    expect((await from(extension)).get('access-control-allow-origin')).toBe(extension);
    expect((await from('moz-extension://6f1c3c8c-0000-4000-8000-000000000000')).get('access-control-allow-origin')).toMatch(/^moz-extension/);
    for (const origin of ['https://crm.example', 'null', `https://x/${extension}`]) {
      const headers = await from(origin);
      expect(headers.get('access-control-allow-origin')).toBe(null);
      expect(headers.get('access-control-allow-credentials')).toBe(null);
    }
    const headers = await from(extension);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('to a preflight allows an extension what the API takes', async () => {
    const ask = (origin: string) =>
      fetch(`${hub.url}/api/profiles`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT' } });
    const allowed = await ask('chrome-extension://abcdefghijklmnopabcdefghijklmnop');
    expect([allowed.status, allowed.headers.get('access-control-allow-headers')]).toEqual([204, expect.stringContaining('if-match')]);
    expect((await ask('https://crm.example')).headers.get('access-control-allow-methods')).toBe(null);
  });

  it('to a failure of the hub says nothing of what failed', async () => {
    await hub.db.schema.alterTable('profile').renameTo('profile_away').execute();
    const answer = await hub.call(admin, 'GET', '/api/profiles');
    await hub.db.schema.alterTable('profile_away').renameTo('profile').execute();
    expect(answer.body).toEqual({ type: 'urn:pennon:problem:hub.failed', title: 'The hub failed', status: 500, code: 'hub.failed' });
  });
});

describe('the state of the hub', () => {
  it('is up, ready and measured', async () => {
    expect((await hub.call(null, 'GET', '/health')).body).toEqual({ status: 'up' });
    expect((await hub.call(null, 'GET', '/ready')).body).toEqual({ status: 'ready' });
    await hub.call(agent, 'GET', '/api/profiles');
    const text = await (await fetch(`${hub.url}/metrics`)).text();
    expect(text).toMatch(/pennon_request_seconds_count\{route="listProfiles",status="403"\} [1-9]/);
    expect(text).toContain('pennon_publishes_total');
  });

  it('counts a refused command by its control and the layer of the reason', async () => {
    await hub.call(agent, 'POST', '/api/session', { browser: 'Test' });
    expect(problem(await hub.call(agent, 'POST', '/api/commands/mod.recordings', {}))).toEqual([403, 'control.refused']);
    const text = await (await fetch(`${hub.url}/metrics`)).text();
    expect(text).toMatch(/pennon_commands_refused_total\{control="mod.recordings",layer="profile"\} 1/);
  });

  it('survives what is no HTTP at all', async () => {
    const { port } = hub.hub;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('\x16\x03\x01 nonsense\r\n\r\n'));
      socket.on('close', () => resolve()).on('error', () => {}).resume();
    });
    expect((await hub.call(null, 'GET', '/health')).status).toBe(200);
  });
});

describe('the routes', () => {
  it('are all served, or the hub does not start', () => {
    expect(() => serveRoutes({} as ServeDependencies, {})).toThrow(/These routes have no handler: hub, openSession/);
  });
});

describe('the OpenAPI document', () => {
  it('has every route, with its parameters, bodies and problems', async () => {
    const { body } = await hub.call(null, 'GET', '/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    for (const [name, route] of Object.entries(routes)) {
      const operation = body.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
      expect(operation?.operationId).toBe(name);
      expect(operation.responses[route.status]).toBeDefined();
      expect(operation.requestBody === undefined).toBe(!('body' in route));
      expect(operation.security === undefined).toBe(route.needs === 'none');
      for (const code of route.problems) expect(operation.responses[PROBLEMS[code as ProblemCode]].description).toContain(code);
      const inPath = (operation.parameters ?? []).filter((p: { in: string }) => p.in === 'path').map((p: { name: string }) => p.name);
      expect(inPath).toEqual([...route.path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter));
    }
  });

  it('names only what it declares', async () => {
    const { body } = await hub.call(null, 'GET', '/api/openapi.json');
    const names = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name as string);
    expect(names).toContain('ProfileDocument');
    for (const name of names) expect(body.components.schemas[name]).toBeDefined();
    expect(body.components.schemas.ProfileDocument.properties.settings.properties['recording.access']).toEqual({ type: 'boolean' });
  });
});
