import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, WebSocketServer } from 'ws';
import { LIVE_PROTOCOL } from '../../lib/api/live.ts';
import type { LinkDependencies } from './live.ts';
import { CLOSE, goodbye, startTalk } from './talk.ts';
import { MOST_MESSAGE_BYTES } from './timing.ts';

export interface WebSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts off what is still open. */
  stop(): void;
}

export function createWebSockets(deps: LinkDependencies): WebSockets {
  const { pace, timing, retryAfter, isStopping } = deps;
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
      if (isStopping()) return refuse(socket, '503 Service Unavailable', retryAfter());
      const admission = pace();
      if (admission.do === 'refuse') return refuse(socket, '503 Service Unavailable', admission.afterMs);
      server.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', ignore);
        if (admission.do === 'take') startTalk(deps, webSocket, socket);
        else goodbye(webSocket, socket, 'stopping', CLOSE.tryLater, Math.ceil(admission.afterMs));
      });
    },
    stop() {
      for (const webSocket of server.clients) webSocket.terminate();
    },
  };
}

/** The close that follows an error does what there is to do. */
const ignore = (): void => {};

function refuse(socket: Duplex, status: string, afterMs?: number): void {
  const retry = afterMs === undefined ? '' : `Retry-After: ${Math.ceil(afterMs / 1000)}\r\n`;
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n${retry}Content-Length: 0\r\n\r\n`);
}
