import { Writable } from 'node:stream';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROBLEM_TYPE, problem as problemSchema, type ProblemCode, PROBLEMS } from '../../../lib/api/problem.ts';
import { type Route, type RouteName, routes } from '../../../lib/api/routes.ts';
import { defaultParts } from '../../../server/default-parts.ts';
import { createLog } from '../../../server/log.ts';
import { type Ask, askOf } from '../../fixtures/fuzz/asks.ts';
import { oddText } from '../../fixtures/fuzz/broken.ts';
import { FUZZ } from '../../fixtures/fuzz/runs.ts';
import { makeWorld, type World } from '../../fixtures/fuzz/world.ts';
import { startTestHub, type TestHub, type TestPerson } from '../../fixtures/hub.ts';
import { noLive } from '../../fixtures/no-live.ts';

const names = Object.keys(routes) as RouteName[];
/** Of the controls there are more than a hundred, behind one route. */
const runsOf = (name: RouteName) => FUZZ.runs * (name === 'command' ? 12 : 1);

let hub: TestHub;
let world: World;
/** What the hub wrote down as its own failure: a 500 is told by its place in the code. */
const failures: string[] = [];

beforeAll(async () => {
  const log = createLog('error', new Writable({ write: (line, _encoding, done) => (failures.push(String(line)), done()) }));
  hub = await startTestHub({}, { parts: { ...defaultParts(), live: noLive }, log });
  world = await makeWorld(hub);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

/** What was asked before may have signed out, disabled or deleted whoever asks next. */
beforeEach(async () => {
  failures.length = 0;
  const answers = await Promise.all(world.people.map((person) => hub.call(person, 'GET', '/api/banner')));
  if (answers.some(({ status }) => status !== 200)) world = await makeWorld(hub);
});

/** A stack, a query, or a place on the hub's disk. */
const INNER = /\bat .+:\d+:\d+|node_modules|\.ts\b|server\/|\bselect .+ from\b|\binsert into\b|\bupdate .+ set\b|violates|relation "|invalid input syntax|invalid byte sequence/i;

async function send({ method, path, headers, body }: Ask, who: TestPerson): Promise<void> {
  const response = await fetch(hub.url + path, {
    method,
    headers: { authorization: `Bearer ${who.token}`, ...headers },
    ...(body === null || method === 'GET' ? {} : { body: new Uint8Array(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (response.status < 400) return;
  expect([response.status, text, failures.join()]).toSatisfy(([status]) => status === 501 || status < 500);
  expect(response.headers.get('content-type')).toBe(PROBLEM_TYPE);
  const problem = v.parse(problemSchema, JSON.parse(text));
  expect(PROBLEMS[problem.code as ProblemCode], problem.code).toBe(response.status);
  // What was sent may stand in it, as text; nothing of the hub's own.
  expect(JSON.stringify({ ...problem, issues: problem.issues?.map(({ message }) => message) })).not.toMatch(INNER);
}

describe('whatever is sent, signed in as anybody, the hub answers what it should or a problem of its own list', () => {
  it.each(names)('%s', { timeout: FUZZ.timeoutMs }, async (name) => {
    const route: Route = routes[name];
    const asked = fc.asyncProperty(askOf(route, world.words), async (ask) => {
      const askers = route.needs === 'connector' ? [world.connector] : world.people;
      await Promise.all(askers.map((who) => send(ask, who)));
    });
    await fc.assert(asked, FUZZ.parameters(runsOf(name)));
    expect(failures).toEqual([]);
  });

  it('whatever stands for a token', { timeout: FUZZ.timeoutMs }, async () => {
    const part = fc.oneof(oddText, fc.base64String({ maxLength: 40 })).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '~'));
    const token = fc.oneof(part, fc.tuple(part, part, part).map((parts) => parts.join('.')), fc.tuple(fc.constantFrom(...world.people).map((person) => person.token), part).map((both) => both.join('')), fc.constant('x'.repeat(5000)));
    const header = fc.oneof(token, token.map((text) => `Bearer ${text}`), token.map((text) => `bearer  ${text}, Basic ${text}`));
    const asked = fc.asyncProperty(header, fc.constantFrom('/api/banner', '/api/profiles', '/api/connector'), async (authorization, path) => {
      await send({ method: 'GET', path, headers: { authorization }, body: null }, world.people[0]!);
    });
    await fc.assert(asked, FUZZ.parameters(FUZZ.runs * 10));
    expect(failures).toEqual([]);
  });

  it('and is ready afterwards, with no prototype spoilt', async () => {
    expect((await fetch(`${hub.url}/ready`)).status).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
