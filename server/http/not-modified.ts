/** A conditional GET of the banner whose answer is known to be 304: answered before any route is looked for. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { routes, SESSION_HEADER } from '../../lib/api/routes.ts';
import type { Metrics } from '../metrics.ts';
import type { Seen } from '../session/seen.ts';
import type { Snapshots } from '../session/snapshots.ts';
import type { Unchanged } from '../session/unchanged.ts';
import { corsHeaders, SECURE_HEADERS } from './app.ts';
import { bearerOf, etagsOf, headerOf } from './headers.ts';

/** @returns whether it was answered */
export type Shortcut = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createNotModified({ unchanged, snapshots, seen, metrics }: {
  readonly unchanged: Unchanged;
  readonly snapshots: Pick<Snapshots, 'etag'>;
  readonly seen: Seen;
  readonly metrics: Metrics;
}): Shortcut {
  const { method, path } = routes.banner;
  return (request, response) => {
    const { method: asked, url, headers } = request;
    if (url !== path || asked !== method) return false;
    const tags = headers['if-none-match'];
    const token = bearerOf(headers.authorization);
    if (tags === undefined || token === null) return false;
    const begun = performance.now();
    const head = unchanged.headFor({ token, ownSession: headerOf(request, SESSION_HEADER) });
    const etag = head && snapshots.etag(head);
    if (!etag || !etagsOf(tags).includes(etag)) return false;
    seen.mark(head.sessionId);
    response.writeHead(304, { etag: `"${etag}"`, 'x-request-id': crypto.randomUUID(), ...SECURE_HEADERS, ...corsHeaders(headers.origin) }).end();
    metrics.requests.observe({ route: 'banner', status: 304 }, (performance.now() - begun) / 1000);
    return true;
  };
}
