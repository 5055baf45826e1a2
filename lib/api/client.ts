/** Calls the hub: one typed function a route, every answer validated, everything that goes wrong a problem. */
import { type AnyInput, type AnyReply, type HubClient, pathOf } from './client-call.ts';
import { readAnswer } from './client-answer.ts';
import { clientProblem } from './client-problem.ts';
import { isRepeatable, waitBeforeRetry } from './client-retry.ts';
import type { Clock } from '../models/clock.ts';
import type { Problem } from './problem.ts';
import type { Route } from './route.ts';
import type { RouteName } from './routes.ts';
import { SESSION_HEADER, sessionRoutes } from './routes-session.ts';

/** Longer than this a person has long given up, and a link that hangs is as good as broken. */
export const CALL_TIMEOUT_MS = 10_000;
const MOST_ATTEMPTS = 3;

export type TokenAnswer = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: Problem };

export interface HubClientEdges {
  readonly fetch: typeof globalThis.fetch;
  /** Address of the hub, without a trailing slash; read for each call, since a person may change it. */
  readonly hub: () => string;
  /** An access token, another one than `rejected`; a problem where there is none. */
  readonly token: (rejected?: string) => Promise<TokenAnswer>;
  /** The session this browser opened, if it has. */
  readonly session: () => string | null;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly newKey: () => string;
}

/** @param served the routes it is for: a page that needs some of them does not carry the schemas of all */
export function createHubClient<N extends RouteName>(edges: HubClientEdges, served: Readonly<Record<N, Route>>): Pick<HubClient, N> {
  const calls = Object.entries<Route>(served).map(([name, route]) => [name, (input: AnyInput = {}) => callHub(edges, route, input)]);
  return Object.fromEntries(calls) as Pick<HubClient, N>;
}

/** One call of any route. Never rejects, but for a parameter that is missing: what goes wrong is a problem. */
export async function callHub(edges: HubClientEdges, route: Route, input: AnyInput): Promise<AnyReply> {
  const keyed = route.guard === 'key' ? { ...input, key: input.key ?? edges.newKey() } : input;
  const most = isRepeatable(route) ? (input.attempts ?? MOST_ATTEMPTS) : 1;
  for (let failures = 1; ; failures += 1) {
    const reply = await attemptSignedIn(edges, route, keyed);
    const wait = reply.ok || failures >= most ? null : waitBeforeRetry(reply.problem, failures, edges.random());
    if (wait === null) return reply;
    await pause(edges.clock, wait, input.signal);
    if (input.signal?.aborted) return { ok: false, problem: clientProblem('client.interrupted') };
  }
}

/** One attempt and, where the token is refused, a second one with a new token. */
async function attemptSignedIn(edges: HubClientEdges, route: Route, input: AnyInput): Promise<AnyReply> {
  if (route.needs === 'none') return attempt(edges, route, input, null);
  const token = await edges.token();
  if (!token.ok) return token;
  const reply = await attempt(edges, route, input, token.value);
  if (reply.ok || reply.problem.status !== 401) return reply;
  const renewed = await edges.token(token.value);
  return renewed.ok ? attempt(edges, route, input, renewed.value) : renewed;
}

async function attempt(edges: HubClientEdges, route: Route, input: AnyInput, token: string | null): Promise<AnyReply> {
  const abort = new AbortController();
  let late = false;
  const calledOff = edges.clock.after(CALL_TIMEOUT_MS, () => {
    late = true;
    abort.abort();
  });
  const onAbort = () => abort.abort();
  input.signal?.addEventListener('abort', onAbort);
  if (input.signal?.aborted) abort.abort();
  try {
    const response = await edges.fetch(edges.hub() + pathOf(route, input), {
      method: route.method,
      headers: headersOf(edges, route, input, token),
      ...(route.body ? { body: JSON.stringify(input.body) } : {}),
      signal: abort.signal,
      cache: 'no-store',
      credentials: 'omit',
      // A hub does not redirect; a portal does, and must not be followed with a token.
      redirect: 'manual',
    });
    return await readAnswer(route, response);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    if (input.signal?.aborted) return { ok: false, problem: clientProblem('client.interrupted') };
    return { ok: false, problem: clientProblem(late ? 'client.timeout' : 'client.offline') };
  } finally {
    calledOff();
    input.signal?.removeEventListener('abort', onAbort);
  }
}

function headersOf(edges: HubClientEdges, route: Route, input: AnyInput, token: string | null): Record<string, string> {
  const session = route.needs === 'session' || route === sessionRoutes.endSession ? edges.session() : null;
  return {
    accept: 'application/json, application/problem+json',
    ...(route.body ? { 'content-type': 'application/json' } : {}),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(session === null ? {} : { [SESSION_HEADER]: session }),
    ...(input.key === undefined ? {} : { 'idempotency-key': input.key }),
    ...(input.ifMatch === undefined ? {} : { 'if-match': input.ifMatch }),
    ...(input.ifNoneMatch ? { 'if-none-match': input.ifNoneMatch } : {}),
  };
}

function pause(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const calledOff = clock.after(milliseconds, resolve);
    signal?.addEventListener('abort', () => {
      calledOff();
      resolve();
    }, { once: true });
  });
}
