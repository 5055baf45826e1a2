/** What is held of the hub's documents and how sure that is: every change of the state passes through here. */
import type { Snapshot, SnapshotUpdate } from '../api/snapshot.ts';
import { applyUpdate, isComparable, isWhole, type Origin } from '../live/apply.ts';
import type { SteadyTime } from '../live/steady.ts';
import type { Clock } from '../models/clock.ts';
import type { SnapshotCache } from '../store/cache.ts';
import type { StateStore } from '../store/state.ts';
import type { ClientState } from './client-state.ts';
import { connectionOf, RECONNECTING_MS } from './connection.ts';

/** A change of the clocks' difference below this is the network's, not theirs. */
const CLOCK_NOISE_MS = 500;

/** A snapshot that may be shown so much longer is another one. */
const LONGER_MS = 1000;

export interface Holding {
  /** Changes the state, and with it what is said of the connection, in one. */
  change(change: Partial<ClientState>): void;
  /** Takes an update from the hub, together with another change. False where only a whole snapshot would help. */
  take(update: SnapshotUpdate, origin?: Origin, change?: Partial<ClientState>): boolean;
  /** The hub said that what is held still holds. */
  confirm(): void;
  /** A sign of life of the link. */
  heard(): void;
  /** The link is open and says what holds: told with the next change. */
  linkOpened(): void;
  linkLost(): void;
  /** It begins to be looked for now, whenever it was lost: told with the next change. */
  linkSought(): void;
  /** How long ago the link was lost, or began to be looked for, in milliseconds; null while it is open. */
  lostFor(): number | null;
  /** Begins, from nothing or from what an earlier life of the background mirrored. */
  begin(state: ClientState, asOf: number | null): void;
}

export interface HoldingEdges {
  readonly state: StateStore;
  readonly cache: SnapshotCache;
  readonly clock: Clock;
  /** Of that clock, and the link's too. */
  readonly time: SteadyTime;
  readonly nextTryAt: () => number | null;
}

export function createHolding({ state, cache, clock, time, nextTryAt }: HoldingEdges): Holding {
  let open = false;
  /** These two by the steady time: for how long, and not when. */
  let lostAt = time.now();
  let answeredAt: number | null = null;
  let asOf: number | null = null;
  let callOff: (() => void) | null = null;

  const connectionWith = (next: ClientState): ClientState['connection'] => {
    const now = time.now();
    const before = next.connection;
    const signedIn = next.phase === 'open' || next.phase === 'opening' || (next.phase === 'signingIn' && next.snapshot !== null);
    const view = connectionOf({ signedIn, open, lostAt, answeredAt }, now);
    callOff?.();
    callOff = view.until === null ? null : clock.after(view.until - now, () => rung(view.until!));
    const tryAt = view.state === 'reconnecting' || view.state === 'stale' ? nextTryAt() : null;
    const sure = next.snapshot === null ? null : view.state === 'live' ? before.asOf : asOf;
    if (view.state === before.state && tryAt === before.nextTryAt && sure === before.asOf) return before;
    const since = view.state === before.state ? before.since : clock.now();
    return { state: view.state, since, asOf: next.snapshot === null ? null : asOf, nextTryAt: tryAt };
  };
  const change = (part: Partial<ClientState>) => {
    const next = { ...state.get(), ...part };
    state.set({ ...part, connection: connectionWith(next) });
  };
  const rung = (at: number) => {
    time.now(at);
    change({});
  };
  /** Behind the mirror, which frames wait for; and what is held then, for nothing may be kept of who has signed out meanwhile. */
  const keep = (confirmedAt: number) =>
    void state.mirrored().then(() => {
      const { hub, snapshot } = state.get();
      if (snapshot) void cache.write({ hub, confirmedAt, snapshot });
    });
  const confirm = () => {
    answeredAt = time.now();
    asOf = clock.now();
  };

  return {
    change,
    take(update, origin, part = {}) {
      const before = state.get();
      const applied = applyUpdate(before.snapshot, update, origin);
      const snapshot = isNews(before.snapshot, applied) ? applied : before.snapshot;
      const helps = isWhole(update) || (before.snapshot !== null && isComparable(before.snapshot, update));
      if (!helps || !snapshot) {
        change(part);
        return false;
      }
      if (isWhole(update)) confirm();
      const offset = update.now - clock.now();
      const clockOffset = Math.abs(offset - before.clockOffset) > CLOCK_NOISE_MS ? offset : before.clockOffset;
      const problem = before.phase === 'open' ? null : before.problem;
      change({ snapshot, confirmed: true, clockOffset, problem, ...part });
      if (hasOtherParts(before.snapshot, snapshot) || !before.confirmed) {
        keep(clock.now());
      }
      return true;
    },
    confirm() {
      confirm();
      const { connection, phase, problem } = state.get();
      change({ confirmed: true, problem: phase === 'open' ? null : problem, connection: { ...connection, asOf } });
    },
    heard() {
      asOf = clock.now();
    },
    linkOpened() {
      open = true;
    },
    linkLost() {
      if (open) lostAt = time.now();
      open = false;
      change({});
    },
    linkSought() {
      open = false;
      lostAt = time.now();
    },
    lostFor: () => (open ? null : time.now() - lostAt),
    begin(first, sure) {
      asOf = sure;
      // What was stale stays so until the hub is heard; what was not is being looked for from now.
      lostAt = time.now() - (first.connection.state === 'stale' ? RECONNECTING_MS : 0);
      state.begin({ ...first, connection: connectionWith(first) });
    },
  };
}

/**
 * Of one's own change the hub speaks twice, in its answer and over the link: the second time nothing is new but that it may be
 * shown some milliseconds longer, for which no frame has to be told and drawn anew.
 */
const isNews = (before: Snapshot | null, now: Snapshot | null): boolean =>
  before === null || now === null || hasOtherParts(before, now) || now.expiresAt < before.expiresAt || now.expiresAt - before.expiresAt >= LONGER_MS;

const hasOtherParts = (before: Snapshot | null, now: Snapshot): boolean =>
  before?.profile !== now.profile || before.person !== now.person || before.situation !== now.situation;
