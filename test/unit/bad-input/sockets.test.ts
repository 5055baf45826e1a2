import { Writable } from 'node:stream';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { CONNECTOR_PROTOCOL, connectorMessage, toConnector } from '../../../lib/api/connector.ts';
import { clientMessage, HOLDS_HEADER, hubMessage, LIVE_PROTOCOL } from '../../../lib/api/live.ts';
import { problem } from '../../../lib/api/problem.ts';
import { SESSION_HEADER } from '../../../lib/api/routes.ts';
import { eventData } from '../../../lib/live/event-stream.ts';
import { createConnector } from '../../../server/connector/connectors.ts';
import { defaultParts } from '../../../server/default-parts.ts';
import { createLog } from '../../../server/log.ts';
import { type Centre, makeCentre, openSession } from '../../fixtures/centre.ts';
import { broken, mangled, oddText, written } from '../../fixtures/fuzz/broken.ts';
import { fromSchema } from '../../fixtures/fuzz/from-schema.ts';
import { FUZZ } from '../../fixtures/fuzz/runs.ts';
import { wordsWith } from '../../fixtures/fuzz/world.ts';
import { startTestHub, type TestHub, type TestPerson } from '../../fixtures/hub.ts';
import { until } from '../../fixtures/at-work.ts';

let hub: TestHub;
let centre: Centre;
let agent: TestPerson;
let sessionId: string;
let connectorToken: string;
/** What the hub could not make sense of itself: a message is either taken or refused, and neither is worth a line. */
const complaints: string[] = [];

beforeAll(async () => {
  const log = createLog('warn', new Writable({ write: (line, _encoding, done) => (complaints.push(String(line)), done()) }));
  hub = await startTestHub({}, { parts: defaultParts(), log });
  centre = await makeCentre(hub);
  agent = await centre.person([await centre.profile('Inbound')]);
  sessionId = (await openSession(hub, agent)).situation.sessionId;
  connectorToken = (await createConnector(hub.db, centre.accountId, 'Board')).token;
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

/** Opens a socket, says all of it, and waits until the hub has closed it. @returns the code of the close */
async function converse(path: string, protocol: string, said: readonly (string | Buffer)[], schema: v.GenericSchema): Promise<number> {
  const socket = new WebSocket(`${hub.url.replace(/^http/, 'ws')}${path}`, protocol);
  const answers: unknown[] = [];
  socket.on('message', (data) => answers.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
  await new Promise((resolve) => void socket.once('open', resolve));
  for (const each of said) socket.send(each);
  // Dealt with in its turn, and refused wherever it stands: when the socket is closed for it all before it has been heard.
  socket.send(JSON.stringify({ type: 'hello', token: 'nobody', holds: null }));
  const code = await closed;
  for (const answer of answers) expect(v.safeParse(schema, answer).issues).toBeUndefined();
  return code;
}

/** As ws has them: refused, too large, not UTF-8, or goodbye. */
const CLOSED = [1000, 1001, 1007, 1008, 1009];

const words = () => wordsWith([agent.id, agent.token, centre.activities.all]);
const sayings = (schema: v.GenericSchema) => fc.array(fc.oneof(mangled(broken(fromSchema(schema, words())).map(written)).map((bytes) => bytes.toString('latin1')), mangled(broken(fromSchema(schema, words())).map(written)), fc.constantFrom('x'.repeat(70_000), '[]', 'null', '')), { maxLength: 5 });

describe.each([
  { what: 'the live link', path: '/api/live', protocol: LIVE_PROTOCOL, heard: clientMessage, said: hubMessage, hello: () => ({ type: 'hello', token: agent.token, holds: null }) },
  { what: 'the connector’s socket', path: '/api/connector', protocol: CONNECTOR_PROTOCOL, heard: connectorMessage, said: toConnector, hello: () => ({ type: 'hello', token: connectorToken }) },
])('whatever is said over $what', ({ path, protocol, heard, said, hello }) => {
  it.each([true, false])('is taken or closes the socket, and harms nothing; with a token first: %s', { timeout: FUZZ.timeoutMs }, async (greets) => {
    const talk = fc.asyncProperty(sayings(heard), async (all) => {
      expect(CLOSED).toContain(await converse(path, protocol, [...(greets ? [JSON.stringify(hello())] : []), ...all], said));
      expect(complaints).toEqual([]);
    });
    await fc.assert(talk, FUZZ.parameters(FUZZ.runs * 5));
    expect((await fetch(`${hub.url}/ready`)).status).toBe(200);
  });
});

it('whatever stands in the headers of the event stream is taken or refused as a problem, and all that it says is of the contract', { timeout: FUZZ.timeoutMs }, async () => {
  const text = oddText.map((odd) => odd.replaceAll(/[^\x20-\x7e]/g, '~'));
  const numbers = fc.array(fc.oneof(fc.nat().map(String), fc.constantFrom('-1', '1e9', '9'.repeat(15), '9'.repeat(16), '', '01', ' 1')), { minLength: 3, maxLength: 5 }).map((all) => all.join('.'));
  const rarely = <T>(usual: string, odd: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });
  const headers = fc.record({ authorization: rarely(`Bearer ${agent.token}`, fc.oneof(text, text.map((odd) => `Bearer ${odd}`))), [HOLDS_HEADER]: fc.oneof(numbers, text), [SESSION_HEADER]: rarely(sessionId, text), accept: rarely('text/event-stream', text) }, { requiredKeys: ['authorization'] });
  const asked = fc.asyncProperty(headers, async (sent) => {
    const over = new AbortController();
    const response = await fetch(`${hub.url}/api/live`, { headers: sent, signal: over.signal });
    if (response.status === 200) {
      const first = await eventData(response.body!).next();
      expect(v.safeParse(hubMessage, JSON.parse(first.value ?? 'null')).issues, JSON.stringify(first)).toBeUndefined();
    } else expect(v.safeParse(problem, await response.json()).issues, String(response.status)).toBeUndefined();
    over.abort();
    expect(response.status).toBeLessThan(500);
    expect(complaints).toEqual([]);
  });
  await fc.assert(asked, FUZZ.parameters(FUZZ.runs * 10));
});

it('a connector’s answer with text that cannot be kept is refused as it is over HTTP, and the command stays asked', async () => {
  const personal = await hub.call({ ...agent, token: connectorToken }, 'POST', '/api/connector/interactions', { ref: 'one', channel: 'voice', personId: agent.id, customer: { address: '+33612345678' } });
  expect(personal.status).toBe(201);
  const { id } = personal.body;
  await until(async () => (await hub.call(agent, 'GET', '/api/banner')).body.situation.interactions, (all: { id: string }[]) => all.some((one) => one.id === id));
  await hub.call(agent, 'POST', '/api/commands/offer.accept', { interactionId: id });
  const asked = async () => (await hub.call({ ...agent, token: connectorToken }, 'GET', '/api/connector/commands')).body.commands;
  const [command] = await asked();
  for (const text of ['a\0b', 'a\ud800b']) for (const said of [{ result: 'failed', why: text }, { result: 'done', ref: text }]) {
    const answer = JSON.stringify({ type: 'answer', id: command.id, ...said });
    expect(await converse('/api/connector', CONNECTOR_PROTOCOL, [JSON.stringify({ type: 'hello', token: connectorToken }), answer], toConnector)).toBe(1008);
  }
  expect(complaints).toEqual([]);
  expect((await asked()).map((each: { id: string }) => each.id)).toContain(command.id);
});
