/** A hub whose every answer the test decides, at the network: what the client sends and reads is what it would for real. */
import { http, HttpResponse, type HttpResponseResolver } from 'msw';
import { setupServer } from 'msw/node';
import type { HubMessage } from '../../lib/api/live.ts';
import { PROBLEM_TYPE, PROBLEMS, type ProblemCode, problemType } from '../../lib/api/problem.ts';
import { type Route, type RouteName, routes } from '../../lib/api/routes.ts';
import type { Snapshot } from '../../lib/api/snapshot.ts';
import type { Socket } from '../../lib/live/stream.ts';
import { aSnapshot } from '../fakes/state.ts';

export const HUB = 'http://127.0.0.1:7560';
export const ISSUER = `${HUB}/oidc`;

export interface Heard {
  readonly name: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Resolver = HttpResponseResolver;

/** A problem as the hub says it. */
export function aProblem(code: ProblemCode, more: Record<string, unknown> = {}, headers: Record<string, string> = {}): Response {
  const status = PROBLEMS[code];
  const document = { type: problemType(code), title: code, status, code, ...more };
  return new Response(JSON.stringify(document), { status, headers: { 'content-type': PROBLEM_TYPE, ...headers } });
}

export type HandHub = ReturnType<typeof handHub>;

/** Starts listening to the network: `close` it after the test. */
export function handHub() {
  const heard: Heard[] = [];
  const hub = {
    snapshot: aSnapshot(),
    etag: '"1"',
    /** Tokens given out so far; the newest is the one that counts. */
    issued: 0,
    refreshed: [] as string[],
  };
  const note = async (name: string, request: Request) => {
    const text = await request.clone().text();
    heard.push({ name, headers: request.headers, body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text });
  };
  const issue = () => {
    hub.issued += 1;
    const { issued } = hub;
    return HttpResponse.json({
      access_token: `access-${issued}`,
      refresh_token: `refresh-${issued}`,
      token_type: 'Bearer',
      expires_in: 600,
    });
  };

  const on = (name: RouteName, resolver: Resolver) => {
    const { method, path }: Route = routes[name];
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    return http[verb](HUB + path, async (info) => {
      const answer = await resolver(info);
      if (answer !== undefined) await note(name, info.request);
      return answer;
    });
  };
  const whole = (status: number) => () => HttpResponse.json(hub.snapshot, { status });
  const server = setupServer(
    on('hub', () =>
      HttpResponse.json({
        name: 'Insurer',
        version: '1',
        issuer: ISSUER,
        clientId: 'pennon-extension',
        resource: 'urn:pennon:hub',
        scopes: ['openid', 'offline_access'],
      }),
    ),
    on('openSession', whole(201)),
    on('endSession', () => new HttpResponse(null, { status: 204 })),
    on('banner', ({ request }) =>
      request.headers.get('if-none-match') === hub.etag
        ? new HttpResponse(null, { status: 304, headers: { etag: hub.etag } })
        : HttpResponse.json(hub.snapshot, { headers: { etag: hub.etag } }),
    ),
    on('previewProfile', () => HttpResponse.json(hub.snapshot.profile.active)),
    on('switchProfile', whole(200)),
    on('setActivity', whole(200)),
    on('setStatus', whole(200)),
    on('setFlow', whole(200)),
    on('receipts', () => new HttpResponse(null, { status: 204 })),
    on('command', () => new HttpResponse(null, { status: 202 })),
    // No event stream unless a test has one.
    http.get(`${HUB}/api/live`, () => new HttpResponse(null, { status: 404 })),
    http.get(`${ISSUER}/.well-known/openid-configuration`, () =>
      HttpResponse.json({
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/auth`,
        token_endpoint: `${ISSUER}/token`,
        revocation_endpoint: `${ISSUER}/token/revocation`,
      }),
    ),
    http.post(`${ISSUER}/token`, async ({ request }) => {
      await note('token', request);
      const grant = new URLSearchParams(await request.clone().text());
      if (grant.get('grant_type') === 'refresh_token') hub.refreshed.push(grant.get('refresh_token') ?? '');
      return issue();
    }),
    http.post(`${ISSUER}/token/revocation`, async ({ request }) => {
      await note('revoke', request);
      return new HttpResponse(null, { status: 200 });
    }),
  );
  server.listen({ onUnhandledFrame: 'error' } as never);

  return Object.assign(hub, {
    server,
    heard,
    count: (name: string) => heard.filter((each) => each.name === name).length,
    last: (name: string) => heard.findLast((each) => each.name === name),
    answers,
    refuses: (name: RouteName, code: ProblemCode, more?: Record<string, unknown>, times?: number) =>
      answers(name, () => aProblem(code, more), times),
    tokenAnswers: (resolver: Resolver) => server.use(http.post(`${ISSUER}/token`, resolver)),
    close: () => server.close(),
  });

  /** From now on, or for the next so many calls, this route is answered so. */
  function answers(name: RouteName, resolver: Resolver, times = Number.POSITIVE_INFINITY) {
    let left = times;
    server.use(
      on(name, (info) => {
        left -= 1;
        return left < 0 ? undefined : resolver(info);
      }),
    );
  }
}

/** A WebSocket in the test's hand. */
export class HandSocket extends EventTarget implements Socket {
  readyState = 0;
  closed = false;
  readonly sent: { type: string; [key: string]: unknown }[] = [];
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as { type: string });
    this.dispatchEvent(new Event('sent'));
  }
  close(): void {
    this.closed = true;
    this.readyState = 3;
  }
  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  say(message: HubMessage | Record<string, unknown>): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
  /** The network takes it. */
  drop(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
  welcome(snapshot?: Snapshot): void {
    this.open();
    this.say({ type: 'welcome', sessionId: 's1', now: snapshot?.now ?? 1_800_000_000_000 });
    if (snapshot) this.say({ type: 'snapshot', ...snapshot });
  }
}
