import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import * as v from 'valibot';
import { type RawData, type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { type ClientMessage, clientMessage, LIVE_PROTOCOL } from '../../lib/api/live.ts';
import { parseMessage } from '../safe-json.ts';
import { enter } from './entry.ts';
import type { LinkDependencies } from './live.ts';
import { type ByeCode, type Carrier, createLink, type Link } from './link.ts';
import { type Message, say } from './message.ts';
import { MOST_MESSAGE_BYTES } from './timing.ts';

/** RFC 6455 §7.4.1 */
const CLOSE = { normal: 1000, goingAway: 1001, policy: 1008, tryLater: 1013 } as const;
/** Messages that may wait while one is dealt with. */
const MOST_WAITING = 32;

export interface WebSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts off what is still open. */
  stop(): void;
}

export function createWebSockets(deps: LinkDependencies): WebSockets {
  const { pace, timing, random, isStopping } = deps;
  // The option closeTimeout is younger than the types (ws 8.19).
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MOST_MESSAGE_BYTES,
    closeTimeout: timing.closeMs,
    handleProtocols: () => LIVE_PROTOCOL,
  };
  const server = new WebSocketServer(options);
  return {
    upgrade(request, socket, head) {
      const asked = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
      if (!asked.includes(LIVE_PROTOCOL)) return refuse(socket, '400 Bad Request');
      const admission = isStopping() ? 'refuse' : pace();
      if (admission === 'refuse') return refuse(socket, '503 Service Unavailable', 1 + Math.ceil((random() * timing.spreadMs) / 1000));
      server.handleUpgrade(request, socket, head, (webSocket) => {
        // The close that follows an error does what there is to do.
        webSocket.on('error', () => {});
        if (admission === 'take') createTalk(deps, webSocket, socket);
        else goodbye(webSocket, socket, 'stopping', CLOSE.tryLater, 500 + Math.floor(random() * timing.spreadMs));
      });
    },
    stop() {
      for (const webSocket of server.clients) webSocket.terminate();
    },
  };
}

function refuse(socket: Duplex, status: string, retryAfterSec?: number): void {
  const retry = retryAfterSec === undefined ? '' : `Retry-After: ${retryAfterSec}\r\n`;
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n${retry}Content-Length: 0\r\n\r\n`);
}

/** Every message takes this one way to the socket, past ws: so all keep their order, and none is framed twice. */
function write(webSocket: WebSocket, socket: Duplex, message: Message): void {
  if (webSocket.readyState === webSocket.OPEN) socket.write(message.frame);
}

function goodbye(webSocket: WebSocket, socket: Duplex, code: ByeCode, close: number, retryAfterMs?: number): void {
  write(webSocket, socket, say({ type: 'bye', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }));
  webSocket.close(close);
}

/** One socket from its opening to its close: what the client says, in order, one at a time. */
function createTalk(deps: LinkDependencies, webSocket: WebSocket, socket: Duplex): void {
  const { timing } = deps;
  let link: Link | null = null;
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  const breach = () => webSocket.close(CLOSE.policy);
  const helloTimer = setTimeout(breach, timing.helloMs);

  const hear = async (message: ClientMessage) => {
    if (link) return hearMore(deps, link, message);
    if (message.type !== 'hello') return breach();
    clearTimeout(helloTimer);
    const entry = await enter(deps, message.token, message.sessionId ?? null);
    if (webSocket.readyState !== webSocket.OPEN) return;
    if (!entry.ok) return goodbye(webSocket, socket, entry.bye, CLOSE.normal, entry.retry ? deps.retryAfter() : undefined);
    link = createLink(deps, entry, carrierOf(webSocket, socket));
    // What is held of another session cannot be added to.
    await deps.pusher.open(link, message.sessionId === undefined ? null : message.holds);
  };

  webSocket.on('message', (data, isBinary) => {
    const message = isBinary ? null : parse(data);
    if (!message || ++waiting > MOST_WAITING) return breach();
    // What came is a sign of life when it came, not when its turn comes.
    if (link) link.heardAt = deps.now();
    last = last
      .then(() => (webSocket.readyState === webSocket.OPEN ? hear(message) : undefined))
      .catch((error: unknown) => {
        deps.log.warn({ err: error }, 'a live link failed');
        goodbye(webSocket, socket, 'stopping', CLOSE.tryLater, deps.retryAfter());
      })
      .finally(() => void waiting--);
  });
  webSocket.on('close', () => {
    clearTimeout(helloTimer);
    if (link) deps.gone(link);
  });
}

function parse(data: RawData): ClientMessage | null {
  const result = v.safeParse(clientMessage, parseMessage(String(data)));
  return result.success ? result.output : null;
}

const carrierOf = (webSocket: WebSocket, socket: Duplex): Carrier => ({
  transport: 'webSocket',
  pipe: {
    write: (message: Message) => write(webSocket, socket, message),
    get buffered() {
      return socket.writableLength;
    },
  },
  onDrain: (drained) => void socket.on('drain', drained),
  bye: (code, retryAfterMs) => goodbye(webSocket, socket, code, code === 'stopping' ? CLOSE.goingAway : CLOSE.normal, retryAfterMs),
  cut: () => webSocket.terminate(),
  breach: () => webSocket.close(CLOSE.policy),
});

async function hearMore(deps: LinkDependencies, link: Link, message: ClientMessage): Promise<void> {
  deps.seen.mark(link.sessionId);
  switch (message.type) {
    case 'hello':
      // Only ever the first.
      return link.breach();
    case 'beat':
      return;
    case 'receipt': {
      const { profileId, version, state } = message;
      return deps.receipts.add({ profileId, version, state, personId: link.personId });
    }
    case 'token': {
      const who = await deps.authenticator.authenticate(message.token);
      if (who.ok && who.personId === link.personId) link.expiresAt = who.expiresAt;
      else if (who.ok) link.bye('refused');
      else if (who.code !== 'hub.notReady') link.bye('tokenExpired');
    }
  }
}
