/** Sockets at the connector's door that never say who they are. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { CONNECTOR_PROTOCOL } from '../../../lib/api/connector.ts';
import { createConnector } from '../../../server/connector/connectors.ts';
import { MOST_UNKNOWN } from '../../../server/connector/socket.ts';
import { until } from '../../fixtures/at-work.ts';
import { makeCentre } from '../../fixtures/centre.ts';
import { startHubWithoutLinks, type TestHub } from '../../fixtures/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHubWithoutLinks();
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

/** @returns it once it is open, or the status that it was refused with */
const knock = (): Promise<WebSocket | number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${hub.url.replace(/^http/, 'ws')}/api/connector`, CONNECTOR_PROTOCOL);
    socket.once('open', () => resolve(socket)).once('unexpected-response', (_request, { statusCode }) => resolve(statusCode!)).once('error', reject);
  });

it('are bounded in number, and no longer keep anybody out once they are gone', async () => {
  const { accountId } = await makeCentre(hub);
  const { token } = await createConnector(hub.db, accountId, 'Board');
  const unknown = await Promise.all(Array.from({ length: MOST_UNKNOWN }, knock));
  expect(unknown.filter((each) => typeof each === 'number')).toEqual([]);
  expect(await knock()).toBe(503);
  await Promise.all((unknown as WebSocket[]).map((socket) => new Promise((gone) => socket.once('close', gone).close())));
  // The hub hears of their end a little after they do.
  const known = (await until(knock, (each) => typeof each !== 'number')) as WebSocket;
  const welcome = new Promise((resolve) => known.once('message', (data) => resolve(JSON.parse(String(data)))));
  known.send(JSON.stringify({ type: 'hello', token }));
  expect(await welcome).toMatchObject({ type: 'welcome' });
  known.close();
});
