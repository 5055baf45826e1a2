/** Bun's native server: everybody is subscribed, and published to. Run by Bun. */
import { clock, rest, serve, startCounting } from './told.ts';

interface BunServer {
  readonly port: number;
  upgrade(request: Request): boolean;
  publish(topic: string, text: string): number;
}
interface BunSocket {
  subscribe(topic: string): void;
}
declare const Bun: { serve(options: object): BunServer };

const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: (request: Request, self: BunServer) => (self.upgrade(request) ? undefined : new Response('', { status: 400 })),
  websocket: { idleTimeout: 0, perMessageDeflate: false, open: (socket: BunSocket) => socket.subscribe('all'), message() {} },
});
await serve({ port: server.port }, async ({ push }) => {
  await rest();
  startCounting();
  const at = clock();
  server.publish('all', push);
  return { at };
});
