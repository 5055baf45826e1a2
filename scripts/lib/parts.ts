/** What programs that run beside each other say, each part of it whole: none begins in the middle of another's. */

/** Said after each part: the control character for the end of a record, which no text has. */
export const PART_ENDS = '\u001e';

export interface Parts {
  /** Takes the next piece of what a program says, wherever it may be cut. */
  hear(piece: string): void;
  /** The program has ended: says what is left, whole or not. */
  end(): void;
}

/** @param say hears each part once it is whole, without its end */
export function inParts(say: (part: string) => void): Parts {
  let left = '';
  return {
    hear(piece) {
      const parts = (left + piece).split(PART_ENDS);
      left = parts.pop()!;
      for (const part of parts) say(part);
    },
    end() {
      if (left.trim() !== '') say(left);
      left = '';
    },
  };
}
