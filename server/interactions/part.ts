/** Interactions and connectors, as a part of the hub. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemClock } from '../../lib/models/clock.ts';
import { targetCalled } from '../campaigns/called.ts';
import { campaignCommands } from '../campaigns/commands.ts';
import { connectorHandlers } from '../connector/handlers.ts';
import { paymentHandlers } from '../connector/payments.ts';
import { createConnectorSockets } from '../connector/socket.ts';
import type { Trx } from '../db/connect.ts';
import type { Handlers } from '../http/handler.ts';
import type { HubContext, Sessions } from '../parts.ts';
import type { Commands } from '../session/commands.ts';
import type { Interaction } from './change.ts';
import { interactionCommands } from './commands.ts';
import { createEngine, type Engine } from './engine.ts';
import { interactionHandlers } from './handlers.ts';
import { leaveBehind } from './leave-behind.ts';
import { createWork } from './work.ts';

export interface Interactions {
  readonly handlers: Partial<Handlers>;
  readonly commands: Commands;
  /** Takes a connector's WebSocket to /api/connector. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  start(): Promise<void>;
  /** One round of what is due and of distribution, now. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

interface Hearing extends Pick<Engine, 'onPresented' | 'onAccepted'> {
  /** In the transaction that closes one. */
  onClosed(trx: Trx, row: Interaction): Promise<void>;
  /** Some time after such a transaction was committed. */
  afterClosing(): void;
}

export function createInteractions(context: HubContext, sessions: Sessions, { onClosed, afterClosing, onPresented, onAccepted }: Hearing): Interactions {
  let closed = false;
  const hear: Hearing['onClosed'] = async (trx, row) => {
    closed = true;
    await onClosed(trx, row);
  };
  const tellClosed = () => {
    if (closed) afterClosing();
    closed = false;
  };
  const { db, connectAlone, random, log, now, config } = context;
  const engine = createEngine({ now, random, country: config.country, ringMs: config.ringSec * 1000, snapshots: sessions.snapshots, ...leaveBehind, onPresented, onAccepted, onClosed: [...leaveBehind.onClosed, (trx, row) => targetCalled(trx, row, now()), hear] });
  const clock = { now, after: systemClock.after };
  const work = createWork({ db, connectAlone, clock, random, log, engine, views: sessions.views, afterRound: tellClosed, switchNext: (trx, sessionId) => sessions.changes.takeNext(trx, sessionId) });
  const sockets = createConnectorSockets({ db, connectAlone, random, log, engine });
  return {
    handlers: { ...interactionHandlers(engine, sessions), ...connectorHandlers(engine), ...paymentHandlers(engine.now) },
    commands: { ...interactionCommands(engine), ...campaignCommands(engine) },
    upgrade: sockets.upgrade,
    async start() {
      await work.start();
      await sockets.start();
    },
    look: work.look,
    async stop() {
      await sockets.stop();
      await work.stop();
    },
  };
}
