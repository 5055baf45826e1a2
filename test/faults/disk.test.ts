/** The disk under the hub's folder and its database is full for a while, with writes of all kinds going on. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type OnDisk, PATIENCE_MS, startOnDisk, until } from './on-disk.ts';
import { FULL, say } from './settings.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

const MEGABYTES = 320;
/** Each time it is full, so much is refused. */
const REFUSED = 20;
/** So long without room for its log: long enough for it to try to recover, and to end. */
const AWAY_MS = 15_000;

let disk: SmallDisk | string;
let on: OnDisk;

beforeAll(async () => {
  disk = mountSmallDisk(MEGABYTES);
  if (typeof disk === 'string') return say(`skipped, a disk to be filled needs root on Linux: ${disk}`);
  on = await startOnDisk(disk.folder);
});
afterAll(async () => {
  if (typeof disk !== 'object') return;
  disk.clear();
  await on?.hub.stop();
  disk.unmount();
});
beforeEach(({ skip }) => {
  if (typeof disk === 'string') skip(disk);
});

const whileWriting = (during: () => Promise<void>) => on.whileWriting(during, (disk as SmallDisk).clear);

/** @returns the milliseconds from room again to as many acknowledged as there are writers */
async function whileFull(during: () => Promise<void>): Promise<number> {
  const { fill, clear } = disk as SmallDisk;
  fill();
  await during();
  clear();
  const [began, before] = [performance.now(), on.sum('acknowledged')];
  await until('acknowledged again', () => on.sum('acknowledged') >= before + on.writers.length);
  return performance.now() - began;
}

it(`${FULL} times full, it refuses as long as it is, goes on reading, loses nothing and goes on by itself`, async () => {
  const healed: number[] = [];
  let reads = 0;
  await whileWriting(async () => {
    for (let time = 0; time < FULL; time += 1) {
      const begun = on.sum('acknowledged');
      await until('at work', () => on.sum('acknowledged') >= begun + 20);
      // With a log to write in: what happens without one is the next test's.
      await sql`checkpoint`.execute(on.hub.db);
      await sql`select pg_switch_wal()`.execute(on.hub.db);
      healed.push(
        await whileFull(async () => {
          for (let refused = 0; refused < REFUSED; refused += Number(await on.isRefused())) {
            expect((await on.read())?.status).toBe(200);
            reads += 1;
          }
        }),
      );
    }
  });
  say(`full ${FULL} times: ${on.sum('acknowledged')} acknowledged, refused ${on.sum('lost')} times, ${reads} reads answered while it was; writes again after ${healed.map(Math.round).toSorted((a, b) => a - b).join(', ')} ms`);
});

it('where not even the database\'s log has room it is away until there is some, and goes on by itself', async () => {
  let healed = 0;
  await whileWriting(async () => {
    healed = await whileFull(async () => {
      // The next segment of the log has no room: PostgreSQL gives up, and cannot recover.
      const gaveUp = async () => {
        await sql`select pg_switch_wal()`.execute(on.hub.db).catch(() => {});
        return (await on.read())?.status === 503;
      };
      for (const end = Date.now() + PATIENCE_MS; !(await gaveUp()); await pause(50)) if (Date.now() > end) throw new Error('the database never gave up');
      const said = new Set<string>();
      for (const end = Date.now() + AWAY_MS; Date.now() < end; await pause(50)) {
        const answer = await on.read();
        if (answer?.status !== 200) said.add(`${answer?.status} ${answer?.body.code} ${answer?.headers.get('content-type')}`);
      }
      expect([...said]).toEqual(['503 hub.notReady application/problem+json']);
    });
  });
  say(`no room for the database's log: writes again ${Math.round(healed)} ms after there was`);
});

it('a hub that is started on a full disk says so, and starts once there is room', async () => {
  const { fill, clear } = disk as SmallDisk;
  await on.hub.kill();
  fill();
  const failure = await on.hub.start().then(() => 'it started', (error: Error) => error.message);
  clear();
  await on.hub.start();
  for (const writer of on.writers) await writer.write();
  await on.check();
  expect(failure).toMatch(/Fault: The data folder \S+ cannot be written \(ENOSPC\)/);
});
