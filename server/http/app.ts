/** What every answer of the hub carries, and what is answered where nothing else does. */
import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { HOLDS_HEADER } from '../../lib/api/live.ts';
import { SESSION_HEADER } from '../../lib/api/routes.ts';
import type { Logger } from '../log.ts';
import { ProblemError } from './problem-error.ts';

const EXTENSION_ORIGIN = /^(chrome|moz)-extension:\/\/[a-z0-9-]+$/;
const ALLOW = {
  'access-control-allow-methods': 'GET, POST, PUT, DELETE',
  'access-control-allow-headers': ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', SESSION_HEADER, HOLDS_HEADER]
    .join(', ')
    .toLowerCase(),
  'access-control-max-age': '600',
};
const EXPOSE = 'etag, retry-after, idempotency-replayed, x-request-id';

/** Extensions may read answers, with a token and without cookies; pages of other sites may not. */
const cors: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  const trusted = origin !== undefined && EXTENSION_ORIGIN.test(origin);
  if (context.req.method === 'OPTIONS' && trusted && context.req.header('access-control-request-method')) {
    return new Response(null, { status: 204, headers: { ...ALLOW, 'access-control-allow-origin': origin, vary: 'origin' } });
  }
  await next();
  for (const [name, value] of Object.entries(corsHeaders(origin))) context.res.headers.set(name, value);
};

/** What lets an extension read an answer. */
export function corsHeaders(origin: string | undefined): Readonly<Record<string, string>> {
  if (origin === undefined || !EXTENSION_ORIGIN.test(origin)) return { vary: 'origin' };
  return { vary: 'origin', 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSE };
}

export const SECURE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

/** Pages (the demo's) bring a policy of their own, and say how long they may be kept. */
const OWN: ReadonlySet<string> = new Set(['content-security-policy', 'cache-control']);

const secure: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  for (const [name, value] of Object.entries(SECURE_HEADERS)) if (!OWN.has(name) || !headers.has(name)) headers.set(name, value);
};

/** @param parts in the order in which they are asked: the API's routes, /health and the like, pages */
export function createApp(parts: readonly Hono[], log: Logger): Hono {
  const app = new Hono();
  app.use(secure);
  app.use('/api/*', cors);
  for (const part of parts) app.route('/', part);
  app.notFound(() => new ProblemError('notFound', { detail: 'There is no such address.' }).toResponse());
  app.onError((error) => {
    if (error instanceof ProblemError) return error.toResponse();
    log.error({ err: error }, 'failed');
    return new ProblemError('hub.failed').toResponse();
  });
  return app;
}
