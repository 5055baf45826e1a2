/** The package `ws` as a server: `clients.forEach(send)`, as its own documentation broadcasts. */
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { clock, memory, rest, serve, startCounting } from './told.ts';

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket) => socket.on('message', () => {}));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
await serve({ port: (server.address() as AddressInfo).port }, async ({ push }) => {
  if (push === undefined) return { memory: await memory() };
  await rest();
  startCounting();
  const at = clock();
  for (const socket of sockets.clients) socket.send(push);
  return { at };
});
