import { setTimeout as sleep } from 'node:timers/promises';
import { createListener } from '../db/listener.ts';
import type { HubContext } from '../parts.ts';

/** So long lies at least between two answers to one watcher, however much happens. */
const APART_MS = 200;
/** How often one looks by oneself while nothing is heard of the database. */
const DEAF_MS = 1000;

/** What holds now; null where there is no such thing. */
type Read<S> = () => Promise<S | null>;

export interface Watch<S> {
  /**
   * What holds of a thing, as `see` shows it to the one who asks: at once where it is not what `tag` names, else as soon
   * as it is not, else after `waitMs`. Null where there is no such thing.
   *
   * @throws what `see` throws, where it refuses
   */
  ask<A extends { readonly tag: string }>(id: string, read: Read<S>, see: (state: S) => A, tag: string | null, waitMs: number): Promise<A | null>;
  /** Lets go of all who wait. */
  stop(): Promise<void>;
}

export interface WatchOptions {
  /** Of NOTIFY, with the thing's id. */
  readonly channel: `pennon_${string}`;
  /** So long lies at least between two reads. */
  readonly apartMs?: number;
}

/**
 * Long polls on profiles, or on what else there is, woken up by the database (see the migrations 0004 and 0008). It is
 * listened to once somebody asks.
 */
export function createWatch<S>(context: Pick<HubContext, 'connectAlone' | 'log' | 'random'>, { channel, apartMs = APART_MS }: WatchOptions): Watch<S> {
  const rooms = new Map<string, Room<S>>();
  let stopped = false;
  let listening: Promise<void> | null = null;
  const listener = createListener({
    ...context,
    channel,
    heard: (id) => rooms.get(id)?.wake(),
    listening: () => wakeAll(),
  });
  const wakeAll = () => {
    for (const room of rooms.values()) room.wake();
  };
  const listen = () =>
    (listening ??= listener.start().catch((error: unknown) => {
      listening = null;
      context.log.warn({ err: error }, 'what is watched is looked at without being told of changes');
    }));

  const waitIn = async <A extends { readonly tag: string }>(room: Room<S>, read: Read<S>, see: (state: S) => A, tag: string | null, waitMs: number) => {
    const until = performance.now() + waitMs;
    for (;;) {
      const { state, wakes } = await room.read(read);
      const left = until - performance.now();
      const seen = state === null ? null : see(state);
      if (seen?.tag !== tag || left <= 0 || stopped) return seen;
      await room.changed(wakes, listener.isListening() ? left : Math.min(left, DEAF_MS));
    }
  };
  return {
    async ask(id, read, see, tag, waitMs) {
      if (!stopped) await listen();
      const room = rooms.get(id) ?? createRoom<S>(apartMs);
      rooms.set(id, room);
      room.inside++;
      try {
        return await waitIn(room, read, see, tag, waitMs);
      } finally {
        room.inside--;
        // Kept for a moment: whoever watches comes back at once, and then knows when it was read last.
        setTimeout(() => void (room.inside === 0 && rooms.get(id) === room && rooms.delete(id)), 2 * apartMs).unref();
      }
    },
    async stop() {
      stopped = true;
      wakeAll();
      await listening;
      await listener.stop();
    },
  };
}

interface Seen<S> {
  readonly state: S | null;
  /** How often there had been a wake when it was read. */
  readonly wakes: number;
}

interface Room<S> {
  /** How many are asking. */
  inside: number;
  wake(): void;
  /** Reads anew, together with all who ask for it meanwhile, and not more often than one may answer. */
  read(read: Read<S>): Promise<Seen<S>>;
  /** Resolves at the next wake after those that were seen, or after `withinMs`. */
  changed(seen: number, withinMs: number): Promise<void>;
}

/** Those who look at one thing. */
function createRoom<S>(apartMs: number): Room<S> {
  let wakes = 0;
  let readAt = -apartMs;
  /** A read that has not begun: it will see all that has happened until now. */
  let coming: Promise<Seen<S>> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const waiting = new Set<() => void>();
  const readNext = async (read: Read<S>): Promise<Seen<S>> => {
    await last.catch(() => {});
    await sleep(Math.max(0, readAt + apartMs - performance.now()));
    coming = null;
    readAt = performance.now();
    const seen = wakes;
    const reading = read();
    last = reading;
    return { state: await reading, wakes: seen };
  };
  return {
    inside: 0,
    wake() {
      wakes++;
      for (const go of waiting) go();
    },
    read: (read) => (coming ??= readNext(read)),
    async changed(seen, withinMs) {
      if (wakes !== seen) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, withinMs);
      waiting.add(resolve);
      await promise;
      clearTimeout(timer);
      waiting.delete(resolve);
    },
  };
}
