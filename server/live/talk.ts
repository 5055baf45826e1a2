/** One WebSocket from its opening to its close: what the client says, in order, one at a time. */
import type { Duplex } from 'node:stream';
import * as v from 'valibot';
import type { RawData, WebSocket } from 'ws';
import { type ClientMessage, clientMessage } from '../../lib/api/live.ts';
import { parseMessage } from '../safe-json.ts';
import { type ByeCode, type Carrier, createLink, type Link } from './link.ts';
import type { LinkDependencies } from './live.ts';
import { type Message, say } from './message.ts';

/** RFC 6455 §7.4.1 */
export const CLOSE = { normal: 1000, goingAway: 1001, policy: 1008, tryLater: 1013 } as const;
/** Messages that may wait while one is dealt with. */
const MOST_WAITING = 32;

/** Every message takes this one way to the socket, past ws: so all keep their order, and none is framed twice. */
function write(webSocket: WebSocket, socket: Duplex, message: Message): void {
  if (webSocket.readyState === webSocket.OPEN) socket.write(message.frame);
}

export function goodbye(webSocket: WebSocket, socket: Duplex, code: ByeCode, close: number, retryAfterMs?: number): void {
  write(webSocket, socket, say({ type: 'bye', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }));
  webSocket.close(close);
}

/** What a client says on one socket, which carries its link. A class and one object, since there are thousands (see the outbox). */
export class Talk implements Carrier {
  readonly #deps: LinkDependencies;
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  #link: Link | null = null;
  #helloTimer: NodeJS.Timeout | null;
  #waiting = 0;
  #last: Promise<void> | null = null;

  constructor(deps: LinkDependencies, webSocket: WebSocket, socket: Duplex) {
    this.#deps = deps;
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#helloTimer = setTimeout(() => this.breach(), deps.timing.helloMs);
  }

  take(data: RawData, isBinary: boolean): void {
    const message = isBinary ? null : parse(data);
    if (!message || ++this.#waiting > MOST_WAITING) return this.breach();
    // What came is a sign of life when it came, not when its turn comes.
    if (this.#link) this.#link.heardAt = this.#deps.elapsed();
    const turn = (this.#last ?? Promise.resolve())
      .then(() => (this.#isOpen ? this.#hear(message) : undefined))
      .catch((error: unknown) => {
        this.#deps.log.warn({ err: error }, 'a live link failed');
        this.#goodbye('stopping', CLOSE.tryLater, this.#deps.retryAfter());
      })
      .finally(() => {
        this.#waiting -= 1;
        if (this.#last === turn) this.#last = null;
      });
    this.#last = turn;
  }

  /** The socket is closed. */
  end(): void {
    this.#greeted();
    if (this.#link) this.#deps.gone(this.#link);
  }

  get #isOpen(): boolean {
    return this.#webSocket.readyState === this.#webSocket.OPEN;
  }

  #greeted(): void {
    if (this.#helloTimer) clearTimeout(this.#helloTimer);
    this.#helloTimer = null;
  }

  get transport() {
    return 'webSocket' as const;
  }
  write(message: Message): void {
    write(this.#webSocket, this.#socket, message);
  }
  get buffered(): number {
    return this.#socket.writableLength;
  }
  onceDrained(drained: () => void): void {
    this.#socket.once('drain', drained);
  }
  bye(code: ByeCode, retryAfterMs?: number): void {
    this.#goodbye(code, code === 'stopping' ? CLOSE.goingAway : CLOSE.normal, retryAfterMs);
  }
  cut(): void {
    this.#webSocket.terminate();
  }
  breach(): void {
    this.#webSocket.close(CLOSE.policy);
  }

  #goodbye(code: ByeCode, close: number, retryAfterMs?: number): void {
    goodbye(this.#webSocket, this.#socket, code, close, retryAfterMs);
  }

  async #hear(message: ClientMessage): Promise<void> {
    const deps = this.#deps;
    if (this.#link) return hearMore(deps, this.#link, message);
    if (message.type !== 'hello') return this.breach();
    this.#greeted();
    const entry = await deps.enter(message.token, message.sessionId ?? null);
    if (!this.#isOpen) return;
    if (!entry.ok) return this.#goodbye(entry.bye, CLOSE.normal, entry.retry ? deps.retryAfter() : undefined);
    this.#link = createLink(deps, entry, this);
    // What is held of another session cannot be added to.
    await deps.pusher.open(this.#link, message.sessionId === undefined ? null : message.holds);
  }
}

function parse(data: RawData): ClientMessage | null {
  const result = v.safeParse(clientMessage, parseMessage(String(data)));
  return result.success ? result.output : null;
}

async function hearMore(deps: LinkDependencies, link: Link, message: ClientMessage): Promise<void> {
  deps.seen.mark(link.sessionId);
  switch (message.type) {
    case 'hello':
      // Only ever the first.
      return link.breach();
    case 'beat':
      return;
    case 'receipt': {
      const { profileId, version, state } = message;
      return deps.receipts.add({ profileId, version, state, personId: link.personId });
    }
    case 'token': {
      const who = await deps.authenticator.authenticate(message.token);
      if (who.ok && who.personId === link.personId) link.expiresAt = who.expiresAt;
      else if (who.ok) link.bye('refused');
      else if (who.code !== 'hub.notReady') link.bye('tokenExpired');
    }
  }
}
