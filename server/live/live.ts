import type { Auth } from '../auth/auth.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Logger } from '../log.ts';
import type { HubContext, Live, Sessions } from '../parts.ts';
import type { Seen } from '../session/seen.ts';
import { createChangeReader } from './change-reader.ts';
import { createEntry, type Enter } from './entry.ts';
import { createEventStreams } from './events.ts';
import { createHints } from './hints.ts';
import { createLinks, type Link, type Links } from './link.ts';
import { type Envelope, say, snapshotMessage } from './message.ts';
import type { OutboxRules } from './outbox.ts';
import { type Admission, createPace } from './pace.ts';
import { createPusher, type Pusher } from './push.ts';
import { createReceiptQueue, type ReceiptQueue } from './receipt-queue.ts';
import { BUFFER_CAP_BYTES, type Timing, TIMING } from './timing.ts';
import { createWebSockets } from './web-socket.ts';

/** What either transport is given. */
export interface LinkDependencies {
  readonly enter: Enter;
  readonly authenticator: Authenticator;
  readonly log: Logger;
  readonly now: () => number;
  /** For how long something lasts: silence, what waits, a place in the line. */
  readonly elapsed: () => number;
  readonly random: () => number;
  readonly timing: Timing;
  readonly pusher: Pusher;
  readonly receipts: ReceiptQueue;
  readonly seen: Seen;
  readonly pace: () => Admission;
  readonly outboxRules: OutboxRules;
  readonly isStopping: () => boolean;
  /** When to come back, in milliseconds: another time for each. */
  readonly retryAfter: () => number;
  /** The link is closed. */
  readonly gone: (link: Link) => void;
}

/** Live links, as a part of the hub. @param timing other times than a product has, for tests */
export async function createLive(
  context: HubContext,
  authenticator: Pick<Auth, 'authenticate'>,
  { snapshots, seen, unchanged }: Pick<Sessions, 'snapshots' | 'seen' | 'unchanged'>,
  timing: Timing = TIMING,
): Promise<Live> {
  const { config, connectAlone, db, elapsed, log, metrics, now, random } = context;
  const links = createLinks();
  const pusher = createPusher({ links, snapshots, now });
  const receipts = createReceiptQueue({ db, log, everyMs: timing.receiptsMs });
  const hints = createHints({ links, db, connectAlone, log, random, now });
  const reader = createChangeReader({
    db, connectAlone, log, random, pollMs: timing.pollMs,
    onChanges(changes) {
      unchanged.forget(changes);
      return pusher.onChanges(changes);
    },
    onListening: unchanged.forgetAll,
  });
  unchanged.follow(reader.isListening);
  const envelope = (): Envelope => ({ epoch: snapshots.epoch, now: now(), expiresAt: snapshots.expiresAt() });
  let stopping = false;
  const deps: LinkDependencies = {
    enter: createEntry({ db, authenticator }),
    authenticator,
    log,
    now,
    elapsed,
    random,
    timing,
    pusher,
    receipts,
    seen,
    pace: createPace(config.acceptRate, elapsed),
    outboxRules: { capBytes: BUFFER_CAP_BYTES, wrap: (texts) => snapshotMessage(envelope(), texts), elapsed },
    isStopping: () => stopping,
    retryAfter: () => 500 + Math.floor(random() * timing.spreadMs),
    gone(link) {
      links.remove(link);
      hints.forget(link);
    },
  };
  const webSockets = createWebSockets(deps);
  const events = createEventStreams(deps);
  const watch = createWatch(deps, links);
  const renew = () => void pusher.renew().catch((error: unknown) => log.warn({ err: error }, 'what is held could not be looked at, and is not said to hold'));
  const renewal = setInterval(renew, (config.snapshotTtlSec * 1000) / 4).unref();
  const timer = setInterval(() => {
    watch();
    for (const transport of ['webSocket', 'events'] as const) metrics.sockets.set({ transport }, links.count(transport));
  }, timing.tickMs).unref();
  return {
    follow: hints.follow,
    async start() {
      await reader.start();
      await hints.start();
    },
    isListening: () => reader.isListening(),
    upgrade: webSockets.upgrade,
    request: events.request,
    async stop(spreadMs) {
      stopping = true;
      clearInterval(timer);
      clearInterval(renewal);
      await reader.stop();
      await hints.stop();
      for (const link of links) link.bye('stopping', Math.floor(random() * spreadMs));
      await allGone(links, timing.closeMs, elapsed);
      webSockets.stop();
      await receipts.flush();
    },
  };
}

/** A look at all links, once a tick: who is silent, stuck or without a valid token, and who is due to hear a beat. */
function createWatch({ timing, now, elapsed, seen }: LinkDependencies, links: Links): () => void {
  return () => {
    const time = elapsed();
    const moment = now();
    const beat = say({ type: 'beat', now: moment });
    for (const link of links) {
      const { cloggedSince } = link;
      const silent = link.transport === 'webSocket' && time - link.heardAt > timing.stallMs;
      if (silent || (cloggedSince !== null && time - cloggedSince > timing.stuckMs)) link.cut();
      else if (link.opening) continue;
      else if (moment >= link.expiresAt) link.bye('tokenExpired');
      // Due before the next look: beats come at least as often as promised.
      else if (time + timing.tickMs > link.beatAt && cloggedSince === null) {
        link.beatAt = time + timing.beatMs;
        link.say(beat);
        // A stream's reader says nothing: that it keeps up is its sign of life.
        if (link.transport === 'events') seen.mark(link.sessionId);
      }
    }
  };
}

/** Resolves once all links are gone, or after `withinMs`. */
async function allGone(links: Links, withinMs: number, elapsed: () => number): Promise<void> {
  const until = elapsed() + withinMs;
  while (links.size > 0 && elapsed() < until) await new Promise((resolve) => setTimeout(resolve, 10));
}
