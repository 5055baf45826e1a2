/** What the parts of the session share. */
import type { HubClient } from '../api/client-call.ts';
import type { sessionRoutes } from '../api/routes-session.ts';
import type { Problem } from '../api/problem.ts';
import type { Link } from '../live/link.ts';
import type { Clock } from '../models/clock.ts';
import type { SnapshotCache } from '../store/cache.ts';
import type { KeptStore } from '../store/kept.ts';
import type { StateStore } from '../store/state.ts';
import type { Answer } from './client-state.ts';
import type { Holding } from './holding.ts';
import type { SignIn } from './sign-in.ts';

export interface Context {
  readonly state: StateStore;
  readonly kept: KeptStore;
  readonly cache: SnapshotCache;
  readonly holding: Holding;
  readonly hub: Pick<HubClient, keyof typeof sessionRoutes>;
  readonly link: Link;
  readonly signIn: SignIn;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
  /** How the person would know this browser: "Firefox on Linux". */
  readonly browserName: () => Promise<string>;
  /** Whether the last sign-out was the person's own: the next sign-in then asks who it is. Outlives the browser. */
  readonly askAgain: { get(): Promise<boolean>; set(ask: boolean): Promise<void> };
  /** Rings every half minute while somebody is signed in, also when the background sleeps. */
  readonly watchdog: { set(on: boolean): void };
  /** Moves to the hub that the settings name, where that is another. */
  readonly followSettings: () => Promise<void>;
  /** Renews tokens in time from now on. */
  readonly watchTokens: () => void;
  readonly life: Life;
}

/** One sign-in, from beginning to end: what was asked in an earlier one is not listened to any more. */
export interface Life {
  signal(): AbortSignal;
  end(): void;
}

export function createLife(): Life {
  let current = new AbortController();
  return {
    signal: () => current.signal,
    end() {
      current.abort();
      current = new AbortController();
    },
  };
}

export const DONE: Answer<void> = { ok: true, value: undefined };
export const refuse = (problem: Problem): { readonly ok: false; readonly problem: Problem } => ({ ok: false, problem });

/** Runs one thing once at a time: who asks meanwhile gets the same answer. */
export function singleFlight<T>(run: () => Promise<T>): () => Promise<T> {
  let flight: Promise<T> | null = null;
  return () =>
    (flight ??= run().finally(() => {
      flight = null;
    }));
}
