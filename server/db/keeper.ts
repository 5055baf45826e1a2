/** Keeps the embedded database running: starts it again where it ended by itself, or hangs where nothing will come of it. */
import type { FolderLock } from './folder-lock.ts';

/** `hangs`: it says that it recovers, and nobody in it does. */
export type ClusterState = 'serves' | 'gone' | 'recovers' | 'hangs';

export interface Cluster {
  start(): Promise<void>;
  /** `immediate`: as a crash, which it recovers from as it starts. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  look(): Promise<ClusterState>;
}

export interface Keeper {
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** So long between a crash and its recovery there may be nobody who recovers yet. */
const HANGS_MS = 15_000;

/**
 * One thing at a time: neither two revivals, nor a revival while it stops.
 *
 * @param elapsed milliseconds, for how long it hangs
 */
export function createKeeper(cluster: Cluster, lock: Pick<FolderLock, 'release'>, elapsed: () => number): Keeper {
  let stopped: Promise<void> | null = null;
  let reviving: Promise<void> | null = null;
  let hangsSince: number | null = null;

  const isLost = (state: ClusterState): boolean => {
    hangsSince = state === 'hangs' ? (hangsSince ?? elapsed()) : null;
    return state === 'gone' || (hangsSince !== null && elapsed() - hangsSince >= HANGS_MS);
  };
  const revive = async () => {
    const state = await cluster.look();
    if (!isLost(state)) return;
    await cluster.stop(state === 'hangs' ? 'immediate' : 'fast');
    hangsSince = null;
    if (!stopped) await cluster.start();
  };
  return {
    async revive() {
      if (stopped) return;
      await (reviving ??= revive().finally(() => (reviving = null)));
    },
    stop: () =>
      (stopped ??= Promise.resolve(reviving)
        .catch(() => {})
        .then(() => cluster.stop('fast'))
        .finally(() => lock.release())),
  };
}
