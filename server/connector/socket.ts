/** The connector's WebSocket: commands out as they are asked, answers in. What is not answered is said again on the next one. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Client } from 'pg';
import * as v from 'valibot';
import { WebSocket, WebSocketServer } from 'ws';
import { CONNECTOR_PROTOCOL, type ConnectorMessage, connectorMessage, type ToConnector } from '../../lib/api/connector.ts';
import { HEARTBEAT_MS, STALL_MS } from '../../lib/api/live.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import { createListener } from '../db/listener.ts';
import { refuseUpgrade } from '../http/refuse-upgrade.ts';
import { settleCommand } from '../interactions/answers.ts';
import type { Engine } from '../interactions/engine.ts';
import type { Logger } from '../log.ts';
import { parseMessage } from '../safe-json.ts';
import { authenticateConnector } from './connectors.ts';
import { openCommands } from './handlers.ts';
import { heard, left } from './hearing.ts';

/** RFC 6455 §7.4.1 */
const CLOSE = { goingAway: 1001, policy: 1008, tryLater: 1013 } as const;
const HELLO_MS = 10_000;
/** So many may be open that have not said who they are; whoever comes then is told to come again. */
export const MOST_UNKNOWN = 200;
const MOST_BYTES = 64 * 1024;
/** A command may be told by the database before its transaction is seen by all: looked for again. */
const POLL_MS = 2000;

export interface ConnectorSockets {
  start(): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  stop(): Promise<void>;
}

interface Dependencies {
  readonly db: Db;
  readonly connectAlone: () => Promise<Client>;
  readonly random: () => number;
  readonly log: Logger;
  readonly engine: Engine;
}

/** One socket, once it has said who it is. */
interface Line {
  readonly connectorId: string;
  /** Commands said on this socket. */
  readonly told: Set<string>;
  /** When it last said something here, in milliseconds since the epoch. */
  lastAt: number;
  say(message: ToConnector): void;
}

export function createConnectorSockets({ db, connectAlone, random, log, engine }: Dependencies): ConnectorSockets {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MOST_BYTES, handleProtocols: () => CONNECTOR_PROTOCOL });
  const lines = new Set<Line>();

  const tell = async (line: Line) => {
    for (const command of await openCommands(db, line.connectorId)) {
      if (line.told.has(command.id)) continue;
      line.told.add(command.id);
      line.say({ type: 'command', ...command });
    }
  };
  const tellAll = (connectorId: string | null) => {
    for (const line of lines) {
      if (connectorId !== null && line.connectorId !== connectorId) continue;
      tell(line).catch((error: unknown) => log.warn({ err: error }, 'commands for a connector could not be read'));
    }
  };
  const listener = createListener({ connectAlone, log, random, channel: 'pennon_connector', heard: (id) => tellAll(id), listening: () => tellAll(null) });
  let poll: NodeJS.Timeout | undefined;

  const answer = (line: Line, { id, ...said }: Extract<ConnectorMessage, { type: 'answer' }>) => {
    const result = said.result === 'done' ? { result: said.result, ref: said.ref, message: said.message } : { result: said.result, why: said.why ?? '' };
    return isUuid(id) ? db.transaction().execute((trx) => settleCommand(trx, line.connectorId, id, result, engine)) : Promise.resolve(false);
  };

  const speaks = (line: Line): Promise<void> => {
    const isFirst = line.lastAt === 0;
    line.lastAt = engine.now();
    // The first word is always written: an older socket of it may close at any moment, and must not take this one away.
    return isFirst ? heard(db, line.connectorId, line.lastAt, 0) : heard(db, line.connectorId, line.lastAt);
  };
  const leave = async (line: Line): Promise<void> => {
    if (!lines.delete(line)) return;
    // With another of it open here, it is not gone.
    if ([...lines].some(({ connectorId }) => connectorId === line.connectorId)) return;
    await left(db, line.connectorId, line.lastAt).catch((error: unknown) => log.warn({ err: error }, 'that a connector has left is not noted'));
  };

  return {
    async start() {
      await listener.start();
      poll = setInterval(() => tellAll(null), POLL_MS).unref();
    },
    upgrade(request, socket, head) {
      const asked = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
      if (!asked.includes(CONNECTOR_PROTOCOL)) return refuseUpgrade(socket, '400 Bad Request');
      if (server.clients.size - lines.size >= MOST_UNKNOWN) return refuseUpgrade(socket, '503 Service Unavailable', HELLO_MS);
      server.handleUpgrade(request, socket, head, (webSocket) => talk(webSocket, { db, log, lines, tell, answer, speaks, leave }));
    },
    async stop() {
      clearInterval(poll);
      await listener.stop();
      for (const webSocket of server.clients) webSocket.close(CLOSE.goingAway);
      for (const webSocket of server.clients) webSocket.terminate();
      await Promise.all([...lines].map(leave));
    },
  };
}

interface Talk {
  readonly db: Db;
  readonly log: Logger;
  readonly lines: Set<Line>;
  readonly tell: (line: Line) => Promise<void>;
  readonly answer: (line: Line, said: Extract<ConnectorMessage, { type: 'answer' }>) => Promise<unknown>;
  readonly speaks: (line: Line) => Promise<void>;
  readonly leave: (line: Line) => Promise<void>;
}

function talk(webSocket: WebSocket, { db, log, lines, tell, answer, speaks, leave }: Talk): void {
  let line: Line | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let silence = setTimeout(() => webSocket.close(CLOSE.policy), HELLO_MS);
  const say = (message: ToConnector) => {
    if (webSocket.readyState === WebSocket.OPEN) webSocket.send(JSON.stringify(message));
  };
  const beat = setInterval(() => say({ type: 'beat' }), HEARTBEAT_MS);

  const hear = async (message: ConnectorMessage) => {
    if (message.type === 'hello') {
      const connector = line ? null : await authenticateConnector(db, message.token);
      if (!connector) return webSocket.close(CLOSE.policy);
      const joined: Line = { connectorId: connector.id, told: new Set(), lastAt: 0, say };
      line = joined;
      // Who is welcome is there, for whoever chooses one next.
      await speaks(joined);
      lines.add(joined);
      if (webSocket.readyState !== WebSocket.OPEN) return leave(joined);
      say({ type: 'welcome', connector: connector.name });
      return tell(joined);
    }
    if (!line) return webSocket.close(CLOSE.policy);
    await speaks(line);
    return message.type === 'answer' ? answer(line, message) : undefined;
  };
  webSocket.on('error', () => {});
  webSocket.on('message', (data, isBinary) => {
    clearTimeout(silence);
    silence = setTimeout(() => webSocket.terminate(), STALL_MS);
    const message = isBinary ? null : parse(String(data));
    if (!message) return webSocket.close(CLOSE.policy);
    // One after the other: an answer may rest on the one before.
    last = last.then(() => hear(message)).catch((error: unknown) => {
      log.warn({ err: error }, 'a connector could not be heard');
      webSocket.close(CLOSE.tryLater);
    });
  });
  webSocket.on('close', () => {
    clearTimeout(silence);
    clearInterval(beat);
    if (line) void leave(line);
  });
}

function parse(text: string): ConnectorMessage | null {
  const result = v.safeParse(connectorMessage, parseMessage(text));
  return result.success ? result.output : null;
}
