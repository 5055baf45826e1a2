/** Node's own sockets: one frame, and a loop that writes it to each. What a server in Node takes at the least. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { textFrame } from '../../../server/live/frame.ts';
import { clock, rest, serve, startCounting } from './told.ts';

const server = createServer();
const opener = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false });
const sockets: Duplex[] = [];
server.on('upgrade', (request, socket, head) => opener.handleUpgrade(request, socket, head, () => void sockets.push(socket)));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
await serve({ port: (server.address() as AddressInfo).port }, async ({ push }) => {
  await rest();
  const frame = textFrame(push);
  startCounting();
  const at = clock();
  for (const socket of sockets) socket.write(frame);
  return { at };
});
