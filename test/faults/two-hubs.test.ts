/** Two hubs as processes of their own on one PostgreSQL, the second one's way to it in the test's hands. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Centre, makeCentre, openSession } from '../fixtures/centre.ts';
import { newDatabase } from '../fixtures/databases/new-database.ts';
import type { TestPerson } from '../fixtures/hub.ts';
import { connectLive, type LiveClient } from '../fixtures/live-client.ts';
import { cutListeners } from '../fixtures/live-hub.ts';
import { type FaultHub, startFaultHub } from './a-hub.ts';
import { insist, once } from './insist.ts';
import { type Proxy, startProxy } from './proxy.ts';
import { chanceOf, PUBLISHES, say, SEED } from './settings.ts';

const chance = chanceOf(SEED, 'two-hubs');
const PEOPLE = 4;
/** What a lost connection may cost at most: how long a dead one is believed in, and the wait to make a new one. */
const HEALED_MS = 60_000;
let first: FaultHub;
let second: FaultHub;
let road: Proxy;
let centre: Centre;
let profile: string;
let people: readonly TestPerson[];
let sockets: LiveClient[] = [];

beforeAll(async () => {
  const database = new URL(await newDatabase());
  const port = Number(database.port);
  road = await startProxy(() => port, chance);
  const through = Object.assign(new URL(database), { port: String(road.port) });
  first = await startFaultHub({ DATABASE_URL: database.href });
  second = await startFaultHub({ DATABASE_URL: through.href });
  centre = await makeCentre(first);
  profile = await centre.profile('Shared');
  people = await Promise.all(Array.from({ length: PEOPLE }, () => centre.person([profile])));
  for (const person of people) await openSession(first, person);
});
afterAll(async () => {
  for (const socket of sockets) await socket.close().catch(() => {});
  await first?.stop();
  await second?.stop();
  await road?.close();
});

/** Everybody at the second hub, anew: these clients say nothing by themselves, and the silent are cut off in time. */
async function connectAll(): Promise<void> {
  for (const socket of sockets) await socket.close();
  sockets = await Promise.all(people.map(({ token }) => connectLive(second.url, { token })));
  for (const socket of sockets) await socket.until('the first word', (of) => of.held() !== null);
}

const versionsSeen = () => sockets.map((socket) => socket.held()?.profile.active?.version);
const everybodyHas = (version: number) => expect.poll(versionsSeen, { timeout: HEALED_MS, interval: 20 }).toEqual(people.map(() => version));
const publish = () => centre.publish(profile, 'Shared');

it('a publish on one reaches the sockets of the other', async () => {
  await connectAll();
  await everybodyHas(await publish());
});

it('a listener that is cut is made anew, and what was said meanwhile arrives', async () => {
  for (let round = 0; round < 3; round += 1) {
    const [, version] = await Promise.all([cutListeners(first.db), publish()]);
    await everybodyHas(version);
  }
  expect(sockets.map((socket) => socket.closed()), 'no socket was lost for it').toEqual(people.map(() => null));
});

it('all connections to the database reset: the same', async () => {
  expect(road.reset()).toBeGreaterThan(0);
  await everybodyHas(await publish());
});

it('a road to the database that swallows all for a while: the same once it is there again', async () => {
  road.become({ is: 'blackHole' });
  const version = await publish();
  await pause(1000);
  expect(versionsSeen()).toEqual(people.map(() => version - 1));
  road.become({ is: 'clear' });
  await everybodyHas(version);
});

it('connections to the database that are dead without a word: found out in time, and made anew', async () => {
  expect(road.halfOpen()).toBeGreaterThan(0);
  const version = await publish();
  const began = performance.now();
  await everybodyHas(version);
  say(`dead connections to the database: told after ${Math.round(performance.now() - began)} ms`);
  await second.ready();
  const listening = async () => (await sql`select 1 from pg_stat_activity where query = 'listen pennon_change' and datname = current_database()`.execute(first.db)).rows.length;
  await expect.poll(listening, { timeout: HEALED_MS, message: 'both listen' }).toBe(2);
});

it(`a hub killed in ${PUBLISHES} publishes: each whole or not at all, once, and told to everybody`, async () => {
  const outcomes = { whole: 0, notAtAll: 0, acknowledged: 0 };
  const path = `/api/profiles/${profile}`;
  const rows = async (message: string) => {
    const versions = await first.db.selectFrom('profile_version').select(['version']).where('profile_id', '=', profile).where('message', '=', message).execute();
    const audited = await first.db.selectFrom('audit').select('after').where('subject_id', '=', profile).where('action', '=', 'profile.publish').execute();
    const logged = await first.db.selectFrom('change_log').select('detail').where('subject_id', '=', profile).where('kind', '=', 'profile').execute();
    const version = versions[0]?.version;
    const ofIt = (all: readonly unknown[]) => all.filter((each) => (each as { version?: number }).version === version).length;
    return { version, counts: version === undefined ? [] : [versions.length, ofIt(audited.map(({ after }) => after)), ofIt(logged.map(({ detail }) => detail))] };
  };
  // How long one takes here, as it was last seen: killed at any moment of it.
  let took = 40;
  for (let at = 0; at < PUBLISHES; at += 1) {
    const message = `killed-${at}`;
    await connectAll();
    const headers = { 'idempotency-key': message };
    const draft = await first.call(centre.admin, 'GET', `${path}/draft`);
    const document = centre.document('Shared', { settings: { 'general.reference': message } });
    expect((await first.call(centre.admin, 'PUT', `${path}/draft`, { document }, { 'if-match': draft.headers.get('etag')! })).status).toBe(200);
    const asked = once(first.url, centre.admin, 'POST', `${path}/publish`, { message }, headers);
    await pause(chance.between(0, Math.ceil(took * 1.2)));
    await first.kill();
    const answer = await asked;
    const { version, counts } = await rows(message);
    if (answer) outcomes.acknowledged += 1;
    if (answer) expect([answer.status, version]).toEqual([201, answer.body.version]);
    outcomes[version === undefined ? 'notAtAll' : 'whole'] += 1;
    expect(counts, 'version, audit and log').toEqual(version === undefined ? [] : [1, 1, 1]);
    // Committed, it is told by the hub that lives, whatever became of the one that did it.
    if (version !== undefined) await everybodyHas(version);
    await first.start();
    const began = performance.now();
    const again = await insist(first.url, centre.admin, 'POST', `${path}/publish`, { message }, headers);
    if (version === undefined) took = performance.now() - began;
    expect(again.status, JSON.stringify(again.body)).toBe(201);
    if (version !== undefined) expect(again.body.version).toBe(version);
    await everybodyHas(again.body.version);
    expect((await rows(message)).counts).toEqual([1, 1, 1]);
  }
  say(`killed in a publish: ${outcomes.whole} were whole (${outcomes.acknowledged} of them acknowledged), ${outcomes.notAtAll} not begun`);
});
