/** A thousand sockets at the live link that never say who they are, while somebody is at work. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { LIVE_PROTOCOL } from '../../../lib/api/live.ts';
import { makeCentre, openSession } from '../../fixtures/centre.ts';
import { startTestHub, type TestHub } from '../../fixtures/hub.ts';
import { connectLive } from '../../fixtures/live-client.ts';
import { partsWith } from '../../fixtures/live-hub.ts';

const SOCKETS = 1000;

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({}, { parts: partsWith({ helloMs: 1000 }) });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

/** How it ends: the code of its close, or the status that it was refused with. */
const knock = (): { readonly socket: WebSocket; readonly end: Promise<number> } => {
  const socket = new WebSocket(`${hub.url.replace(/^http/, 'ws')}/api/live`, LIVE_PROTOCOL);
  const end = new Promise<number>((resolve) => {
    socket.once('close', resolve).once('unexpected-response', (_request, { statusCode }) => resolve(statusCode!)).on('error', () => {});
  });
  return { socket, end };
};

it('all end by themselves, and keep nobody from their work', { timeout: 60_000 }, async () => {
  const centre = await makeCentre(hub);
  const profile = await centre.profile('Any');
  const person = await centre.person([profile]);
  const { situation } = await openSession(hub, person);
  const client = await connectLive(hub.url, { token: person.token, sessionId: situation.sessionId });
  await client.until('the snapshot', ({ held }) => held() !== null);

  const crowd = Array.from({ length: SOCKETS }, knock);
  // In the middle of it: what concerns the person arrives, and the hub answers others.
  expect((await hub.call(person, 'PUT', '/api/session/status', { status: 'busy' })).status).toBe(200);
  await client.until('the change', ({ held }) => held()?.situation.status === 'busy');
  const ends = await Promise.all(crowd.map(({ end }) => end));
  // Closed for saying nothing, or never let in; 1006 where the refusal was cut off by the close behind it.
  expect(ends.filter((each) => ![1008, 1013, 503, 1006].includes(each))).toEqual([]);
  expect(ends).toContain(1008);
  expect(client.closed()).toBeNull();
  // And the door is open again.
  const after = await connectLive(hub.url, { token: person.token, sessionId: situation.sessionId });
  await after.until('the snapshot', ({ held }) => held() !== null);
  await Promise.all([client.close(), after.close()]);
});
