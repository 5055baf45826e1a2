/** The live link at work: the state machine, its timer, and never more than one stream. */
import * as v from 'valibot';
import { firstIssue } from '../api/client-answer.ts';
import type { TokenAnswer } from '../api/client.ts';
import { type ClientMessage, type Cursor, type HubMessage, hubMessage } from '../api/live.ts';
import type { SnapshotUpdate } from '../api/snapshot.ts';
import type { Clock } from '../models/clock.ts';
import { type EndCode, type LinkEffect, type LinkEvent, type LinkState, step, STOPPED, type Transport, wakeAt } from './link-core.ts';
import type { SteadyTime } from './steady.ts';
import type { Connector, Stream } from './stream.ts';

export interface LinkEdges {
  readonly connectors: Readonly<Record<Transport, Connector>>;
  readonly hub: () => string;
  readonly token: (rejected?: string) => Promise<TokenAnswer>;
  readonly holds: () => Cursor | null;
  readonly session: () => string | null;
  readonly clock: Clock;
  /** Of that clock. */
  readonly time: SteadyTime;
  /** Between 0 and 1. */
  readonly random: () => number;
}

export interface LinkListener {
  /** The hub's clock with each sign of life. Called for each message: the place to keep the background awake. */
  heard(hubNow: number | null): void;
  welcomed(sessionId: string): void;
  apply(update: SnapshotUpdate, fresh: boolean): void;
  /** A message that does not follow the contract. @param raw what it was, unread */
  malformed(detail: string, raw: unknown): void;
  /** Rows of a module that the person sees. */
  changed(module: string): void;
  lost(): void;
  /** It waits for another moment than before, or waits no longer. */
  waits(): void;
  ended(code: EndCode): void;
}

export interface Link {
  start(): void;
  stop(): void;
  /** The network is back, or an alarm rang: stop waiting, where the hub has not said how long. */
  hurry(): void;
  /** False where nothing can be sent now. */
  send(message: ClientMessage): boolean;
  isOpen(): boolean;
  isRunning(): boolean;
  /** When the next try is due; null while there is nothing to wait for. */
  nextTryAt(): number | null;
}

export function createLink(edges: LinkEdges, listener: LinkListener): Link {
  let state: LinkState = STOPPED;
  let stream: Stream | null = null;
  /** Numbers the streams: what an earlier one still says is not listened to. */
  let current = 0;
  let rejected: string | undefined;
  let token: string | undefined;
  let callOff: (() => void) | null = null;
  const { time } = edges;

  const nextTryAt = () => (state.phase.at === 'waiting' ? time.onClock(state.phase.until) : null);
  const happen = (event: LinkEvent) => {
    const before = nextTryAt();
    const [next, effects] = step(state, event, { now: time.now(), random: edges.random() });
    state = next;
    callOff?.();
    const at = wakeAt(state);
    callOff = at === null ? null : edges.clock.after(Math.max(0, at - time.now()), () => tick(at));
    for (const effect of effects) perform(effect);
    if (nextTryAt() !== before) listener.waits();
  };

  const tick = (at: number) => {
    time.now(at);
    happen({ type: 'tick' });
  };

  const perform = (effect: LinkEffect) => {
    switch (effect.do) {
      case 'connect':
        return void connect(effect.transport);
      case 'close':
        return close();
      case 'beat':
        return void stream?.send({ type: 'beat' });
      case 'renewToken':
        rejected = token;
        return;
      case 'welcomed':
        rejected = undefined;
        listener.heard(effect.now);
        return listener.welcomed(effect.sessionId);
      case 'apply':
        return listener.apply(effect.update, effect.fresh);
      case 'heard':
        return listener.heard(effect.now);
      case 'changed':
        return listener.changed(effect.module);
      case 'lost':
        return listener.lost();
      case 'ended':
        return listener.ended(effect.code);
    }
  };

  const close = () => {
    current += 1;
    stream?.close();
    stream = null;
  };

  const connect = async (transport: Transport) => {
    close();
    const own = current;
    const answer = await edges.token(rejected);
    if (own !== current) return;
    if (!answer.ok) return happen({ type: 'noToken' });
    token = answer.value;
    const hello = { hub: edges.hub(), token, holds: edges.holds(), sessionId: edges.session() };
    try {
      stream = edges.connectors[transport](hello, {
        message: (text) => own === current && receive(text),
        closed: () => own === current && happen({ type: 'closed' }),
      });
    } catch {
      happen({ type: 'closed' });
    }
  };

  const receive = (text: string) => {
    const { message, raw, detail } = readMessage(text);
    happen(message ? { type: 'message', message } : { type: 'noise' });
    if (message) return;
    listener.heard(null);
    if (detail !== null) listener.malformed(detail, raw);
  };

  return {
    start: () => happen({ type: 'start' }),
    stop: () => happen({ type: 'stop' }),
    hurry: () => happen({ type: 'hurry' }),
    send: (message) => state.phase.at === 'open' && stream?.send(message) === true,
    isOpen: () => state.phase.at === 'open',
    isRunning: () => state.phase.at !== 'stopped' && state.phase.at !== 'ended',
    nextTryAt,
  };
}

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(hubMessage.options.map(({ entries }) => entries.type.literal));

/** A message of a type that a newer hub may have is passed over; one of a known type that does not validate is said. */
function readMessage(text: string): { message: HubMessage | null; raw: unknown; detail: string | null } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { message: null, raw: null, detail: 'not JSON' };
  }
  const parsed = v.safeParse(hubMessage, raw);
  if (parsed.success) return { message: parsed.output, raw, detail: null };
  const type = raw !== null && typeof raw === 'object' && 'type' in raw ? raw.type : undefined;
  return { message: null, raw, detail: typeof type === 'string' && !KNOWN_TYPES.has(type) ? null : firstIssue(parsed.issues) };
}
