import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';
import type { Logger } from '../log.ts';

/** Whoever is heard of for the first time in a while is written down within so long: a hub that ends before its next round loses no more than that. */
const NEWS_MS = 1000;

export interface Seen {
  /** Something was heard of the session. Costs nothing now: it is written with all others, newcomers soon. */
  mark(sessionId: string): void;
  /** Writes all that was heard since the last time. */
  flush(): Promise<void>;
}

/** Keeps `session.seen_at` with one statement for all sessions heard of, however many. */
export function createSeen({ db, log }: { readonly db: Db; readonly log: Logger }): Seen {
  let heard = new Set<string>();
  /** Of this round, and of the one before: of none of them it is news that they are there. */
  let [now, before] = [new Set<string>(), new Set<string>()];
  let soon: NodeJS.Timeout | null = null;

  const write = async (): Promise<void> => {
    if (soon) clearTimeout(soon);
    soon = null;
    if (heard.size === 0) return;
    const ids = [...heard];
    heard = new Set();
    // Rows that something else holds are left for the next time: waiting for them could lock both up.
    const written = sql`
      update session set seen_at = now()
      where id in (
        select id from session where id = any(${ids}::uuid[]) and closed_at is null
        order by id for no key update skip locked
      )`.execute(db);
    await written.catch((error: unknown) => {
      for (const id of ids) heard.add(id);
      log.warn({ err: error }, 'when sessions were seen could not be written');
    });
  };

  return {
    mark(sessionId) {
      heard.add(sessionId);
      const isNews = !now.has(sessionId) && !before.has(sessionId);
      now.add(sessionId);
      if (isNews) soon ??= setTimeout(() => void write(), NEWS_MS).unref();
    },
    flush() {
      [before, now] = [now, new Set()];
      return write();
    },
  };
}
