/** Kills without a goodbye, of the hub, of its database and of both, in the middle of writes of all kinds. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCentre } from '../fixtures/centre.ts';
import { makeSwitchboard } from '../fixtures/switchboard.ts';
import { type FaultHub, startFaultHub } from './a-hub.ts';
import { type Proxy, startProxy } from './proxy.ts';
import { chanceOf, KILLS, say, SEED } from './settings.ts';
import { assigner, type Place, publisher, recorder, switcher, talker, type Writer } from './writers.ts';

const chance = chanceOf(SEED, 'durability');
let hub: FaultHub;
let proxy: Proxy;

beforeAll(async () => {
  hub = await startFaultHub({ PENNON_RING: 300 });
  proxy = await startProxy(() => hub.port, chance);
});
afterAll(async () => {
  await proxy?.close();
  await hub?.stop();
});

async function makeWriters(): Promise<readonly Writer[]> {
  const centre = await makeCentre(hub);
  const place: Place = { hub, url: proxy.url, centre, board: await makeSwitchboard(hub, centre.accountId) };
  return Promise.all([publisher, assigner, switcher, recorder, talker].map((make) => make(place)));
}

it(`of ${KILLS} kills none loses what was acknowledged, and none does a thing twice`, async () => {
  const writers = await makeWriters();
  const stop = new AbortController();
  const work = Promise.all(
    writers.map(async (writer) => {
      while (!stop.signal.aborted) await writer.write();
    }),
  );
  // A writer that fails ends the test, not only its own work.
  const failed = work.then(() => new Promise<never>(() => {}));
  const acknowledged = () => writers.reduce((sum, { counts }) => sum + counts().acknowledged, 0);
  const killed = { hub: 0, database: 0, both: 0, answers: 0 };
  const downtimes: number[] = [];
  const killOnce = async () => {
    const before = acknowledged();
    while (acknowledged() < before + 10) await pause(5);
    await pause(chance.between(0, 300));
    const what = chance.of(['hub', 'database', 'both', 'answers'] as const);
    // Requests that arrived, and whose answers do not.
    if (what === 'answers' || chance.next() < 0.3) killed.answers += Math.sign(proxy.reset());
    const target = what === 'answers' ? chance.of(['hub', 'database', 'both'] as const) : what;
    killed[target] += 1;
    const began = performance.now();
    if (target !== 'hub') hub.killDatabase();
    if (target !== 'database') {
      await hub.kill();
      await hub.start();
    }
    await hub.ready();
    downtimes.push(performance.now() - began);
  };
  for (let kill = 0; kill < KILLS; kill += 1) await Promise.race([killOnce(), failed]);
  stop.abort();
  await work;
  for (const writer of writers) {
    const { acknowledged, lost } = writer.counts();
    say(`${writer.name}: ${acknowledged} acknowledged, asked again ${lost} times`);
    expect(acknowledged).toBeGreaterThan(0);
    await writer.check();
  }
  const sorted = downtimes.toSorted((a, b) => a - b).map(Math.round);
  say(`killed: the hub ${killed.hub}, its database ${killed.database}, both ${killed.both}; besides, all connections cut ${killed.answers} times`);
  say(`ready again after ${sorted[Math.floor(sorted.length / 2)]} ms (median), ${sorted.at(-1)} ms (longest)`);
});
