import type { Clock } from '../../lib/models/clock.ts';
import type { Db } from '../db/connect.ts';
import type { Logger } from '../log.ts';
import { createRunner, type Runner } from '../runner.ts';
import { type Due, type Outcome, type RunDependencies, runDue } from './run.ts';

/** After a fault of the database, say. */
const AGAIN_MS = 5000;

interface Dependencies extends RunDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  /** Something was published. */
  readonly published: () => void;
}

/** Does what is due exactly when it is, by a timer to the next; of several hubs each may, and one does. */
export function createScheduleRunner({ db, clock, log, published, ...deps }: Dependencies): Runner {
  const run = async (due: Due): Promise<Outcome | 'fault'> => {
    try {
      const outcome = await runDue(db, due, deps);
      log.info({ schedule: due.id, profile: due.profile_id, outcome }, 'a schedule was due');
      if (outcome === 'published') published();
      return outcome;
    } catch (error) {
      log.warn({ err: error, schedule: due.id }, 'what is due could not be done: it is tried again');
      return 'fault';
    }
  };
  const doAll = async (stopped: () => boolean): Promise<number | null> => {
    const faults: string[] = [];
    for (;;) {
      if (stopped()) return null;
      const next = await nextOf(db, faults);
      const wait = next ? next.at.getTime() - clock.now() : null;
      if (wait === null || wait > 0) return faults.length > 0 ? Math.min(wait ?? AGAIN_MS, AGAIN_MS) : wait;
      if ((await run(next!)) === 'fault') faults.push(next!.id);
    }
  };
  return createRunner(clock, (stopped) =>
    doAll(stopped).catch((error: unknown) => {
      log.warn({ err: error }, 'what is due could not be read');
      return AGAIN_MS;
    }),
  );
}

/** What waits for the earliest moment. @param without those that failed just now */
const nextOf = (db: Db, without: readonly string[]): Promise<(Due & { readonly at: Date }) | undefined> => {
  const waiting = db.selectFrom('schedule').select(['id', 'account_id', 'profile_id', 'at']).where('state', '=', 'waiting');
  const others = without.length > 0 ? waiting.where('id', 'not in', without) : waiting;
  return others.orderBy('at').orderBy('id').limit(1).executeTakeFirst();
};
