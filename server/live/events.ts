import type { IncomingMessage, ServerResponse } from 'node:http';
import { HOLDS_HEADER, parseCursor } from '../../lib/api/live.ts';
import { SESSION_HEADER } from '../../lib/api/routes.ts';
import { bearerOf, headerOf } from '../http/headers.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { LinkDependencies } from './live.ts';
import { type ByeCode, type Carrier, createLink } from './link.ts';
import { type Message, say } from './message.ts';

export interface EventStreams {
  /** Answers with server-sent events: each message as one `data:` line. */
  request(request: IncomingMessage, response: ServerResponse): void;
}

/** The live link for where no WebSocket gets through: the hub's messages alone; receipts go by `POST`. */
export function createEventStreams(deps: LinkDependencies): EventStreams {
  return {
    request(request, response) {
      response.on('error', () => {});
      serve(deps, request, response).catch((error: unknown) => {
        deps.log.warn({ err: error }, 'an event stream failed');
        if (response.headersSent) response.destroy();
        else void refuse(response, new ProblemError('hub.failed'));
      });
    },
  };
}

async function serve(deps: LinkDependencies, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const admission = deps.isStopping() ? { do: 'refuse' as const, afterMs: deps.retryAfter() } : deps.pace();
  if (admission.do !== 'take') return refuse(response, new ProblemError('hub.notReady', { retryAfter: admission.afterMs / 1000 }));
  const token = bearerOf(request.headers.authorization);
  if (!token) return refuse(response, new ProblemError('auth.missing'));
  const own = headerOf(request, SESSION_HEADER);
  const holds = parseCursor(headerOf(request, HOLDS_HEADER) ?? '');
  const entry = await deps.enter(token, own);
  if (response.destroyed) return;
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    // For proxies that would gather events into blocks.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  if (!entry.ok) return goodbye(response, entry.bye, entry.retry ? deps.retryAfter() : undefined);
  const link = createLink(deps, entry, carrierOf(response));
  response.on('close', () => deps.gone(link));
  // What is held of another session cannot be added to.
  await deps.pusher.open(link, own === null ? null : holds);
}

async function refuse(response: ServerResponse, error: ProblemError): Promise<void> {
  const problem = error.toResponse();
  response.writeHead(problem.status, Object.fromEntries(problem.headers)).end(await problem.text());
}

function goodbye(response: ServerResponse, code: ByeCode, retryAfterMs?: number): void {
  if (response.writableEnded) return;
  response.end(say({ type: 'bye', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }).event);
}

const carrierOf = (response: ServerResponse): Carrier => ({
  transport: 'events',
  write(message: Message) {
    if (!response.writableEnded) response.write(message.event);
  },
  get buffered() {
    return response.writableLength;
  },
  onceDrained: (drained) => void response.once('drain', drained),
  bye: (code, retryAfterMs) => goodbye(response, code, retryAfterMs),
  cut: () => void response.destroy(),
  breach: () => void response.destroy(),
});
