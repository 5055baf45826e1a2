/** One line a step, with the time it took. */
export interface Progress {
  /** Says that a step is done; its time runs from the one before. */
  done(what: string): void;
  /** A line of its own, without a time. */
  say(text: string): void;
}

const WIDTH = 58;

export function createProgress(write: (line: string) => void, now: () => number = () => performance.now()): Progress {
  let last = now();
  return {
    done(what) {
      const seconds = ((now() - last) / 1000).toFixed(1);
      last = now();
      write(`  ✓ ${what.padEnd(WIDTH)} ${seconds.padStart(5)} s`);
    },
    say: write,
  };
}
