import type { Message, PartTexts } from './message.ts';

/** Where bytes go: a socket or a stream, seen by what matters here. */
export interface Pipe {
  write(message: Message): void;
  /** Bytes accepted and not yet handed to the network. */
  readonly buffered: number;
}

export interface Outbox {
  /** Writes a small message that stands for itself. */
  say(message: Message): void;
  /** Sends documents; `message` is their ready-made message, shared with other receivers of the same ones. */
  push(parts: PartTexts, message: Message): void;
  /** To be called when the pipe has drained. */
  drained(): void;
  /** Since when the reader does not keep up; null while it does. Milliseconds since the epoch. */
  readonly cloggedSince: number | null;
}

/**
 * What waits for one receiver. A slow one is not sent every state that has been: while more than `capBytes` wait, only
 * the newest of each document is kept, and they go out in one message once the pipe has drained, so that documents
 * that changed together are never seen apart.
 */
export function createOutbox(deps: {
  readonly pipe: Pipe;
  readonly capBytes: number;
  readonly wrap: (parts: PartTexts) => Message;
  readonly now: () => number;
}): Outbox {
  const { pipe, capBytes, wrap, now } = deps;
  let kept: PartTexts | null = null;
  let cloggedSince: number | null = null;
  return {
    say(message) {
      pipe.write(message);
    },
    push(parts, message) {
      if (pipe.buffered <= capBytes && !kept) {
        pipe.write(message);
        return;
      }
      kept = { ...kept, ...parts };
      cloggedSince ??= now();
    },
    drained() {
      const parts = kept;
      kept = null;
      cloggedSince = null;
      if (parts) pipe.write(wrap(parts));
    },
    get cloggedSince() {
      return cloggedSince;
    },
  };
}
