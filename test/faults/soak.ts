/** Many clients at work for a long time: publishes, switches and people who come and go, and what the hub holds of it all. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { HEARTBEAT_MS } from '../../lib/api/live.ts';
import { makeCentre, openSession } from '../fixtures/centre.ts';
import type { TestPerson } from '../fixtures/hub.ts';
import { connectLive, type LiveClient } from '../fixtures/live-client.ts';
import { type FaultHub, startFaultHub } from './a-hub.ts';
import { type Chance, chanceOf } from './settings.ts';

/** After a collection of what is not used any more. */
export interface Sample {
  readonly heapBytes: number;
  readonly residentBytes: number;
  /** Sockets, timers and the like that keep the process awake. */
  readonly handles: number;
  readonly links: number;
}

export interface Soak {
  readonly samples: readonly Sample[];
  readonly publishes: number;
  readonly switches: number;
  readonly comings: number;
}

export interface SoakOptions {
  readonly clients: number;
  readonly seed: number;
  /** Asked after each round, with how many there were. */
  readonly goesOn: (rounds: number) => boolean;
}

interface Worker {
  readonly person: TestPerson;
  readonly sessionId: string;
  client: LiveClient;
}

/** Reached only by a run that fails. */
const PATIENCE_MS = 120_000;
/** Who signs in at the same time. */
const AT_ONCE = 10;

/** In each round a publish that all whom it concerns must have, switches of a tenth, and one in twenty who comes back. */
export async function soak({ clients, seed, goesOn }: SoakOptions): Promise<Soak> {
  const hub = await startFaultHub({ PENNON_ACCEPT_RATE: 5000 });
  const workers: Worker[] = [];
  // As a banner does: of which nothing is heard for longer is cut off.
  const beats = setInterval(() => workers.forEach(({ client }) => client.closed() === null && client.send({ type: 'beat' })), HEARTBEAT_MS / 2);
  try {
    const centre = await makeCentre(hub, { licences: clients + 10 });
    const profiles = [await centre.profile('First'), await centre.profile('Second')];
    for (let n = 0; n < clients; n += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, clients - n) }, async (_, at) => begin(hub, await centre.person(profiles, { atLogin: profiles[at % 2]! })));
      workers.push(...(await Promise.all(some)));
    }
    const chance = chanceOf(seed, 'soak');
    const samples: Sample[] = [];
    const counts = { publishes: 0, switches: 0, comings: 0 };
    for (let rounds = 0; goesOn(rounds); rounds += 1) {
      const profileId = profiles[rounds % 2]!;
      const version = await centre.publish(profileId, `Round ${rounds}`);
      counts.publishes += 1;
      await Promise.all(workers.filter(({ client }) => active(client) === profileId).map(({ client }) => client.until(`version ${version}`, (now) => now.held()?.profile.active?.version === version)));
      counts.switches += await switchSome(hub, some(workers, chance, 10), profiles);
      counts.comings += await comeBack(hub, some(workers, chance, 20));
      samples.push(await sampleOf(hub, clients));
    }
    return { samples, ...counts };
  } finally {
    clearInterval(beats);
    await Promise.all(workers.map(({ client }) => client.close()));
    await hub.stop();
  }
}

const active = (client: LiveClient): string | undefined => client.held()?.profile.active?.id;
const some = (workers: readonly Worker[], chance: Chance, oneIn: number) => workers.filter(() => chance.below(oneIn) === 0);

async function begin(hub: FaultHub, person: TestPerson): Promise<Worker> {
  const { situation } = await openSession(hub, person);
  return { person, sessionId: situation.sessionId, client: await linkOf(hub, person, situation.sessionId) };
}

async function linkOf(hub: FaultHub, { token }: TestPerson, sessionId: string): Promise<LiveClient> {
  const client = await connectLive(hub.url, { token, sessionId, patience: PATIENCE_MS });
  await client.until('the snapshot', ({ held }) => held() !== null);
  return client;
}

async function switchSome(hub: FaultHub, workers: readonly Worker[], profiles: readonly string[]): Promise<number> {
  await Promise.all(
    workers.map(async ({ person, client }) => {
      const profileId = profiles.find((id) => id !== active(client))!;
      const { status } = await hub.call(person, 'PUT', '/api/session/profile', { profileId }, { 'idempotency-key': randomUUID() });
      if (status !== 200) throw new Error(`switching: ${status}`);
      await client.until('the switch', (now) => active(now) === profileId);
    }),
  );
  return workers.length;
}

async function comeBack(hub: FaultHub, workers: readonly Worker[]): Promise<number> {
  for (const worker of workers) {
    await worker.client.close();
    worker.client = await linkOf(hub, worker.person, worker.sessionId);
  }
  return workers.length;
}

/** Once it has heard of the end of those that were closed. */
async function sampleOf(hub: FaultHub, clients: number): Promise<Sample> {
  for (let tries = 0; tries < 400; tries += 1) {
    await hub.collect();
    const sample = await readSample(hub);
    if (sample.links === clients) return sample;
    await pause(25);
  }
  throw new Error(`the hub has not ${clients} links: ${JSON.stringify(await readSample(hub))}`);
}

async function readSample(hub: FaultHub): Promise<Sample> {
  const text = await (await fetch(`${hub.url}/metrics`)).text();
  const read = (name: string): number =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0);
  return {
    heapBytes: read('nodejs_heap_size_used_bytes'),
    residentBytes: read('process_resident_memory_bytes'),
    handles: read('nodejs_active_resources_total'),
    links: read('pennon_live_links'),
  };
}

/** The medians of the first and of the last third, without the first round, in which much is read for the first time. */
export function thirds(samples: readonly Sample[], key: keyof Sample): readonly [first: number, last: number] {
  const values = samples.slice(1).map((sample) => sample[key]);
  const third = Math.max(1, Math.floor(values.length / 3));
  const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
  return [median(values.slice(0, third)), median(values.slice(-third))];
}
