import { sql } from 'kysely';
import type { Clock } from '../../lib/models/clock.ts';
import type { Db } from '../db/connect.ts';
import type { Logger } from '../log.ts';
import type { Sessions } from '../parts.ts';
import { createRunner, type Runner } from '../runner.ts';
import { dueGrants, endGrant, nextEnd } from './grants.ts';

/** Seen or not, a notice is no longer news. */
const NOTICES_KEPT = '7 days';
/** Rounds between two times of forgetting old notices: about an hour. */
const FORGET_EVERY = 120;

interface Dependencies extends Pick<Sessions, 'settlePerson'> {
  readonly db: Db;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Logger;
}

/**
 * Takes temporary rights away exactly when they end: banners hear of it, flows go off. That they count for nothing from
 * that moment does not hang on it (see `grantCounts`). Of several hubs each may, and one does.
 */
export function createGrantRunner({ db, clock, log, settlePerson }: Dependencies): Runner {
  let rounds = 0;
  const endAll = async (stopped: () => boolean) => {
    for (const due of await dueGrants(db)) {
      if (stopped()) return;
      if (await endGrant(db, due, settlePerson)) log.info({ grant: due.id }, 'a right that was granted for a while has ended');
    }
    if (rounds++ % FORGET_EVERY === 0) await sql`delete from notice where at < now() - ${NOTICES_KEPT}::interval`.execute(db);
  };
  return createRunner(clock, (stopped) =>
    endAll(stopped)
      .then(() => nextEnd(db))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'rights that have ended could not be put down: it is tried again');
        return null;
      }),
  );
}
