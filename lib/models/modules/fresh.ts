/** Reads again what others change: at once where the hub says so, and every while where it does not. */
import type { Clock } from '../clock.ts';

/** So often what is looked at is read again though nobody has said that it changed: a word may get lost. */
export const FRESH_MS = 20_000;
/** So often at most, however much is changed. */
export const APART_MS = 1000;
/** Something is on its way: looked at again in so long. */
const BUSY_MS = 200;

export interface FreshEdges {
  readonly clock: Clock;
  /** Whether the hub is there: once it is back, everything is read anyway. */
  readonly live: () => boolean;
  /** Whether something is on its way. */
  readonly busy: () => boolean;
  /** Whether it is little enough to be read though nobody has said that it changed. */
  readonly small: () => boolean;
  /** @param changed the hub has said so */
  readonly read: (changed: boolean) => void;
}

export interface Fresh {
  /** The hub says that it has changed. */
  changed(): void;
  stop(): void;
}

export function createFresh({ clock, live, busy, small, read }: FreshEdges): Fresh {
  let readAt = Number.NEGATIVE_INFINITY;
  let wanted = false;
  let callOff = () => {};
  const wait = (milliseconds: number) => {
    callOff();
    callOff = clock.after(milliseconds, look);
  };
  function look(): void {
    const changed = wanted && live();
    const early = readAt + APART_MS - clock.now();
    if (changed && (early > 0 || busy())) return wait(Math.max(early, BUSY_MS));
    wanted = false;
    wait(FRESH_MS);
    if (!changed && (!live() || busy() || !small())) return;
    readAt = clock.now();
    read(changed);
  }
  wait(FRESH_MS);
  return {
    changed() {
      wanted = true;
      look();
    },
    stop: () => callOff(),
  };
}
