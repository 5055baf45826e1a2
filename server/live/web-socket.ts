import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { LIVE_PROTOCOL } from '../../lib/api/live.ts';
import { refuseUpgrade } from '../http/refuse-upgrade.ts';
import type { LinkDependencies } from './live.ts';
import { CLOSE, goodbye, Talk } from './talk.ts';
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
    // That is done here, by what hears of the close in any case.
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MOST_MESSAGE_BYTES,
    closeTimeout: timing.closeMs,
    handleProtocols: () => LIVE_PROTOCOL,
  };
  const server = new WebSocketServer(options);
  /** All that are open; null for one that is only said goodbye to. */
  const talks = new Map<WebSocket, Talk | null>();
  // The same two for all: closures of its own would be the greater part of what an idle socket weighs here.
  function heard(this: WebSocket, data: RawData, isBinary: boolean): void {
    talks.get(this)?.take(data, isBinary);
  }
  function closed(this: WebSocket): void {
    talks.get(this)?.end();
    talks.delete(this);
  }
  return {
    upgrade(request, socket, head) {
      const asked = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
      if (!asked.includes(LIVE_PROTOCOL)) return refuseUpgrade(socket, '400 Bad Request');
      if (isStopping()) return refuseUpgrade(socket, '503 Service Unavailable', retryAfter());
      const admission = pace();
      if (admission.do === 'refuse') return refuseUpgrade(socket, '503 Service Unavailable', admission.afterMs);
      server.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', ignore).on('message', heard).on('close', closed);
        const taken = admission.do === 'take';
        talks.set(webSocket, taken ? new Talk(deps, webSocket, socket) : null);
        if (!taken) goodbye(webSocket, socket, 'stopping', CLOSE.tryLater, Math.ceil(admission.afterMs));
      });
    },
    stop() {
      for (const webSocket of talks.keys()) webSocket.terminate();
    },
  };
}

/** The close that follows an error does what there is to do. */
const ignore = (): void => {};
