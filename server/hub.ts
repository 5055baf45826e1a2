/** The hub: its parts put together, started in order and stopped in the reverse one. */
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { sql } from 'kysely';
import type { ProfileWatch } from '../lib/api/routes.ts';
import { systemClock } from '../lib/models/clock.ts';
import { auditHandlers } from './audit/handlers.ts';
import { campaignHandlers } from './campaigns/handlers.ts';
import type { Config } from './config.ts';
import { isMigrated, migrate } from './db/migrate.ts';
import { refuseHeldFolder } from './db/postgres.ts';
import { createFront } from './front.ts';
import { createApp } from './http/app.ts';
import type { Handlers } from './http/handler.ts';
import { KEY_KEPT_MS } from './http/idempotency.ts';
import { createNotModified } from './http/not-modified.ts';
import { openApiDocument } from './http/openapi.ts';
import { serveRoutes } from './http/serve.ts';
import { statusRoutes } from './http/status.ts';
import { type Buttons, createButtons } from './buttons/part.ts';
import { createLog, type Logger } from './log.ts';
import { createInteractions, type Interactions } from './interactions/part.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { moduleCommands } from './modules/commands.ts';
import { forgetDeletedRecords } from './modules/forget-deleted.ts';
import { moduleHandlers } from './modules/handlers.ts';
import { openDatabase } from './open-database.ts';
import type { HubContext, HubParts, Live, Sessions } from './parts.ts';
import { peopleHandlers } from './people/handlers.ts';
import { profileHandlers } from './profiles/handlers.ts';
import { resourceHandlers } from './resources/handlers.ts';
import { commandHandler, type Commands } from './session/commands.ts';
import { scheduleHandlers } from './schedule/handlers.ts';
import type { Runner } from './runner.ts';
import { createScheduleRunner } from './schedule/runner.ts';
import { supervisionCommands } from './supervision/commands.ts';
import { supervisionHandlers } from './supervision/handlers.ts';
import type { Roster } from './supervision/roster.ts';
import { endGrantsOfInteraction } from './supervision/grants.ts';
import { createGrantRunner } from './supervision/runner.ts';
import { teamHandlers } from './teams/handlers.ts';
import { whoCanHandlers } from './who-can/handlers.ts';
import { VERSION } from './version.ts';
import { watchHandlers } from './watch/handlers.ts';
import { createWatch } from './watch/watch.ts';

/** Open requests get this long to end when the hub stops. */
const DRAIN_MS = 5000;
/** Clients come back spread over this long. */
const SPREAD_MS = 5000;

/** Whoever watches people at work is told at most so often: an account of thousands changes all the time. */
const ROSTER_APART_MS = 1000;

export type HubStep = 'database.created' | 'database.started' | 'database.migrated' | 'ready';

export interface HubDependencies {
  readonly parts: HubParts;
  readonly log?: Logger;
  readonly metrics?: Metrics;
  readonly now?: () => number;
  readonly elapsed?: () => number;
  readonly random?: () => number;
  /** Hears of each step of the start. */
  readonly progress?: (step: HubStep) => void;
  /** Runs once the tables are there and before anything is served: the demo's seed. */
  readonly prepare?: (context: HubContext) => Promise<void>;
  /** Answers that break the contract fail: for tests. */
  readonly checkAnswers?: boolean;
}

export interface Hub {
  /** Where it is reached, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly context: HubContext;
  /** Begins to serve: until then everything but /health is answered 503. */
  listen(): Promise<void>;
  /** One round of what it does with interactions by itself, now: all that is due by now is done then. */
  look(): Promise<void>;
  /** Stops accepting, says goodbye on the live links, lets open requests end, closes the database. */
  close(): Promise<void>;
}

/**
 * Takes the port and the data folder, starts and migrates the database and puts the parts together.
 *
 * @throws {Fault} with one sentence that says what to do; everything begun is then undone
 */
export async function createHub(config: Config, deps: HubDependencies): Promise<Hub> {
  const undo: (() => Promise<void>)[] = [];
  const close = closer(undo);
  try {
    return await assemble(config, deps, undo, close);
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

async function assemble(config: Config, deps: HubDependencies, undo: (() => Promise<void>)[], close: () => Promise<void>): Promise<Hub> {
  const log = deps.log ?? createLog(config.logLevel);
  const progress = deps.progress ?? (() => {});
  if (config.databaseUrl === null) refuseHeldFolder(config.dataFolder);
  const front = await createFront(config.host, config.port);
  const { port } = front;
  const drain = () => front.close(DRAIN_MS);
  undo.push(drain);
  const connection = await openDatabase(config, {
    onLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
    progress: (step) => progress(`database.${step}`),
  });
  undo.push(connection.close);
  await migrate(connection.db);
  connection.expectAnswers();
  progress('database.migrated');

  const publicUrl = config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const context: HubContext = {
    config: { ...config, port, publicUrl },
    db: connection.db,
    connectAlone: connection.connectAlone,
    log,
    metrics: deps.metrics ?? createMetrics(),
    now: deps.now ?? Date.now,
    // Whole: a fraction would be an object of its own in each of thousands of links.
    elapsed: deps.elapsed ?? (() => Math.floor(performance.now())),
    random: deps.random ?? Math.random,
  };
  await deps.prepare?.(context);
  const { auth, sessions, live } = await makeParts(context, deps.parts, undo, drain);
  const watch = createWatch<ProfileWatch>(context, { channel: 'pennon_watch' });
  // Whoever waits is let go before open requests are waited for.
  undo.push(() => watch.stop());
  const roster = createWatch<Roster>(context, { channel: 'pennon_supervision', apartMs: ROSTER_APART_MS });
  undo.push(() => roster.stop());
  const schedules = schedulesOf(context, sessions);
  const grants = createGrantRunner({ ...context, ...sessions, clock: systemClock });
  // What was granted for an interaction ends with it, and banners hear of it once that is committed.
  const buttons = createButtons(context);
  await buttons.start();
  undo.push(() => buttons.stop());
  const interactions = createInteractions(context, sessions, {
    ...buttons.hears,
    onClosed: (trx, { id }) => endGrantsOfInteraction(trx, id),
    afterClosing: () => void grants.look(),
  });
  await interactions.start();
  undo.push(() => interactions.stop());
  const handlers: Partial<Handlers> = {
    ...profileHandlers(context, sessions, schedules),
    ...scheduleHandlers(schedules, context.now),
    ...peopleHandlers(sessions),
    ...teamHandlers,
    ...auditHandlers,
    ...whoCanHandlers(sessions),
    ...resourceHandlers(sessions),
    ...watchHandlers(watch),
    ...moduleHandlers({ ...sessions, now: context.now, country: context.config.country, follow: live.follow }),
    ...campaignHandlers({ ...sessions, now: context.now }),
    ...supervisionHandlers({ ...sessions, now: context.now, watch: roster, grants }),
    ...sessions.handlers,
    ...commandHandler({ ...sessions, now: context.now }, commandsOf(context, sessions, interactions, buttons)),
    ...interactions.handlers,
    hub: async () => ({ answer: auth.hubInfo() }),
  };
  const api = serveRoutes({ ...context, authenticator: auth, sessions, consoleRights: sessions.consoleRights, unchanged: sessions.unchanged, checkAnswers: deps.checkAnswers ?? false }, handlers);
  const app = createApp([api, openApi(publicUrl), statusRoutes(context.metrics, checksOf(context, live)), ...deps.parts.pages(context)], log);
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  undo.push(forgetOldKeys(context), forgetDeletedRecords(context), () => schedules.stop(), () => grants.stop(), async () => front.refuse());
  return {
    url: publicUrl,
    port,
    context,
    async listen() {
      front.open({ auth, live, connectors: interactions, shortcut: createNotModified({ ...context, ...sessions }), answer });
      void interactions.look();
      void buttons.look();
      void schedules.look();
      void grants.look();
      progress('ready');
      log.info({ port }, 'listening');
    },
    look: interactions.look,
    close,
  };
}

/** What stands behind each control, by the part that it belongs to. */
const commandsOf = (context: HubContext, sessions: Sessions, interactions: Interactions, buttons: Buttons): Commands => ({
  ...sessions.commands,
  ...interactions.commands,
  ...buttons.commands,
  ...moduleCommands(context),
  ...supervisionCommands({ ...sessions, now: context.now }),
});

/** Printed once: it is the same for as long as the hub runs. */
function openApi(publicUrl: string): Hono {
  let printed: string | undefined;
  const print = () => (printed ??= JSON.stringify(openApiDocument(VERSION, publicUrl)));
  return new Hono().get('/api/openapi.json', () => new Response(print(), { headers: { 'content-type': 'application/json' } }));
}

async function makeParts(context: HubContext, parts: HubParts, undo: (() => Promise<void>)[], drain: () => Promise<void>) {
  const auth = await parts.auth(context);
  undo.push(async () => auth.stop());
  const sessions = await parts.sessions(context, auth);
  // Live links never end by themselves: they go first, then open requests are waited for, then what answers them.
  undo.push(() => sessions.stop(), drain);
  const live = await parts.live(context, auth, sessions);
  await live.start();
  undo.push(() => live.stop(SPREAD_MS));
  return { auth, sessions, live };
}

/** What is due at a time, done by this hub's clock. */
function schedulesOf({ db, log, metrics, now }: HubContext, { settle, consoleRights }: Sessions): Runner {
  const clock = { now, after: systemClock.after };
  return createScheduleRunner({ db, log, clock, settle, consoleRights, published: () => metrics.publishes.inc() });
}

function checksOf({ db }: HubContext, live: Live) {
  return {
    database: async () => (await sql`select 1`.execute(db)).rows.length === 1,
    migrations: () => isMigrated(db),
    listener: async () => live.isListening(),
  };
}

/** Once an hour. */
function forgetOldKeys({ db, now, log }: HubContext): () => Promise<void> {
  const forget = () =>
    db
      .deleteFrom('idempotency')
      .where('at', '<', new Date(now() - KEY_KEPT_MS))
      .execute()
      .catch((error: unknown) => log.warn({ err: error }, 'old idempotency keys stay'));
  const timer = setInterval(forget, 60 * 60_000).unref();
  return async () => clearInterval(timer);
}

/** Undoes the last begun first, each once, however often it is called and whatever fails. */
function closer(undo: (() => Promise<void>)[]): () => Promise<void> {
  let closing: Promise<void> | null = null;
  const run = async () => {
    const errors: unknown[] = [];
    for (let step = undo.pop(); step; step = undo.pop()) await step().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  };
  return () => (closing ??= run());
}
