import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';
import type { Logger } from '../log.ts';

export interface Seen {
  /** Something was heard of the session. Costs nothing now: it is written with all others at the next flush. */
  mark(sessionId: string): void;
  flush(): Promise<void>;
}

/** Keeps `session.seen_at` with one statement for all sessions heard of, however many. */
export function createSeen({ db, log }: { readonly db: Db; readonly log: Logger }): Seen {
  let heard = new Set<string>();
  return {
    mark(sessionId) {
      heard.add(sessionId);
    },
    async flush() {
      if (heard.size === 0) return;
      const ids = [...heard];
      heard = new Set();
      // Rows that something else holds are left for the next time: waiting for them could lock both up.
      const write = sql`
        update session set seen_at = now()
        where id in (
          select id from session where id = any(${ids}::uuid[]) and closed_at is null
          order by id for no key update skip locked
        )`.execute(db);
      await write.catch((error: unknown) => {
        for (const id of ids) heard.add(id);
        log.warn({ err: error }, 'when sessions were seen could not be written');
      });
    },
  };
}
