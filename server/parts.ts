/** What the hub is put together from, and what each part owes the others. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Hono } from 'hono';
import type { RouteName } from '../lib/api/routes.ts';
import type { Auth } from './auth/auth.ts';
import type { Config } from './config.ts';
import type { Connection, Db, Trx } from './db/connect.ts';
import type { Handlers } from './http/handler.ts';
import type { SessionReader } from './http/serve.ts';
import type { Following } from './live/hints.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { SessionChanges } from './session/changes.ts';
import type { Commands } from './session/commands.ts';
import type { ReadConsoleRights } from './session/console-rights.ts';
import type { Seen } from './session/seen.ts';
import type { Snapshots } from './session/snapshots.ts';
import type { Unchanged } from './session/unchanged.ts';
import type { Views } from './session/views.ts';

/** What every part is given. */
export interface HubContext {
  /** With `port` and `publicUrl` as they really are. */
  readonly config: Config & { readonly publicUrl: string };
  readonly db: Db;
  /** A connection outside the pool, for LISTEN; the caller ends it. */
  readonly connectAlone: Connection['connectAlone'];
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds since some moment, for how long something lasts: goes on as time does, whatever is done to the machine's clock. */
  readonly elapsed: () => number;
  /** 0 to below 1. */
  readonly random: () => number;
}

export const SESSION_ROUTES = [
  'openSession', 'endSession', 'banner', 'previewProfile', 'switchProfile', 'setActivity', 'setStatus', 'setFlow', 'receipts',
] as const satisfies readonly RouteName[];

export interface Sessions extends SessionReader {
  /** Of SESSION_ROUTES. */
  readonly handlers: Pick<Handlers, (typeof SESSION_ROUTES)[number]>;
  /** What stands behind the controls of the bar itself. */
  readonly commands: Commands;
  /**
   * Puts right the open sessions on a profile, of all or of one person, after a publish or an unassignment: in the
   * transaction of that change and after it. Whose profile is gone falls to the one at login, else to none.
   */
  settle(trx: Trx, profileId: string, personId?: string): Promise<void>;
  /**
   * Puts right the open session of a person after a change to what they have or may: in the transaction of that change,
   * after it, and with every profile held that they could be on. Who works without a profile and was `given` one is on
   * it from then on.
   */
  settlePerson(trx: Trx, personId: string, given?: boolean): Promise<void>;
  /** What a person changes about their session: a supervisor does the same to it. */
  readonly changes: SessionChanges;
  readonly snapshots: Snapshots;
  readonly consoleRights: ReadConsoleRights;
  readonly views: Views;
  /** What was heard of sessions, for their `seen_at`. */
  readonly seen: Seen;
  /** Whose banner is as it was when they last asked. */
  readonly unchanged: Unchanged;
  /** Ends timers. */
  stop(): Promise<void>;
}

export interface Live {
  /** Somebody reads a list of a module: their link, be it here or on another hub, is told once of what changes after it. */
  follow(following: Following): Promise<void>;
  /** Begins to read the change log. Resolves once it listens. */
  start(): Promise<void>;
  /** Whether the change log is being heard. */
  isListening(): boolean;
  /** Takes a WebSocket to /api/live. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Answers GET /api/live, server-sent events, on the raw response. */
  request(request: IncomingMessage, response: ServerResponse): void;
  /** Says `bye stopping`, each with a wait of its own within the spread, closes all and ends. */
  stop(spreadMs: number): Promise<void>;
}

export interface HubParts {
  auth(context: HubContext): Promise<Auth>;
  sessions(context: HubContext, auth: Auth): Promise<Sessions>;
  live(context: HubContext, auth: Auth, sessions: Sessions): Promise<Live>;
  /** Pages beside the API: the demo's. */
  pages(context: HubContext): readonly Hono[];
}
