/** Socket.IO: `io.emit`, over WebSockets alone. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { peer } from '../harness/peers.ts';
import { clock, rest, serve, startCounting } from './told.ts';

interface Io {
  emit(event: string, text: string): void;
}
const HOUR_MS = 3_600_000;
const { Server } = await peer<{ Server: new (server: object, options: object) => Io }>('socket.io');
const server = createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, pingInterval: HOUR_MS });
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
await serve({ port: (server.address() as AddressInfo).port }, async ({ push }) => {
  await rest();
  startCounting();
  const at = clock();
  io.emit('snapshot', push);
  return { at };
});
