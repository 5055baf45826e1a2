/** better-sse: one channel, broadcast to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { peer } from '../harness/peers.ts';
import { clock, rest, serve, startCounting } from './told.ts';

interface Channel {
  register(session: object): void;
  broadcast(data: unknown, name: string): void;
}
interface BetterSse {
  createSession(request: IncomingMessage, response: ServerResponse, options: object): Promise<object>;
  createChannel(): Channel;
}
const { createSession, createChannel } = await peer<BetterSse>('better-sse');
const channel = createChannel();
const server = createServer((request, response) => void createSession(request, response, { keepAlive: null }).then((session) => channel.register(session)));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
await serve({ port: (server.address() as AddressInfo).port }, async ({ push }) => {
  await rest();
  startCounting();
  const at = clock();
  // What is pushed is JSON already; better-sse makes it from a value.
  channel.broadcast(JSON.parse(push), 'snapshot');
  return { at };
});
