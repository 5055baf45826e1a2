/** The work that nobody asks for by name: what is due, and what waits to be offered. Woken by the database, never idle for long. */
import type { Clock } from '../../lib/models/clock.ts';
import { callTargets } from '../campaigns/dial.ts';
import { sendTargets } from '../campaigns/sms.ts';
import type { Db, Trx } from '../db/connect.ts';
import { createListener } from '../db/listener.ts';
import type { Client } from 'pg';
import type { Logger } from '../log.ts';
import type { Views } from '../session/views.ts';
import { doDue } from './due.ts';
import type { Engine } from './engine.ts';
import { distribute } from './ring.ts';

/** A look without being told: heals a wake-up that was lost, and a person whom nobody heard of comes back. */
const SLOW_MS = 5000;
/** After a change, so that whoever made it has its answer before it is looked at what follows for others; and one round for many at once. */
const SOON_MS = 30;

export interface Work {
  start(): Promise<void>;
  /** One round now, and all that was asked for meanwhile. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

interface Dependencies {
  readonly db: Db;
  readonly connectAlone: () => Promise<Client>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
  readonly engine: Engine;
  readonly views: Views;
  readonly afterRound: () => void;
  readonly switchNext: (trx: Trx, sessionId: string) => Promise<void>;
}

const earliest = (a: number | null, b: number | null): number | null => (a === null || b === null ? (a ?? b) : Math.min(a, b));

export function createWork({ db, connectAlone, clock, random, log, engine, views, afterRound, switchNext }: Dependencies): Work {
  let stopped = false;
  let wanted = false;
  let running: Promise<void> | null = null;
  let callOff = () => {};

  const round = async (): Promise<number | null> => {
    const next = await doDue(db, engine, switchNext);
    const waiting = await db.selectFrom('interaction').select('account_id').distinct().where('state', '=', 'offered').execute();
    for (const { account_id } of waiting) await distribute(db, account_id, engine);
    // Whom an incoming call waits for has it by now.
    const called = await callTargets(db, engine);
    return earliest(earliest(next, called), await sendTargets(db, engine, views));
  };
  const takeWanted = () => {
    const take = wanted && !stopped;
    wanted = false;
    return take;
  };
  /** Two that waited for each other, or a database that is away: what is due stays due. */
  const attempt = async (): Promise<number | null> => {
    try {
      const next = await round();
      afterRound();
      return next;
    } catch (error) {
      log.warn({ err: error }, 'a round of the interactions failed: it is tried again');
      return null;
    }
  };
  const run = async () => {
    let next: number | null = null;
    while (takeWanted()) next = await attempt();
    running = null;
    if (!stopped) callOff = clock.after(Math.max(1, Math.min(SLOW_MS, next === null ? SLOW_MS : next - engine.now())), () => void look());
  };
  const look = (): Promise<void> => {
    callOff();
    wanted = true;
    return (running ??= run());
  };
  const wake = () => void look();
  let soon: (() => void) | null = null;
  const heard = () => {
    soon ??= clock.after(SOON_MS, () => {
      soon = null;
      wake();
    });
  };
  const listener = createListener({ connectAlone, log, random, channel: 'pennon_work', heard, listening: wake });

  return {
    start: () => listener.start(),
    look,
    async stop() {
      stopped = true;
      callOff();
      soon?.();
      await listener.stop();
      await running;
    },
  };
}
