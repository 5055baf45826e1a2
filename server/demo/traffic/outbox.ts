/**
 * What is said to the hub over HTTP, one thing after the other: a report may rest on the offer before it. All of it may be
 * said twice: the hub knows an offer by its ref, an event by its key.
 */
import type { Clock } from '../../../lib/models/clock.ts';
import { waitAfter } from './backoff.ts';
import { CallError, type Calls } from './calls.ts';
import type { DayEffect } from './day.ts';
import type { Random } from './random.ts';

type Said = Extract<DayEffect, { do: 'offer' | 'report' }>;

export interface Outbox {
  push(said: Said): void;
  /** Resolves once everything is said, or given up. */
  idle(): Promise<void>;
  /** Gives up what is left. */
  stop(): void;
}

interface Dependencies {
  readonly calls: Calls;
  readonly clock: Clock;
  readonly random: Random;
  /** A name for an event that no other has. */
  readonly newKey: () => string;
  readonly offered: (ref: string, id: string) => void;
  readonly refused: (ref: string) => void;
  readonly log: (line: string) => void;
}

/** The hub fails at it each time: it would fail for ever, and hold up all that is behind. */
const MOST_FAILURES = 5;
const MOST_NAMES = 1000;

export function createOutbox({ calls, clock, random, newKey, offered, refused, log }: Dependencies): Outbox {
  const queue: Said[] = [];
  /** The hub's names by ours, the newest. */
  const ids = new Map<string, string>();
  let running: Promise<void> | null = null;
  const stopping = new AbortController();
  let wake: (() => void) | null = null;

  const say = async (said: Said): Promise<void> => {
    if (said.do === 'offer') {
      const { ref } = said.offer;
      const id = await calls.offer(said.offer);
      ids.delete(ref);
      ids.set(ref, id);
      if (ids.size > MOST_NAMES) ids.delete(ids.keys().next().value as string);
      return offered(ref, id);
    }
    const id = said.id ?? ids.get(said.ref);
    if (id !== undefined) await calls.report(id, said.event);
  };

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((done) => {
      const callOff = clock.after(milliseconds, done);
      wake = () => {
        callOff();
        done();
      };
    });

  async function sayUntilHeard(said: Said): Promise<void> {
    for (let failures = 0, failed = 0; !stopping.signal.aborted; failures += 1) {
      try {
        return await say(said);
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        if (error.status >= 500 && error.status !== 503) failed += 1;
        if (!error.passing || failed === MOST_FAILURES) {
          log(`Not said: ${error.message}`);
          if (said.do === 'offer') refused(said.offer.ref);
          return;
        }
        await pause(error.retryAfterMs ?? waitAfter(failures, random));
      }
    }
  }

  async function run(): Promise<void> {
    for (let said = queue.shift(); said && !stopping.signal.aborted; said = queue.shift()) await sayUntilHeard(said);
    // In the same turn as the last look at the queue: what is pushed from here on begins anew.
    running = null;
  }

  return {
    push(said) {
      queue.push(said.do === 'report' ? { ...said, event: { ...said.event, key: newKey() } } : said);
      running ??= run();
    },
    idle: () => running ?? Promise.resolve(),
    stop() {
      stopping.abort();
      queue.length = 0;
      wake?.();
    },
  };
}
