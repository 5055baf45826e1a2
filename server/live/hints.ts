/** Says to whoever has a list of a module open that rows of it have changed: that, and nothing of them. */
import { sql } from 'kysely';
import type { Client } from 'pg';
import { type ChangedRow, isSeen, type Scope } from '../../lib/modules/scope.ts';
import { createListener } from '../db/listener.ts';
import type { Db } from '../db/connect.ts';
import type { Logger } from '../log.ts';
import type { Link, Links } from './link.ts';
import { say } from './message.ts';

/** Of NOTIFY, from a hub that answers a list to the one that has the link, and from the database to all (migration 0013). */
const CHANNEL = 'pennon_rows';
/** More PostgreSQL does not take. */
const MOST_PAYLOAD_BYTES = 7900;

/** A list that somebody is about to read: they are told once of what changes after it. */
export interface Following {
  readonly sessionId: string;
  readonly accountId: string;
  readonly module: string;
  readonly scope: Scope;
}

interface Changed {
  readonly accountId: string;
  readonly module: string;
  readonly rows: readonly ChangedRow[];
}

export interface Hints {
  /** Resolves once it listens. */
  start(): Promise<void>;
  /** To be called before the list is read: so nothing can change unheard between the two. */
  follow(following: Following): Promise<void>;
  /** Their link is gone. */
  forget(link: Link): void;
  stop(): Promise<void>;
}

interface Dependencies {
  readonly links: Pick<Links, 'ofSession'>;
  readonly db: Db;
  readonly connectAlone: () => Promise<Client>;
  readonly log: Logger;
  readonly random: () => number;
  readonly now: () => number;
}

/**
 * One hint for each list that is read: whoever has it still open reads it again, and is told again of what comes then.
 * So those who have none open cost at most one, a browser that is slow is sent no more than it reads, and nobody has to
 * say that they have closed it. A hint that gets lost is made up for by the next time that the list is read anyway.
 */
export function createHints({ links, db, now, ...listening }: Dependencies): Hints {
  /** By account and module, who reads it, by session. */
  const rooms = new Map<string, Map<string, Scope>>();
  const roomOf = (accountId: string, module: string) => `${accountId} ${module}`;
  const linkOf = (sessionId: string): Link | undefined => [...links.ofSession(sessionId)][0];

  const put = ({ sessionId, accountId, module, scope }: Following): boolean => {
    if (!linkOf(sessionId)) return false;
    const key = roomOf(accountId, module);
    const room = rooms.get(key) ?? new Map<string, Scope>();
    rooms.set(key, room.set(sessionId, scope));
    return true;
  };
  const tell = ({ accountId, module, rows }: Changed) => {
    const key = roomOf(accountId, module);
    const room = rooms.get(key);
    if (!room) return;
    const message = say({ type: 'changed', now: now(), module });
    for (const [sessionId, scope] of room) {
      if (!rows.some((row) => isSeen(scope, row))) continue;
      const link = linkOf(sessionId);
      // One that is slow reads what it has first, and one that opens reads anew: both are told of the next change.
      if (link && (link.opening || link.cloggedSince !== null)) continue;
      room.delete(sessionId);
      link?.say(message);
    }
    if (room.size === 0) rooms.delete(key);
  };
  const listener = createListener({
    ...listening,
    channel: CHANNEL,
    heard(payload) {
      const said = JSON.parse(payload) as { readonly follows?: Following; readonly changed?: Changed };
      if (said.follows) put(said.follows);
      if (said.changed) tell(said.changed);
    },
    listening() {},
  });
  return {
    start: () => listener.start(),
    async follow(following) {
      if (put(following)) return;
      const payload = JSON.stringify({ follows: following });
      if (Buffer.byteLength(payload) <= MOST_PAYLOAD_BYTES) await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(db);
    },
    forget({ sessionId }) {
      // A newer link of the same session has read its own lists.
      if (linkOf(sessionId)) return;
      for (const [key, room] of rooms) {
        room.delete(sessionId);
        if (room.size === 0) rooms.delete(key);
      }
    },
    stop: () => listener.stop(),
  };
}
