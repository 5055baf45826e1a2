/**
 * The background as a frame sees it, over a port. The first state comes from the mirror, before the background is even
 * awake; a port lost because the browser suspended the background is opened again and calls under way are sent again.
 */
import { browser } from 'wxt/browser';
import { clientProblem } from '../api/client-problem.ts';
import { afterPaint } from '../frame/after-paint.ts';
import { type Clock, systemClock } from '../models/clock.ts';
import type { AreaChanges } from '../store/area-changes.ts';
import { readMirror, type SessionArea, watchMirror } from '../store/mirror.ts';
import type { Answer, Client, ClientState, ClientVerb, ClientVerbs } from './client-state.ts';
import { type BackgroundMessage, CLIENT_PORT, type FrameMessage, type Port, withDelta } from './port-messages.ts';

export interface FrameEdges {
  readonly runtime: { readonly id?: string | undefined; connect(info: { name: string }): Port };
  readonly session: Pick<SessionArea, 'get'>;
  /** Of the same area; null where there is none: in Firefox a frame on a page has no storage of the session. */
  readonly changes: AreaChanges | null;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly newId: () => string;
  /** Calls back when the page comes back from the back-forward cache, which closes ports without a word. */
  readonly onReturn: (listener: () => void) => void;
  /** Where it is given, a page that has a state to draw asks the background only then. */
  readonly afterPaint?: (act: () => void) => void;
}

/** Waits between two tries to reach the background: 0.1 s doubling to 5 s, each with full jitter. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5000;
/** So often a call is sent again after its port was lost under it. */
const MOST_SENDS = 3;
/** A sign-in opens a window: sent again, it would open a second one. */
const ONCE: ReadonlySet<ClientVerb> = new Set(['signIn']);

interface Call {
  readonly message: FrameMessage;
  readonly settle: (answer: Answer<unknown>) => void;
  sends: number;
}

/** @param mirrored for who began to read the mirror before */
export function connectClient(edges: FrameEdges = browserEdges(), mirrored: Promise<ClientState | null> = readMirror(edges.session)): Client {
  const listeners = new Set<(state: ClientState) => void>();
  const calls = new Map<string, Call>();
  let state: ClientState | null = null;
  let port: Port | null = null;
  let heard = false;
  let failures = 0;
  let unwatch: (() => void) | null = null;

  const publish = (next: ClientState) => {
    state = next;
    for (const listener of listeners) listener(next);
  };
  const send = (call: Call) => {
    call.sends += 1;
    try {
      port?.postMessage(call.message);
    } catch {
      // The port is gone already and its end not yet told: `lost` sends the call again.
    }
  };
  const settle = (id: string, answer: Answer<unknown>) => {
    const call = calls.get(id);
    calls.delete(id);
    call?.settle(answer);
  };

  const receive = (message: BackgroundMessage) => {
    if (message.type === 'answer') return settle(message.id, message.answer);
    // After a new port the background sends every part; before that, what is held here is the base.
    const before = heard ? (state?.snapshot ?? null) : null;
    heard = true;
    failures = 0;
    unwatch?.();
    unwatch = null;
    publish({ ...message.state, snapshot: withDelta(before, message.snapshot) });
  };

  const connect = () => {
    if (port) return;
    try {
      const opened = edges.runtime.connect({ name: CLIENT_PORT });
      port = opened;
      heard = false;
      opened.onMessage.addListener((message) => port === opened && receive(message as BackgroundMessage));
      opened.onDisconnect.addListener(() => port === opened && lost());
      for (const call of calls.values()) send(call);
    } catch {
      lost();
    }
  };

  const lost = () => {
    port = null;
    watch();
    if (edges.runtime.id === undefined) return outdated();
    for (const [id, { message, sends }] of calls) {
      if (sends >= MOST_SENDS || (sends > 0 && ONCE.has(message.verb))) {
        settle(id, { ok: false, problem: clientProblem('client.interrupted') });
      }
    }
    // Signed out there is no link to keep: the background may sleep until it is asked, or the mirror changes.
    if (state?.phase === 'signedOut' && calls.size === 0) return;
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
    failures += 1;
    edges.clock.after(edges.random() * longest, connect);
  };

  const outdated = () => {
    const problem = clientProblem('client.outdated');
    for (const id of calls.keys()) settle(id, { ok: false, problem });
    if (state) publish({ ...state, problem, connection: { ...state.connection, state: 'stale' } });
  };

  const fromMirror = (mirrored: ClientState | null) => {
    if (mirrored && !(port && heard)) publish(mirrored);
  };
  // With a port open, each state would come twice.
  const watch = () => {
    if (edges.changes) unwatch ??= watchMirror(edges.changes, edges.session, fromMirror);
  };
  void mirrored.then((state) => {
    fromMirror(state);
    if (state && edges.afterPaint) edges.afterPaint(connect);
    else connect();
  });
  watch();
  edges.onReturn(() => {
    port?.disconnect();
    port = null;
    connect();
  });
  if (!edges.afterPaint) connect();

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (state) listener(state);
      return () => listeners.delete(listener);
    },
    call(verb, ...args) {
      type Value = Answer<ReturnType<ClientVerbs[typeof verb]>>;
      return new Promise<Value>((resolve) => {
        const message: FrameMessage = { type: 'call', id: edges.newId(), verb, args };
        const call: Call = { message, sends: 0, settle: (answer) => resolve(answer as Value) };
        calls.set(message.id, call);
        if (port) send(call);
        else connect();
      });
    },
  };
}

function browserEdges(): FrameEdges {
  return {
    runtime: browser.runtime as unknown as FrameEdges['runtime'],
    session: browser.storage.session as unknown as SessionArea,
    changes: ((browser.storage.session as typeof browser.storage.session | undefined)?.onChanged ?? null) as AreaChanges | null,
    clock: systemClock,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    onReturn: (listener) => addEventListener('pageshow', (event) => event.persisted && listener()),
    afterPaint,
  };
}
