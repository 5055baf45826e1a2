import type { Message, PartTexts } from './message.ts';

/** Where bytes go: a socket or a stream, seen by what matters here. */
export interface Pipe {
  write(message: Message): void;
  /** Bytes accepted and not yet handed to the network. */
  readonly buffered: number;
  /** Calls back once, when the pipe has drained. */
  onceDrained(drained: () => void): void;
}

export interface Outbox {
  /** Writes a small message that stands for itself. */
  say(message: Message): void;
  /** Sends documents; `message` is their ready-made message, shared with other receivers of the same ones. */
  push(parts: PartTexts, message: Message): void;
  /** Since when the reader does not keep up; null while it does. By the hub's `elapsed`. */
  readonly cloggedSince: number | null;
}

/** The same for all outboxes. */
export interface OutboxRules {
  readonly capBytes: number;
  readonly wrap: (parts: PartTexts) => Message;
  readonly elapsed: () => number;
}

/**
 * What waits for one receiver. A slow one is not sent every state that has been: while more than `capBytes` wait, only
 * the newest of each document is kept, and they go out in one message once the pipe has drained, so that documents
 * that changed together are never seen apart. A class, as all that is there once for each of thousands of links: closures
 * would weigh four times as much.
 */
export class DocumentOutbox implements Outbox {
  readonly #pipe: Pipe;
  readonly #rules: OutboxRules;
  /** What is kept for a reader that does not keep up. */
  #clog: { parts: PartTexts; readonly since: number } | null = null;

  constructor(pipe: Pipe, rules: OutboxRules) {
    this.#pipe = pipe;
    this.#rules = rules;
  }

  say(message: Message): void {
    this.#pipe.write(message);
  }

  push(parts: PartTexts, message: Message): void {
    if (!this.#clog && this.#pipe.buffered <= this.#rules.capBytes) return this.#pipe.write(message);
    if (!this.#clog) this.#pipe.onceDrained(() => this.#drained());
    this.#clog ??= { parts: {}, since: this.#rules.elapsed() };
    this.#clog.parts = { ...this.#clog.parts, ...parts };
  }

  get cloggedSince(): number | null {
    return this.#clog && this.#clog.since;
  }

  #drained(): void {
    const clog = this.#clog;
    this.#clog = null;
    if (clog) this.#pipe.write(this.#rules.wrap(clog.parts));
  }
}
