/** The hub's routes, served: every rule that holds for all of them stands here, and only here. */
import { Hono } from 'hono';
import type { Context } from 'hono';
import * as v from 'valibot';
import { type Route, type RouteName, routes, SESSION_HEADER } from '../../lib/api/routes.ts';
import type { Authenticated, Authenticator } from '../auth/authenticator.ts';
import { authenticateConnector, type Connector } from '../connector/connectors.ts';
import { type Db, isDatabaseAway, type Trx } from '../db/connect.ts';
import { PLAN_IS_OLD } from '../db/prepared.ts';
import { Fault } from '../fault.ts';
import type { Logger } from '../log.ts';
import type { ReadConsoleRights } from '../session/console-rights.ts';
import type { Metrics } from '../metrics.ts';
import type { Unchanged } from '../session/unchanged.ts';
import { unsafePlace } from '../safe-json.ts';
import { readJson } from './body.ts';
import { requireConsole } from './console.ts';
import type { Call, Handler, Handlers, OpenSession, Reply } from './handler.ts';
import { bearerOf, etagsOf } from './headers.ts';
import { claimKey, fingerprint, type Kept, keepReply } from './idempotency.ts';
import { ProblemError } from './problem-error.ts';

export interface SessionReader {
  /**
   * The open session that a request of this person may use.
   *
   * @throws {ProblemError} session.none, session.elsewhere, session.ended
   */
  openSessionOf(person: Authenticated, request: Request): Promise<OpenSession>;
  /** The snapshot of a session, as its writes answer it. @throws {ProblemError} session.none, session.ended */
  snapshotReply(db: Db | Trx, sessionId: string): Promise<Reply<'banner'>>;
}

export interface ServeDependencies {
  readonly db: Db;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly authenticator: Authenticator;
  readonly sessions: SessionReader;
  readonly consoleRights: ReadConsoleRights;
  readonly unchanged: Unchanged;
  /** Validates answers too, for tests: a route that breaks its own contract fails. */
  readonly checkAnswers?: boolean;
}

const KEY = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,200}$/));

/** @throws {Fault} where a route has no handler */
export function serveRoutes(deps: ServeDependencies, handlers: Partial<Handlers>): Hono {
  const names = Object.keys(routes) as RouteName[];
  const missing = names.filter((name) => !handlers[name]);
  if (missing.length > 0) throw new Fault(`These routes have no handler: ${missing.join(', ')}.`);
  const app = new Hono();
  for (const name of names) {
    const { method, path } = routes[name];
    app.on(method, path, (context) => measured(deps, name, (log) => answer(deps, name, handlers as Handlers, context, log)));
  }
  refuseOtherMethods(app);
  return app;
}

/** 405 with what the path does take. */
function refuseOtherMethods(app: Hono): void {
  const methods = Map.groupBy(Object.values(routes), ({ path }) => path);
  for (const [path, all] of methods) {
    const allow = all.map(({ method }) => method).join(', ');
    app.all(path, () => new ProblemError('request.method', {}, { allow }).toResponse());
  }
}

async function measured(deps: ServeDependencies, route: RouteName, run: (log: Logger) => Promise<Response>): Promise<Response> {
  const requestId = crypto.randomUUID();
  const end = deps.metrics.requests.startTimer({ route });
  const log = deps.log.child({ requestId, route });
  const response = await run(log).catch((error: unknown) => problemResponse(error, log, deps));
  response.headers.set('x-request-id', requestId);
  const seconds = end({ status: response.status });
  log.debug({ status: response.status, ms: Math.round(seconds * 1000) }, 'answered');
  return response;
}

function problemResponse(error: unknown, log: Logger, deps: ServeDependencies): Response {
  if (error instanceof ProblemError) {
    const { control, reason } = error.extras;
    if (error.code === 'control.refused' && control && reason) deps.metrics.refused.inc({ control, layer: reason.layer });
    return error.toResponse();
  }
  log.error({ err: error }, 'failed');
  if (isDatabaseAway(error)) return new ProblemError('hub.notReady', { retryAfter: 2 }).toResponse();
  return new ProblemError('hub.failed').toResponse();
}

async function answer(deps: ServeDependencies, name: RouteName, handlers: Handlers, context: Context, log: Logger): Promise<Response> {
  const route: Route = routes[name];
  const request = context.req.raw;
  const keep = deps.unchanged.ask();
  const connector = route.needs === 'connector' ? await whichConnector(deps, request) : null;
  const person = route.needs === 'none' || connector ? null : await whoAsks(deps, request);
  const session = route.needs === 'session' && person ? await deps.sessions.openSessionOf(person, request) : null;
  const console = person && (await requireConsole(deps, route, person, context.req.param()));
  const { raw, ...input } = await readInput(route, context);
  const handler = handlers[name] as unknown as Handler<RouteName>;
  const run = (db: Db | Trx, afterCommit: Call['afterCommit']) =>
    handler({ route: name, ...input, person, connector, console, session, log, db, afterCommit } as unknown as Call);
  if (route.method === 'GET') {
    const reply = await run(deps.db, (after) => void after());
    if (reply.head && person) keep({ token: tokenOf(request), ownSession: input.ownSession }, reply.head, person.expiresAt);
    return respond(deps, route, reply, input.ifNoneMatch);
  }
  const key = route.guard === 'key' && person ? keyOf(request) : null;
  const print = key ? fingerprint(route.method, new URL(request.url).pathname, raw) : '';
  const foreseen = session && { status: route.status, reply: { ofSession: session.id } };
  const writing = write(deps, route, run, key && person ? { key, print, personId: person.personId, foreseen } : null);
  return writing.finally(() => person && deps.unchanged.forgetPerson(person.personId));
}

/** What a request says, held against its route. */
async function readInput(route: Route, context: Context) {
  const { headers } = context.req.raw;
  const ifMatch = etagsOf(headers.get('if-match'))[0] ?? null;
  if (route.guard === 'ifMatch' && ifMatch === null) {
    throw new ProblemError('request.precondition', { detail: 'Send If-Match with the ETag that was read.' });
  }
  const { raw, value } = route.method === 'GET' ? NO_BODY : await readJson(context.req.raw, route.mostBytes);
  return {
    raw,
    params: context.req.param(),
    query: route.query ? keepable(validated(route.query, context.req.query())) : undefined,
    body: route.body ? validated(route.body, value) : undefined,
    ifMatch,
    ifNoneMatch: etagsOf(headers.get('if-none-match')),
    ownSession: headers.get(SESSION_HEADER),
  };
}

const NO_BODY = { raw: Buffer.alloc(0), value: {} };

interface Claim {
  readonly key: string;
  readonly print: string;
  readonly personId: string;
  /** Most writes of a session are answered with its snapshot. */
  readonly foreseen: Kept | null;
}

/** Two writes that waited for each other, or met, or a table changed by a newer hub: what PostgreSQL gave up may simply run again. */
const RUN_AGAIN: ReadonlySet<unknown> = new Set(['40P01', '40001', PLAN_IS_OLD]);
const MOST_RUNS = 3;

async function runAgain<T>(run: () => Promise<T>): Promise<T> {
  for (let runs = 1; ; runs++) {
    try {
      return await run();
    } catch (error) {
      if (runs === MOST_RUNS || !RUN_AGAIN.has((error as { code?: unknown }).code)) throw error;
    }
  }
}

/** Runs a handler in a transaction of its own, or gives the answer kept under its key. */
async function write(
  deps: ServeDependencies,
  route: Route,
  run: (trx: Trx, afterCommit: Call['afterCommit']) => Promise<Reply>,
  claim: Claim | null,
): Promise<Response> {
  let after: (() => void | Promise<void>)[] = [];
  const runIn = async (trx: Trx) => {
    after = [];
    const kept = claim && (await claimKey(trx, claim.personId, claim.key, claim.print, claim.foreseen));
    if (kept) return { reply: (kept.ofSession === undefined ? kept : await deps.sessions.snapshotReply(trx, kept.ofSession)) as Reply, replayed: true };
    const reply = await run(trx, (then) => void after.push(then));
    if (claim) await keepReply(trx, claim.personId, claim.key, { status: route.status, reply }, claim.foreseen);
    return { reply, replayed: false };
  };
  const outcome = await runAgain(() => deps.db.transaction().execute(runIn));
  for (const then of after) await then();
  const response = respond(deps, route, outcome.reply, []);
  if (outcome.replayed) response.headers.set('idempotency-replayed', 'true');
  return response;
}

function tokenOf(request: Request): string {
  const token = bearerOf(request.headers.get('authorization'));
  if (!token) throw new ProblemError('auth.missing');
  return token;
}

async function whichConnector({ db }: ServeDependencies, request: Request): Promise<Connector> {
  const connector = await authenticateConnector(db, tokenOf(request));
  if (!connector) throw new ProblemError('auth.invalid');
  return connector;
}

async function whoAsks(deps: ServeDependencies, request: Request): Promise<Authenticated> {
  const token = tokenOf(request);
  const who = await deps.authenticator.authenticate(token);
  if (!who.ok) throw new ProblemError(who.code, {}, who.code === 'hub.notReady' ? { 'retry-after': '2' } : {});
  return who;
}

/** As of a body: text that PostgreSQL cannot take never gets there. @throws {ProblemError} request.invalid */
function keepable(query: unknown): unknown {
  const issue = unsafePlace(query);
  if (issue) throw new ProblemError('request.invalid', { issues: [issue] });
  return query;
}

function validated(schema: v.GenericSchema, value: unknown): unknown {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issues = result.issues.slice(0, 50).map(({ path, message }) => ({
    path: (path ?? []).map(({ key }) => key as string | number),
    message,
  }));
  throw new ProblemError('request.invalid', { issues });
}

function respond(deps: ServeDependencies, route: Route, reply: Reply, ifNoneMatch: readonly string[]): Response {
  const headers: Record<string, string> = { ...reply.headers };
  if (reply.etag !== undefined) headers.etag = `"${reply.etag}"`;
  if (reply.etag !== undefined && ifNoneMatch.includes(reply.etag)) return new Response(null, { status: 304, headers });
  if (route.status === 204 || reply.answer === undefined) return new Response(null, { status: route.status, headers });
  if (deps.checkAnswers && route.answer) v.parse(route.answer, reply.answer);
  headers['content-type'] = 'application/json';
  return new Response(JSON.stringify(reply.answer), { status: route.status, headers });
}

function keyOf(request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key !== null && !v.is(KEY, key)) {
    throw new ProblemError('request.invalid', { detail: 'An Idempotency-Key has 1 to 200 visible ASCII characters.' });
  }
  return key;
}
