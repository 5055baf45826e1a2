/** The demo centre's traffic as a process of its own, with a real hub. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createConnector } from '../../server/connector/connectors.ts';
import { type Centre, makeCentre, makeResource, openSession } from '../fixtures/centre.ts';
import { newDatabase } from '../fixtures/databases/new-database.ts';
import { startTestHub, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { runTraffic, startTraffic, type TrafficProcess } from '../fixtures/traffic.ts';

vi.setConfig({ testTimeout: 60_000 });

let hub: TestHub;
let centre: Centre;
let token: string;
let queue: string;
let agent: TestPerson;
const running: TrafficProcess[] = [];

beforeAll(async () => {
  hub = await startTestHub({ PENNON_COUNTRY: 'FR' });
}, 60_000);
afterEach(async () => {
  for (const traffic of running.splice(0)) await traffic.stop();
});
afterAll(() => hub?.stop(), 60_000);

/** A centre with one queue and one person who takes everything. */
async function begin(on: TestHub = hub): Promise<void> {
  centre = await makeCentre(on);
  token = (await createConnector(on.db, centre.accountId, 'Traffic')).token;
  queue = await makeResource(on.db, centre.accountId, 'queue', 'Motor claims', { voice: true, email: true, messages: true });
  const rights = ['voice', 'email', 'messages'].flatMap((channel) => [`flow.${channel}.out.direct`, `flow.${channel}.process.conference`]);
  const profile = await centre.profile('Everything', {
    settings: { ...Object.fromEntries(rights.map((right) => [right, true])), 'flow.voice.process.manualRecord': true, 'flow.voice.out.countries': 'all' },
    rows: { queues: [{ id: queue, voice: true, email: true, messages: true, flow: true }] },
    activities: [centre.activities.all],
  });
  agent = await centre.person([profile]);
  await openSession(on, agent);
}

async function traffic(...more: string[]): Promise<TrafficProcess> {
  const process = await startTraffic(hub.url, token, ...more);
  running.push(process);
  return process;
}

const inHand = async (): Promise<readonly { id: string; [more: string]: unknown }[]> => (await hub.call(agent, 'GET', '/api/banner')).body.situation.interactions;
const use = async (control: string, body: object) => {
  const { status, body: answer } = await hub.call(agent, 'POST', `/api/commands/${control}`, body);
  if (status !== 202) throw new Error(`${control}: ${status} ${JSON.stringify(answer)}`);
};
const until = <T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> =>
  vi.waitFor(
    async () => {
      const seen = await look();
      if (!holds(seen)) throw new Error(`not yet: ${JSON.stringify(seen)}`);
      return seen;
    },
    { timeout: 20_000, interval: 40 },
  );
const untilFirst = (what: object) => until(inHand, ([first]) => first !== undefined && Object.entries(what).every(([key, value]) => first[key] === value));
const rows = (on: TestHub = hub) => on.db.selectFrom('interaction').selectAll().where('account_id', '=', centre.accountId).execute();
const eventsOf = async (id: string) => (await hub.db.selectFrom('interaction_event').select('event').where('interaction_id', '=', id).orderBy('id').execute()).map(({ event }) => event);

/** Offers one, and lets the person take it. */
async function talk(board: TrafficProcess, channel: 'voice' | 'email' | 'messages', more: object = {}): Promise<{ ref: string; id: string }> {
  const offered = await board.offer({ channel, queue: 'Motor claims', ...more });
  await untilFirst({ id: offered.id, state: 'ringing' });
  await use('offer.accept', { interactionId: offered.id });
  await untilFirst({ id: offered.id, state: 'live' });
  return offered;
}

describe('the traffic', () => {
  it('offers a call that a script wants, puts it through, records it and ends it as the hub asks', async () => {
    await begin();
    const board = await traffic();
    const { id, ref } = await talk(board, 'voice', { subject: 'Accident' });
    expect((await inHand())[0]).toMatchObject({ subject: 'Accident', customer: { name: 'Camille Besson', address: '+33199004712', reference: '20418' } });
    await use('int.record', { interactionId: id, on: true });
    await untilFirst({ recording: true });
    await use('int.hold', { interactionId: id, on: true });
    await untilFirst({ state: 'held' });
    await use('int.hangup', { interactionId: id });
    await until(() => rows(), ([row]) => row?.state === 'closed');
    await until(() => eventsOf(id), (events) => events.includes('recordingKept'));
    expect((await board.log()).map(({ command, result }) => [command.verb, command.ref, result?.result])).toEqual(['answer', 'record', 'hold', 'hangup'].map((verb) => [verb, ref, 'done']));
  });

  it('lets the customer hang up, and write, when the script says so', async () => {
    await begin();
    const board = await traffic();
    const call = await talk(board, 'voice');
    await board.post('/end', { ref: call.ref });
    await until(() => rows(), ([row]) => row?.state === 'closed' && row.outcome === 'completed');
    const chat = await talk(board, 'messages', { text: 'Hello', replies: ['Thank you!'] });
    await board.post('/write', { ref: chat.ref, text: 'Are you there?' });
    const thread = async (): Promise<readonly { text: string }[]> => (await hub.call(agent, 'GET', `/api/interactions/${chat.id}`)).body.thread;
    await until(thread, (list) => list.length === 2);
    await hub.call(agent, 'POST', `/api/interactions/${chat.id}/messages`, { text: 'Yes.' }, { 'idempotency-key': crypto.randomUUID() });
    expect((await until(thread, (list) => list.length === 4)).map(({ text }) => text)).toEqual(['Hello', 'Are you there?', 'Yes.', 'Thank you!']);
  });

  it('calls out: who is there answers, and a busy line is said', async () => {
    await begin();
    const board = await traffic();
    await use('out.voice.direct', { number: '01 99 00 47 12' });
    const [call] = await untilFirst({ state: 'live', direction: 'outbound' });
    await use('int.hangup', { interactionId: call!.id });
    await until(inHand, (list) => list.length === 0);
    await use('out.voice.direct', { number: '01 99 00 47 10' });
    await until(() => rows(), (all) => all.some(({ outcome }) => outcome === 'failed'));
    expect((await board.log()).map(({ command }) => command.verb)).toEqual(['dial', 'hangup', 'dial']);
  });

  it('fails at what the script wants it to fail at, with its sentence', async () => {
    await begin();
    const board = await traffic();
    const { id } = await talk(board, 'voice');
    await board.post('/fail', { verb: 'hold', why: 'No line was free.' });
    await use('int.hold', { interactionId: id, on: true });
    await until(() => board.log(), (log) => log.at(-1)?.command.verb === 'hold' && log.at(-1)?.result !== null);
    expect((await board.log()).at(-1)?.result).toEqual({ result: 'failed', why: 'No line was free.' });
    await untilFirst({ state: 'live', pending: null });
  });

  it('refuses what cannot be, in words, and web pages altogether', async () => {
    await begin();
    const board = await traffic();
    await expect(board.offer({ channel: 'voice', queue: 'Nowhere' })).rejects.toThrow('Say a queue or a person that there is, one of the two.');
    await expect(board.offer({ channel: 'fax' as never })).rejects.toThrow('channel:');
    await expect(board.post('/end', { ref: 'nobody' })).rejects.toThrow('There is no nobody any more.');
    const address = /Control on (\S+)/.exec(board.said())?.[1];
    expect((await fetch(`${address}/log`, { headers: { origin: 'http://evil.example' } })).status).toBe(400);
  });

  it('brings customers by itself, and takes them all away when it is stopped', async () => {
    await begin();
    await hub.call(agent, 'DELETE', '/api/session');
    const board = runTraffic(['--hub', hub.url, '--pace', '100', '--seed', '5'], token);
    running.push(board);
    await until(() => rows(), (all) => all.length >= 5);
    board.signal('SIGTERM');
    expect(await board.ended).toBe(0);
    const all = await rows();
    expect(all.map(({ state }) => state)).toEqual(all.map(() => 'closed'));
    expect(new Set(all.map(({ ref }) => ref)).size).toBe(all.length);
  });

  it('ends with the program that started it, though nobody tells it to', async () => {
    await begin();
    const main = fileURLToPath(new URL('../../server/demo/traffic/main.ts', import.meta.url));
    const child = fork(main, ['--hub', hub.url, '--pace', '0'], { env: { ...process.env, PENNON_CONNECTOR_TOKEN: token }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    await once(child.stdout!, 'data');
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says in one sentence that its token is not known, and how it is called', async () => {
    const unknown = runTraffic(['--hub', hub.url], 'pnc_nobody');
    expect(await unknown.ended).toBe(1);
    expect(unknown.said()).toBe('The hub does not know this token: node server/main.ts connector NAME makes a new one.\n');
    const wrong = runTraffic(['--hub', 'nowhere'], 'pnc_nobody');
    expect(await wrong.ended).toBe(2);
    expect(wrong.said()).toMatch(/^--hub needs an address that begins with http:\/\/ or https:\/\/\.\n\nnode server\/demo\/traffic/);
  });
});

it('a hub that is restarted finds the traffic again, and nothing offered twice', async () => {
  const database = await newDatabase();
  let restarted = await startTestHub({ DATABASE_URL: database });
  await begin(restarted);
  const port = new URL(restarted.url).port;
  const board = await startTraffic(restarted.url, token);
  running.push(board);
  const waiting = await board.offer({ channel: 'email', queue: 'Motor claims', text: 'Hello' });
  await restarted.stop();
  await until(async () => board.said(), (text) => text.includes('The hub is away'));
  // Said while nobody listens: it waits for the hub.
  await board.post('/end', { ref: waiting.ref });
  restarted = await startTestHub({ DATABASE_URL: database, PORT: port });
  try {
    await until(() => rows(restarted), ([row]) => row?.state === 'closed');
    await until(async () => board.said(), (text) => text.split('Connected to the hub.').length === 3);
    await board.offer({ channel: 'voice', queue: 'Motor claims' });
    expect((await rows(restarted)).map(({ channel }) => channel).sort()).toEqual(['email', 'voice']);
    await board.stop();
  } finally {
    await restarted.stop();
  }
});
