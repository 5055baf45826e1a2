/** The two ways a link travels. Each tells of its end once, and of nothing after it was closed from here. */
import {
  type ClientMessage,
  type Cursor,
  formatCursor,
  HOLDS_HEADER,
  type HubMessage,
  LIVE_PROTOCOL,
} from '../api/live.ts';
import { SESSION_HEADER } from '../api/routes-session.ts';
import { eventData } from './event-stream.ts';

export interface Hello {
  /** Address of the hub, without a trailing slash. */
  readonly hub: string;
  readonly token: string;
  readonly holds: Cursor | null;
  readonly sessionId: string | null;
}

export interface StreamListener {
  /** The text of one message, unread. */
  message(text: string): void;
  closed(): void;
}

export interface Stream {
  /** False over a stream that goes one way only, or is not open. */
  send(message: ClientMessage): boolean;
  close(): void;
}

export type Connector = (hello: Hello, listener: StreamListener) => Stream;

/** The part of a `WebSocket` used here. */
export type Socket = Pick<WebSocket, 'addEventListener' | 'send' | 'close'> & { readonly readyState: number };
const OPEN = 1;

export function createSocketConnector(newSocket: (url: string, protocol: string) => Socket): Connector {
  return ({ hub, token, holds, sessionId }, listener) => {
    const socket = newSocket(`${hub.replace(/^http/, 'ws')}/api/live`, LIVE_PROTOCOL);
    const forgotten = new AbortController();
    const { signal } = forgotten;
    const send = (message: ClientMessage): boolean => {
      if (socket.readyState !== OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    };
    // A socket that fails says error and then close; some only the first.
    const ended = () => {
      forgotten.abort();
      listener.closed();
    };
    const hello: ClientMessage = { type: 'hello', token, holds, ...(sessionId === null ? {} : { sessionId }) };
    socket.addEventListener('open', () => send(hello), { signal });
    socket.addEventListener('message', ({ data }) => listener.message(typeof data === 'string' ? data : ''), { signal });
    socket.addEventListener('close', ended, { signal });
    socket.addEventListener('error', ended, { signal });
    return {
      send,
      close() {
        forgotten.abort();
        socket.close();
      },
    };
  };
}

export function createEventsConnector(fetch: typeof globalThis.fetch): Connector {
  return (hello, listener) => {
    const abort = new AbortController();
    void readEvents(fetch, hello, abort.signal, (text) => !abort.signal.aborted && listener.message(text))
      .catch(() => {})
      .then(() => !abort.signal.aborted && listener.closed());
    return { send: () => false, close: () => abort.abort() };
  };
}

async function readEvents(
  fetch: typeof globalThis.fetch,
  { hub, token, holds, sessionId }: Hello,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  const response = await fetch(`${hub}/api/live`, {
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
      ...(holds ? { [HOLDS_HEADER]: formatCursor(holds) } : {}),
      ...(sessionId === null ? {} : { [SESSION_HEADER]: sessionId }),
    },
    signal,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
  });
  const isStream = response.ok && response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream && response.body) {
    for await (const text of eventData(response.body)) say(text);
    return;
  }
  const refusal = refusalOf(response);
  if (refusal) say(JSON.stringify(refusal));
}

/** What a WebSocket would have said in a message, a refused stream says by its status. */
function refusalOf(response: Response): HubMessage | null {
  if (response.status === 401) return { type: 'bye', code: 'tokenExpired' };
  if (response.status === 409 || response.status === 403) return { type: 'bye', code: 'refused' };
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (!Number.isFinite(seconds) || (response.status !== 503 && response.status !== 429)) return null;
  return { type: 'bye', code: 'stopping', retryAfterMs: seconds * 1000 };
}
