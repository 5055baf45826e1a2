/**
 * Thousands of clients of one server, on raw sockets so that they cost as little as they can and the same for every server.
 * `expect` names what a pushed message holds; `arrived` answers when each client had the whole of it.
 *
 * Asleep, they would be woken by each message of a server that is slower than they are, and by a few of one that is
 * faster; what that takes, on this one machine, is much of what servers differ by, and no server's doing. `awake` keeps them from
 * sleeping between what they expect and having it all, where nothing else on the machine wants their core.
 */
import { connect } from 'node:net';
import { frameReader, maskedFrame } from './frames.ts';
import { clock, options, serve } from './told.ts';

interface Settings {
  readonly port: number;
  readonly kind: 'plain' | 'hub' | 'socket.io' | 'events';
  readonly count: number;
  /** Before each client's number: the tokens of the hub's people. */
  readonly token?: string;
  /** The number of the first one. */
  readonly from?: number;
  /** Of a hub that expects no beats, as no peer does. */
  readonly quiet?: boolean;
  readonly awake?: boolean;
}
const { port, kind, count, token, from: first = 0, quiet = false, awake = false } = options as Settings;
const AT_ONCE = 50;
const PATIENCE_MS = 30_000;
const BEAT_MS = 20_000;

let expected: Buffer | null = null;
let missing = 0;
let arrived = new Float64Array(count);
let done = () => {};

function hear(at: number, message: Buffer): void {
  if (!expected || arrived[at] !== 0 || !message.includes(expected)) return;
  arrived[at] = clock();
  missing -= 1;
  if (missing === 0) done();
}

const PATH = { plain: '/', hub: '/api/live', 'socket.io': '/socket.io/?EIO=4&transport=websocket', events: '/' } as const;

function requestOf(): string {
  const lines = [`GET ${PATH[kind]} HTTP/1.1`, `Host: 127.0.0.1:${port}`];
  if (kind === 'events') lines.push('Accept: text/event-stream');
  else lines.push('Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==');
  if (kind === 'hub') lines.push('Sec-WebSocket-Protocol: pennon.v1');
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** What any of them has just read; the next one to read writes over it. */
const bytes = Buffer.alloc(65_536);

/** Resolves once the server has said that the client is in. */
function open(at: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const hearBytes = (length: number) => {
      take(bytes.subarray(0, length));
      return true;
    };
    const socket = connect({ port, host: '127.0.0.1', onread: { buffer: bytes, callback: hearBytes } }).setNoDelay();
    let isIn = false;
    const say = (text: string) => void socket.write(maskedFrame(1, text));
    const read = kind === 'events' ? eventReader(at) : frameReader((opcode, payload) => {
      if (opcode === 9) socket.write(maskedFrame(10, ''));
      if (opcode !== 1) return;
      hear(at, payload);
      if (kind === 'socket.io' && payload[0] === 0x32) say('3');
      // What would be asked of every message would be paid for by the clients of one server and not of the others.
      if (isIn) return;
      if (kind === 'socket.io' && payload[0] === 0x30) say('40');
      isIn = kind === 'hub' ? payload.includes('"snapshot"') : kind === 'socket.io' && payload.toString('latin1', 0, 2) === '40';
      if (isIn) resolve();
    });
    let greeting: Buffer | null = Buffer.alloc(0);
    const take = (chunk: Buffer) => {
      if (!greeting) return read(chunk);
      greeting = Buffer.concat([greeting, chunk]);
      const end = greeting.indexOf('\r\n\r\n');
      if (end < 0) return;
      const rest = greeting.subarray(end + 4);
      greeting = null;
      if (kind === 'hub') {
        say(JSON.stringify({ type: 'hello', token: `${token}${first + at}`, holds: null }));
        if (!quiet) setInterval(() => say('{"type":"beat"}'), BEAT_MS + at % 2000).unref();
      }
      if (kind === 'plain' || kind === 'events') resolve();
      if (rest.length > 0) read(rest);
    };
    socket.on('error', reject).on('close', () => reject(new Error(`${kind}: client ${at} was closed`)));
    socket.write(requestOf());
  });
}

/** An event ends with an empty line; what stands around it for HTTP does no harm. */
function eventReader(at: number): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = rest.lastIndexOf('\n\n');
    if (end >= 0) hear(at, rest.subarray(0, end));
    rest = Buffer.from(rest.subarray(end < 0 ? 0 : end + 2));
  };
}

for (let from = 0; from < count; from += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => open(from + at)));
}

function stayAwake(): void {
  if (missing > 0) setImmediate(stayAwake);
}

let over: Promise<void> = Promise.resolve();
await serve({ count }, async ({ expect }) => {
  if (expect !== undefined) {
    expected = Buffer.from(expect);
    arrived = new Float64Array(count);
    missing = count;
    over = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${kind}: ${missing} of ${count} never heard`)), PATIENCE_MS);
      done = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    over.catch(() => {});
    if (awake) stayAwake();
    return {};
  }
  await over;
  expected = null;
  return { at: [...arrived] };
});
