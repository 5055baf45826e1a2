import type { Clock } from '../../lib/models/clock.ts';

export interface FakeClock extends Clock {
  /** Lets so many milliseconds pass; what is due calls back in order, each followed by what promises it settles. */
  pass(milliseconds: number): Promise<void>;
  /** The clock is set to another time, which none that passes: what is waited for is waited for as long as before. */
  turn(milliseconds: number): void;
  /** When something is due next; null where nothing is. */
  nextAt(): number | null;
}

/** Lets promises that are settled call back. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

export function fakeClock(start = 1_800_000_000_000): FakeClock {
  let time = start;
  let next = 0;
  const due = new Map<number, { at: number; callback: () => void }>();
  const first = () => [...due].toSorted((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
  return {
    now: () => time,
    after(milliseconds, callback) {
      const id = (next += 1);
      due.set(id, { at: time + Math.max(0, milliseconds), callback });
      return () => due.delete(id);
    },
    turn(milliseconds) {
      time += milliseconds;
      for (const entry of due.values()) entry.at += milliseconds;
    },
    nextAt: () => first()?.[1].at ?? null,
    async pass(milliseconds) {
      const end = time + milliseconds;
      await settled();
      for (let entry = first(); entry && entry[1].at <= end; entry = first()) {
        due.delete(entry[0]);
        time = Math.max(time, entry[1].at);
        entry[1].callback();
        await settled();
      }
      time = end;
    },
  };
}
