/** What a hub is sent that it does not take leaves nothing in it, and of what has no end it reads no more than allowed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { CONNECTOR_PROTOCOL } from '../../../lib/api/connector.ts';
import { LIVE_PROTOCOL } from '../../../lib/api/live.ts';
import { MOST_BYTES } from '../../../server/http/body.ts';
import { type FaultHub, startFaultHub } from '../../faults/a-hub.ts';
import { makeCentre } from '../../fixtures/centre.ts';
import { newDatabase } from '../../fixtures/databases/new-database.ts';
import type { TestPerson } from '../../fixtures/hub.ts';

let hub: FaultHub;
let admin: TestPerson;
beforeAll(async () => {
  hub = await startFaultHub({ DATABASE_URL: await newDatabase() });
  ({ admin } = await makeCentre(hub));
}, 90_000);
afterAll(() => hub?.stop(), 60_000);

const NEARLY_ALL = MOST_BYTES - 100;
const deep = `{"name":${'['.repeat(NEARLY_ALL / 2)}${']'.repeat(NEARLY_ALL / 2)}}`;
const keys = `{${Array.from({ length: 20_000 }, (_, at) => `"${at}":{"__proto__":1}`).join()}}`;
const wrong = JSON.stringify({ name: 'x', document: 'y'.repeat(NEARLY_ALL - 50) });

const post = (body: BodyInit) =>
  fetch(`${hub.url}/api/profiles`, { method: 'POST', body, headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' }, duplex: 'half' } as RequestInit);

/** @returns how it ends, and how much was taken */
async function endless(): Promise<{ readonly status: number | null; readonly sent: number }> {
  let sent = 0;
  const piece = new Uint8Array(65_536).fill(32);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += piece.length;
      if (sent > 100 * MOST_BYTES) controller.close();
      else controller.enqueue(piece);
    },
  });
  const status = await post(body).then((response) => response.status, () => null);
  return { status, sent };
}

/** Says it to a socket without a token until that is closed. */
const shout = (path: string, protocol: string, text: string | Buffer): Promise<void> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${hub.url.replace(/^http/, 'ws')}${path}`, protocol);
    socket.on('open', () => socket.send(text)).on('close', () => resolve()).on('error', () => {});
  });

const badly = async () => {
  const answers = await Promise.all([deep, keys, wrong, Buffer.alloc(NEARLY_ALL, 0xff), 'x'.repeat(2 * MOST_BYTES)].map(post));
  await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  for (const [path, protocol] of [['/api/live', LIVE_PROTOCOL], ['/api/connector', CONNECTOR_PROTOCOL]] as const) {
    await Promise.all(['x'.repeat(8_000_000), Buffer.alloc(8_000_000), `{"type":${'['.repeat(30_000)}`].map((text) => shout(path, protocol, text)));
  }
  return answers.map(({ status }) => status);
};

async function heldBytes(): Promise<number> {
  await hub.collect();
  const text = await (await fetch(`${hub.url}/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)![1]);
  return read('nodejs_heap_size_used_bytes') + read('nodejs_external_memory_bytes');
}

it('bodies and messages too large, too deep, of a wrong type or of no encoding are let go of', { timeout: 120_000 }, async () => {
  expect(await badly()).toEqual([400, 400, 422, 400, 413]);
  await badly();
  const before = await heldBytes();
  for (let round = 0; round < 8; round += 1) await badly();
  // What a socket brought may be let go of a moment after its client has heard that it is closed; what leaks stays.
  await expect.poll(heldBytes, { timeout: 20_000, interval: 250 }).toBeLessThan(before * 1.1 + 2e6);
});

it('a body without an end is cut off', { timeout: 60_000 }, async () => {
  const all = await Promise.all(Array.from({ length: 5 }, endless));
  for (const { status, sent } of all) {
    // The answer, or the end of the connection, whichever the sender hears of first.
    expect([413, null]).toContain(status);
    expect(sent).toBeLessThan(40 * MOST_BYTES);
  }
  expect((await fetch(`${hub.url}/ready`)).status).toBe(200);
});
