/**
 * The live link as a state machine: pure, so that every wait, stall and fallback is tested exactly. `step` takes what
 * happened and says what to do; `wakeAt` says when it wants to hear that time has passed.
 */
import { type BYE_CODES, HEARTBEAT_MS, type HubMessage, STALL_MS } from '../api/live.ts';
import type { SnapshotUpdate } from '../api/snapshot.ts';

export type Transport = 'socket' | 'events';
export type ByeCode = (typeof BYE_CODES)[number];
/** After these the hub wants nobody back who does not ask anew. */
export type EndCode = Exclude<ByeCode, 'stopping' | 'tokenExpired'>;

/** No welcome for this long is no link. */
export const CONNECT_TIMEOUT_MS = 10_000;
export const FIRST_WAIT_MS = 500;
export const LONGEST_WAIT_MS = 30_000;
/** However long the hub asks to stay away: one wrong number must not keep a banner off for the day. */
export const LONGEST_TOLD_WAIT_MS = 300_000;
/** A link that lived this long was a good one: the next loss waits from the beginning again. */
export const STABLE_MS = 10_000;
/** So often in a row a WebSocket may fail to open before it is taken for eaten by a proxy. */
export const SOCKET_FAILURES = 3;
/** So long the event stream serves before a WebSocket is tried again. */
export const PROBE_MS = 900_000;
/** The same, once, where a WebSocket had served before: it may have been the hub that was away, and WebSockets as good as ever. */
export const PROBE_SOON_MS = 60_000;

type Phase =
  | { readonly at: 'stopped' }
  | { readonly at: 'ended'; readonly code: EndCode }
  /** `told`: the hub chose the time, and nothing hurries it. */
  | { readonly at: 'waiting'; readonly until: number; readonly told: boolean }
  | { readonly at: 'connecting'; readonly transport: Transport; readonly deadline: number }
  | {
      readonly at: 'open';
      readonly transport: Transport;
      readonly since: number;
      readonly heardAt: number;
      readonly beatAt: number;
      /** Whether a snapshot has come since the welcome: the first says what holds, whatever was held before. */
      readonly told: boolean;
    };

export interface LinkState {
  readonly phase: Phase;
  /** Since when there was no link that lasted; null while there is one, or nothing was tried yet. */
  readonly troubledSince: number | null;
  readonly socketFailures: number;
  readonly lastFailed: Transport | null;
  /** A WebSocket was the last link that there was. */
  readonly socketServed: boolean;
  /** When to try a WebSocket again, once the event stream serves. */
  readonly probeAt: number | null;
}

export const STOPPED: LinkState = {
  phase: { at: 'stopped' },
  troubledSince: null,
  socketFailures: 0,
  lastFailed: null,
  socketServed: false,
  probeAt: null,
};

export type LinkEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  /** The network is back, or an alarm rang: no reason to wait on. */
  | { readonly type: 'hurry' }
  | { readonly type: 'tick' }
  | { readonly type: 'message'; readonly message: HubMessage }
  /** A message that is none, or of a type this client does not know: still a sign of life. */
  | { readonly type: 'noise' }
  | { readonly type: 'closed' }
  /** No access token could be had: nothing was tried. */
  | { readonly type: 'noToken' };

export type LinkEffect =
  | { readonly do: 'connect'; readonly transport: Transport }
  | { readonly do: 'close' }
  | { readonly do: 'beat' }
  | { readonly do: 'renewToken' }
  | { readonly do: 'welcomed'; readonly sessionId: string; readonly now: number }
  | { readonly do: 'apply'; readonly update: SnapshotUpdate; readonly fresh: boolean }
  | { readonly do: 'heard'; readonly now: number }
  /** What the person reads of a module has changed. */
  | { readonly do: 'changed'; readonly module: string }
  | { readonly do: 'lost' }
  | { readonly do: 'ended'; readonly code: EndCode };

export interface Moment {
  /** Milliseconds that never go back; compared with each other alone. */
  readonly now: number;
  /** Between 0 and 1. */
  readonly random: number;
}

type Step = readonly [LinkState, readonly LinkEffect[]];

export function step(state: LinkState, event: LinkEvent, moment: Moment): Step {
  const { phase } = state;
  switch (event.type) {
    case 'start':
      return phase.at === 'stopped' || phase.at === 'ended' ? connect(STOPPED, moment) : [state, []];
    case 'stop':
      return [{ ...STOPPED }, isStreaming(phase) ? [{ do: 'close' }] : []];
    case 'hurry':
      return phase.at === 'waiting' && !phase.told ? connect(state, moment) : onTick(state, moment);
    case 'tick':
      return onTick(state, moment);
    case 'noise':
      return phase.at === 'open' ? [heard(state, phase, moment), []] : [state, []];
    case 'closed':
      return isStreaming(phase) ? lose(state, moment, []) : [state, []];
    case 'noToken':
      return phase.at === 'connecting' ? wait(state, moment, []) : [state, []];
    case 'message':
      return onMessage(state, event.message, moment);
  }
}

/** The moment at which the link wants a tick, by the time of its steps; null where it waits for nothing. */
export function wakeAt({ phase, probeAt }: LinkState): number | null {
  switch (phase.at) {
    case 'stopped':
    case 'ended':
      return null;
    case 'waiting':
      return phase.until;
    case 'connecting':
      return phase.deadline;
    case 'open': {
      const stallAt = phase.heardAt + STALL_MS;
      return phase.transport === 'socket' ? Math.min(phase.beatAt, stallAt) : Math.min(stallAt, probeAt ?? stallAt);
    }
  }
}

const isStreaming = (phase: Phase): boolean => phase.at === 'connecting' || phase.at === 'open';

function onTick(state: LinkState, moment: Moment): Step {
  const { phase, probeAt } = state;
  const { now } = moment;
  if (phase.at === 'waiting') return now >= phase.until ? connect(state, moment) : [state, []];
  if (phase.at === 'connecting') return now >= phase.deadline ? lose(state, moment, [{ do: 'close' }]) : [state, []];
  if (phase.at !== 'open') return [state, []];
  if (now >= phase.heardAt + STALL_MS) return lose(state, moment, [{ do: 'close' }]);
  if (phase.transport === 'events' && probeAt !== null && now >= probeAt) {
    return prepend([{ do: 'close' }, { do: 'lost' }], connect(state, moment));
  }
  if (phase.transport === 'socket' && now >= phase.beatAt) {
    return [{ ...state, phase: { ...phase, beatAt: now + HEARTBEAT_MS } }, [{ do: 'beat' }]];
  }
  return [state, []];
}

function onMessage(state: LinkState, message: HubMessage, moment: Moment): Step {
  const { phase } = state;
  if (!isStreaming(phase)) return [state, []];
  if (message.type === 'bye') return onBye(state, message, moment);
  if (phase.at === 'connecting') {
    return message.type === 'welcome' ? onWelcome(state, phase.transport, message, moment) : [state, []];
  }
  if (phase.at !== 'open') return [state, []];
  const next = heard(state, phase, moment);
  if (message.type === 'changed') return [next, [{ do: 'heard', now: message.now }, { do: 'changed', module: message.module }]];
  if (message.type !== 'snapshot') return [next, [{ do: 'heard', now: message.now }]];
  const { type: _type, ...update } = message;
  const after: LinkState = { ...next, phase: { ...phase, heardAt: moment.now, told: true } };
  return [after, [{ do: 'heard', now: message.now }, { do: 'apply', update, fresh: !phase.told }]];
}

function onWelcome(
  state: LinkState,
  transport: Transport,
  { sessionId, now: hubNow }: Extract<HubMessage, { type: 'welcome' }>,
  { now }: Moment,
): Step {
  const phase: Phase = { at: 'open', transport, since: now, heardAt: now, beatAt: now + HEARTBEAT_MS, told: false };
  const memory =
    transport === 'socket'
      ? { socketFailures: 0, probeAt: null }
      : { socketFailures: state.socketFailures, probeAt: now + (state.socketServed ? PROBE_SOON_MS : PROBE_MS) };
  return [{ ...state, ...memory, phase, lastFailed: null, socketServed: transport === 'socket' }, [{ do: 'welcomed', sessionId, now: hubNow }]];
}

function onBye(state: LinkState, { code, retryAfterMs }: Extract<HubMessage, { type: 'bye' }>, moment: Moment): Step {
  const lost: LinkEffect[] = state.phase.at === 'open' ? [{ do: 'close' }, { do: 'lost' }] : [{ do: 'close' }];
  if (code === 'stopping') {
    const asked = retryAfterMs ?? FIRST_WAIT_MS + moment.random * LONGEST_WAIT_MS;
    const until = moment.now + Math.min(Math.max(0, asked), LONGEST_TOLD_WAIT_MS);
    return [{ ...afterTrouble(state, moment), phase: { at: 'waiting', until, told: true } }, lost];
  }
  if (code === 'tokenExpired') {
    // The first time at once. A hub that refuses every new token is not asked faster than any other that fails.
    const renewed = state.phase.at === 'open' ? { ...state, troubledSince: null } : state;
    if (renewed.troubledSince !== null) return wait(renewed, moment, [...lost, { do: 'renewToken' }]);
    return prepend([...lost, { do: 'renewToken' }], connect({ ...renewed, troubledSince: moment.now }, moment));
  }
  return [{ ...STOPPED, phase: { at: 'ended', code } }, [...lost, { do: 'ended', code }]];
}

const heard = (state: LinkState, phase: Extract<Phase, { at: 'open' }>, { now }: Moment): LinkState => ({
  ...state,
  phase: { ...phase, heardAt: now },
});

function connect(state: LinkState, { now }: Moment): Step {
  const transport = nextTransport(state, now);
  const phase: Phase = { at: 'connecting', transport, deadline: now + CONNECT_TIMEOUT_MS };
  return [{ ...state, phase }, [{ do: 'connect', transport }]];
}

function nextTransport({ socketFailures, probeAt, lastFailed }: LinkState, now: number): Transport {
  if (socketFailures < SOCKET_FAILURES) return 'socket';
  if (probeAt !== null && now >= probeAt) return 'socket';
  // With neither opening, they take turns: it may be the whole network.
  return lastFailed === 'events' ? 'socket' : 'events';
}

/** The stream is gone, or was never there. */
function lose(state: LinkState, moment: Moment, effects: readonly LinkEffect[]): Step {
  const { phase } = state;
  if (phase.at === 'open') return wait(afterTrouble(state, moment), moment, [...effects, { do: 'lost' }]);
  if (phase.at !== 'connecting') return [state, []];
  const failed: LinkState = {
    ...state,
    lastFailed: phase.transport,
    socketFailures: state.socketFailures + (phase.transport === 'socket' ? 1 : 0),
    probeAt: null,
  };
  return wait(failed, moment, effects);
}

/** A link that lasted has ended the trouble before it, however it ends itself. */
function afterTrouble(state: LinkState, { now }: Moment): LinkState {
  const lasted = state.phase.at === 'open' && now - state.phase.since >= STABLE_MS;
  return lasted ? { ...state, troubledSince: null } : state;
}

/**
 * Full jitter: anything from at once to the ceiling, so that clients that lost the hub together come back spread. The
 * ceiling is as long again as the trouble has lasted, not a power of the tries: of thousands some would try often early on,
 * and be away for long after a short trouble.
 */
function wait(state: LinkState, { now, random }: Moment, effects: readonly LinkEffect[]): Step {
  const since = state.troubledSince ?? now;
  const ceiling = Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, now - since));
  const phase: Phase = { at: 'waiting', until: now + Math.round(random * ceiling), told: false };
  return [{ ...state, phase, troubledSince: since }, effects];
}

const prepend = (effects: readonly LinkEffect[], [state, more]: Step): Step => [state, [...effects, ...more]];
