/** The WebSocket on which the hub asks: opened again whenever it is lost, sooner or later by how often it was. */
import * as v from 'valibot';
import { type AnyCommand, CONNECTOR_PROTOCOL, type ConnectorMessage, toConnector } from '../../../lib/api/connector.ts';
import { HEARTBEAT_MS, STALL_MS } from '../../../lib/api/live.ts';
import type { Clock } from '../../../lib/models/clock.ts';
import { waitAfter } from './backoff.ts';
import type { Random } from './random.ts';

/** RFC 6455 §7.4.1: what was said was not to be said. */
const POLICY = 1008;

export interface Link {
  start(): void;
  /** False where there is no link to say it on: the hub asks again on the next. */
  answer(message: Extract<ConnectorMessage, { type: 'answer' }>): boolean;
  stop(): void;
}

/** As much of a browser's WebSocket as is needed. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>;

interface Dependencies {
  readonly token: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly open: () => Socket;
  readonly welcomed: () => void;
  readonly lost: () => void;
  /** The hub closed it at the hello: it does not take the token, or says too little to know. */
  readonly turnedAway: () => void;
  readonly asked: (command: AnyCommand) => void;
}

export const socketTo = (hub: string) => (): Socket => new WebSocket(`${hub.replace(/^http/, 'ws')}/api/connector`, CONNECTOR_PROTOCOL);

export function createLink({ token, clock, random, open, welcomed, lost, turnedAway, asked }: Dependencies): Link {
  let current: Socket | null = null;
  let isWelcome = false;
  let failures = 0;
  let stopped = false;
  const waits = new Map<'again' | 'beat' | 'stall', () => void>();
  const wait = (what: 'again' | 'beat' | 'stall', milliseconds: number, then: () => void) => {
    waits.get(what)?.();
    waits.set(what, clock.after(milliseconds, then));
  };
  const say = (message: ConnectorMessage) => current?.send(JSON.stringify(message));
  const beat = () => {
    say({ type: 'beat' });
    wait('beat', HEARTBEAT_MS, beat);
  };

  function connect(): void {
    const socket = open();
    current = socket;
    // A hub that takes no notice is as good as none.
    const stall = () => wait('stall', STALL_MS, () => lose(socket));
    stall();
    socket.addEventListener('open', () => current === socket && say({ type: 'hello', token }));
    socket.addEventListener('message', ({ data }) => {
      if (current !== socket) return;
      stall();
      hear(String(data));
    });
    socket.addEventListener('error', () => lose(socket));
    socket.addEventListener('close', ({ code }) => {
      if (current === socket && !isWelcome && code === POLICY) turnedAway();
      lose(socket);
    });
  }

  function hear(text: string): void {
    const message = read(text);
    if (message?.type === 'welcome') {
      isWelcome = true;
      failures = 0;
      wait('beat', HEARTBEAT_MS, beat);
      welcomed();
    } else if (message?.type === 'command') {
      const { type: _, ...command } = message;
      asked(command);
    }
  }

  function lose(socket: Socket): void {
    if (current !== socket) return;
    end();
    if (isWelcome) lost();
    isWelcome = false;
    if (!stopped) wait('again', waitAfter(failures, random), connect);
    failures += 1;
  }

  function end(): void {
    const socket = current;
    current = null;
    for (const callOff of waits.values()) callOff();
    waits.clear();
    socket?.close();
  }

  return {
    start: connect,
    answer(message) {
      if (!isWelcome) return false;
      say(message);
      return true;
    },
    stop() {
      stopped = true;
      isWelcome = false;
      end();
    },
  };
}

/** @returns null for what is no message, or one of a kind that a later hub has */
function read(text: string): v.InferOutput<typeof toConnector> | null {
  try {
    const result = v.safeParse(toConnector, JSON.parse(text));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
