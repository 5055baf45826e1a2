/** The day, with a clock and a hub: what happens goes in, what is to be said goes out. */
import type { Clock } from '../../../lib/models/clock.ts';
import { type Asked, createAsked } from './asked.ts';
import { waitAfter } from './backoff.ts';
import { CallError, type Calls } from './calls.ts';
import { beginDay, type Day, type DayEffect, type DayEvent, type Rules, wakeAt } from './day.ts';
import { createLink, type Socket } from './link.ts';
import { createOutbox } from './outbox.ts';
import type { Places } from './offering.ts';
import type { Random } from './random.ts';
import { step } from './step.ts';

export interface Traffic {
  start(): void;
  /** As a script wants it. */
  hear(event: Extract<DayEvent, { type: 'script' | 'end' | 'write' | 'otherSide' | 'fail' }>): void;
  readonly places: () => Places | null;
  readonly contacts: () => Day['contacts'];
  /** What the hub asked, the newest last, and how it was answered; null while it is not. */
  readonly asked: () => readonly Asked[];
  /** The hub's name of one that was offered: rejects where the hub did not take it. */
  offered(ref: string): Promise<string>;
  /** Everybody goes, and the hub is told so where it listens. */
  stop(): Promise<void>;
}

interface Dependencies {
  readonly rules: Rules;
  readonly token: string;
  readonly calls: Calls;
  readonly open: () => Socket;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (line: string) => void;
  /** The hub does not know the token, and never will. */
  readonly unknown: () => void;
}

/** A hub that is away at the end hears no goodbye. */
const GOODBYE_MS = 2000;

export function createTraffic({ rules, token, calls, open, clock, random, log, unknown }: Dependencies): Traffic {
  let day = beginDay(rules);
  const asked = createAsked(clock);
  let callOff: (() => void) | null = null;
  let ended = false;
  const waiting = new Map<string, PromiseWithResolvers<string>>();

  const outbox = createOutbox({
    calls,
    clock,
    random,
    newKey: () => crypto.randomUUID(),
    log,
    offered(ref, id) {
      waiting.get(ref)?.resolve(id);
      hear({ type: 'offered', ref, id });
    },
    refused(ref) {
      waiting.get(ref)?.reject(new Error('The hub did not take it.'));
      hear({ type: 'refused', ref });
    },
  });

  const link = createLink({
    token,
    clock,
    random,
    open,
    welcomed: () => void readPlaces(0),
    lost() {
      log('The hub is away: trying again.');
      hear({ type: 'lost' });
    },
    turnedAway() {
      calls.readPlaces().catch((error: unknown) => error instanceof CallError && error.status === 401 && unknown());
    },
    asked(command) {
      asked.note(command);
      hear({ type: 'command', command });
    },
  });

  async function readPlaces(failures: number): Promise<void> {
    try {
      const places = await calls.readPlaces();
      if (ended) return;
      hear({ type: 'open', places });
      log('Connected to the hub.');
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (error.status === 401) return unknown();
      // Of the next link, should this one be lost too: it reads anew.
      if (!ended && error.passing) clock.after(waitAfter(failures, random), () => void readPlaces(failures + 1));
    }
  }

  function hear(event: DayEvent): void {
    if (ended) return;
    const [next, effects] = step(day, event, { now: clock.now(), random });
    day = next;
    for (const effect of effects) perform(effect);
    arrange();
  }

  function perform(effect: DayEffect): void {
    if (effect.do !== 'answer') return outbox.push(effect);
    const { commandId: id, result } = effect;
    asked.answer(id, result);
    link.answer({ type: 'answer', id, ...result });
  }

  function arrange(): void {
    callOff?.();
    const at = wakeAt(day);
    callOff = at === null ? null : clock.after(Math.max(0, at - clock.now()), () => hear({ type: 'tick' }));
  }

  async function stop(): Promise<void> {
    hear({ type: 'stop' });
    ended = true;
    callOff?.();
    link.stop();
    const { promise, resolve } = Promise.withResolvers<void>();
    const enough = clock.after(GOODBYE_MS, resolve);
    await Promise.race([outbox.idle(), promise]);
    enough();
    outbox.stop();
  }

  return {
    start: link.start,
    hear,
    places: () => day.places,
    contacts: () => day.contacts,
    asked: asked.all,
    offered(ref) {
      const waits = Promise.withResolvers<string>();
      waiting.set(ref, waits);
      return waits.promise.finally(() => waiting.delete(ref));
    },
    stop,
  };
}
