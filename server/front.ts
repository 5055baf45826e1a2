import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ProblemCode } from '../lib/api/problem.ts';
import type { Auth } from './auth/auth.ts';
import { Fault } from './fault.ts';
import { corsHeaders } from './http/app.ts';
import type { Shortcut } from './http/not-modified.ts';
import { ProblemError } from './http/problem-error.ts';
import { refuseUpgrade } from './http/refuse-upgrade.ts';
import type { Live } from './parts.ts';

/** What stands behind the HTTP server once the hub is ready. */
export interface Back {
  readonly auth: Pick<Auth, 'handle'>;
  readonly live: Pick<Live, 'request' | 'upgrade'>;
  readonly connectors: Pick<Live, 'upgrade'>;
  /** Answers what needs no more than a look. */
  readonly shortcut: Shortcut;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export interface Front {
  readonly port: number;
  open(back: Back): void;
  /** From now on everything is answered `hub.stopping`. */
  refuse(): void;
  /** No new connections, idle ones closed; busy ones get `drainMs` to end. */
  close(drainMs: number): Promise<void>;
}

/**
 * The HTTP server. It is bound at once, so that a taken port is told before anything else is begun, and answers 503 until
 * what stands behind it is ready.
 *
 * @throws {Fault} where the port cannot be had
 */
export async function createFront(host: string, wanted: number): Promise<Front> {
  let back: Back | null = null;
  let state: ProblemCode = 'hub.notReady';
  const server = createServer((request, response) => {
    const path = pathOf(request);
    if (!back) return refuseAll(state, request, response);
    if (back.shortcut(request, response)) return;
    if (path === '/api/live' && request.method === 'GET') {
      for (const [name, value] of Object.entries(corsHeaders(request.headers.origin))) response.setHeader(name, value);
      return back.live.request(request, response);
    }
    if (back.auth.handle(request, response)) return;
    void back.answer(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    if (back && pathOf(request) === '/api/live') back.live.upgrade(request, socket, head);
    else if (back && pathOf(request) === '/api/connector') back.connectors.upgrade(request, socket, head);
    else refuseUpgrade(socket, back ? '404 Not Found' : '503 Service Unavailable');
  });
  const port = await bind(server, host, wanted);
  return {
    port,
    open: (ready) => (back = ready),
    refuse() {
      back = null;
      state = 'hub.stopping';
    },
    close: (drainMs) => closeServer(server, drainMs),
  };
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/';

function refuseAll(code: ProblemCode, request: IncomingMessage, response: ServerResponse): void {
  if (pathOf(request) === '/health') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"up"}');
    return;
  }
  const problem = new ProblemError(code, { retryAfter: 1 }).toResponse();
  const headers = { ...Object.fromEntries(problem.headers), ...corsHeaders(request.headers.origin), connection: 'close' };
  void problem.text().then((text) => response.writeHead(problem.status, headers).end(text));
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Fault(whyNot(error, host, port))));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function whyNot({ code }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program: stop it, or choose another port with --port or PORT.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user: choose one above 1023.`;
  return `The hub cannot listen on ${host}, port ${port} (${code}): check HOST.`;
}

function closeServer(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
