/** Time as an argument, so that every countdown and expiry is tested exactly. */
export interface Clock {
  /** Milliseconds since the epoch, on this machine. */
  now(): number;
  /** Calls back once after so many milliseconds. Returns how to call it off. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The longest wait `setTimeout` takes; a longer one would run out at once. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, milliseconds), LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  },
};
