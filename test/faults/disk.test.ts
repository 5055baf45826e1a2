/** The disk under the hub's folder and its database is full for a while, with writes of all kinds going on. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeCentre } from '../fixtures/centre.ts';
import type { TestPerson } from '../fixtures/hub.ts';
import { makeSwitchboard } from '../fixtures/switchboard.ts';
import { type FaultHub, startFaultHub } from './a-hub.ts';
import { once } from './insist.ts';
import { FULL, say } from './settings.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';
import { assigner, type Place, publisher, recorder, switcher, talker, type Writer } from './writers.ts';

const MEGABYTES = 320;
/** Each time it is full, so much is refused. */
const REFUSED = 20;
const PATIENCE_MS = 120_000;
/** So long without room for its log: long enough for it to try to recover, and to end. */
const AWAY_MS = 15_000;

let disk: SmallDisk | string;
let hub: FaultHub;
let reader: TestPerson;
/** Where the test itself writes. */
let path: string;
let writers: readonly Writer[];

beforeAll(async () => {
  disk = mountSmallDisk(MEGABYTES);
  if (typeof disk === 'string') return say(`skipped, a disk to be filled needs root on Linux: ${disk}`);
  hub = await startFaultHub({ PENNON_DATA: disk.folder, PENNON_RING: 300 });
  const centre = await makeCentre(hub);
  const place: Place = { hub, url: hub.url, centre, board: await makeSwitchboard(hub, centre.accountId) };
  reader = centre.admin;
  path = `/api/profiles/${await centre.profile('Filled')}/assignments/${(await centre.person([])).id}`;
  writers = await Promise.all([publisher, assigner, switcher, recorder, talker].map((make) => make(place)));
});
afterAll(async () => {
  if (typeof disk !== 'object') return;
  disk.clear();
  await hub?.stop();
  disk.unmount();
});
beforeEach(({ skip }) => {
  if (typeof disk === 'string') skip(disk);
});

const sum = (of: 'acknowledged' | 'lost') => writers.reduce((all, { counts }) => all + counts()[of], 0);

/** Rows in many tables, so that it soon needs room. @returns whether it was refused */
async function isRefused(): Promise<boolean> {
  const answer = await once(hub.url, reader, 'PUT', path, { score: 50 }, { 'idempotency-key': crypto.randomUUID() });
  const said = [answer?.status, answer?.body.code, answer?.headers.get('content-type'), answer?.headers.get('retry-after')];
  if (answer?.status !== 200) expect(said).toEqual([503, 'hub.notReady', 'application/problem+json', '2']);
  return answer?.status !== 200;
}

const read = () => once(hub.url, reader, 'GET', '/api/profiles');

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !holds(); await pause(20)) if (Date.now() > end) throw new Error(`never: ${what}`);
}

/** Writers at work for as long as `during` takes, each to the end of its round; then all that was acknowledged is there, once. */
async function whileWriting(during: () => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const work = Promise.all(
    writers.map(async (writer) => {
      while (!stop.signal.aborted) await writer.write();
    }),
  );
  // A writer that fails ends the test, not only its own work.
  const failed = work.then(() => new Promise<never>(() => {}));
  await Promise.race([during(), failed]).finally(() => {
    stop.abort();
    (disk as SmallDisk).clear();
  });
  await work;
  for (const writer of writers) await writer.check();
}

/** @returns the milliseconds from room again to as many acknowledged as there are writers */
async function whileFull(during: () => Promise<void>): Promise<number> {
  const { fill, clear } = disk as SmallDisk;
  fill();
  await during();
  clear();
  const [began, before] = [performance.now(), sum('acknowledged')];
  await until('acknowledged again', () => sum('acknowledged') >= before + writers.length);
  return performance.now() - began;
}

it(`${FULL} times full, it refuses as long as it is, goes on reading, loses nothing and goes on by itself`, async () => {
  const healed: number[] = [];
  let reads = 0;
  await whileWriting(async () => {
    for (let time = 0; time < FULL; time += 1) {
      const begun = sum('acknowledged');
      await until('at work', () => sum('acknowledged') >= begun + 20);
      // With a log to write in: what happens without one is the next test's.
      await sql`checkpoint`.execute(hub.db);
      await sql`select pg_switch_wal()`.execute(hub.db);
      healed.push(
        await whileFull(async () => {
          for (let refused = 0; refused < REFUSED; refused += Number(await isRefused())) {
            expect((await read())?.status).toBe(200);
            reads += 1;
          }
        }),
      );
    }
  });
  say(`full ${FULL} times: ${sum('acknowledged')} acknowledged, refused ${sum('lost')} times, ${reads} reads answered while it was; writes again after ${healed.map(Math.round).toSorted((a, b) => a - b).join(', ')} ms`);
});

it('where not even the database\'s log has room it is away until there is some, and goes on by itself', async () => {
  let healed = 0;
  await whileWriting(async () => {
    healed = await whileFull(async () => {
      // The next segment of the log has no room: PostgreSQL gives up, and cannot recover.
      const gaveUp = async () => {
        await sql`select pg_switch_wal()`.execute(hub.db).catch(() => {});
        return (await read())?.status === 503;
      };
      for (const end = Date.now() + PATIENCE_MS; !(await gaveUp()); await pause(50)) if (Date.now() > end) throw new Error('the database never gave up');
      const said = new Set<string>();
      for (const end = Date.now() + AWAY_MS; Date.now() < end; await pause(50)) {
        const answer = await read();
        if (answer?.status !== 200) said.add(`${answer?.status} ${answer?.body.code} ${answer?.headers.get('content-type')}`);
      }
      expect([...said]).toEqual(['503 hub.notReady application/problem+json']);
    });
  });
  say(`no room for the database's log: writes again ${Math.round(healed)} ms after there was`);
});

it('a hub that is started on a full disk says so, and starts once there is room', async () => {
  const { fill, clear } = disk as SmallDisk;
  await hub.kill();
  fill();
  const failure = await hub.start().then(() => 'it started', (error: Error) => error.message);
  clear();
  await hub.start();
  for (const writer of writers) await writer.write();
  for (const writer of writers) await writer.check();
  expect(failure).toMatch(/Fault: The data folder \S+ cannot be written \(ENOSPC\)/);
});
