import { sql } from 'kysely';
import type { Authenticated, Authenticator } from '../auth/authenticator.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import type { ByeCode } from './link.ts';
import { together } from './together.ts';

/** What a closed session's client is told. */
export function byeFor(closedBecause: string): ByeCode {
  if (closedBecause === 'takenOver' || closedBecause === 'disconnected') return closedBecause;
  // Only idle: nobody ended it, and another one may be opened.
  return closedBecause === 'idle' ? 'refused' : 'signedOut';
}

export type Entry =
  | { readonly ok: true; readonly who: Authenticated; readonly sessionId: string }
  | { readonly ok: false; readonly bye: ByeCode; readonly retry: boolean };

const no = (bye: ByeCode, retry = false): Entry => ({ ok: false, bye, retry });

export type Enter = (token: string, own: string | null) => Promise<Entry>;

interface Newcomer {
  readonly personId: string;
  /** The session that the client says it has. */
  readonly own: string | null;
}

interface SessionRow {
  readonly id: string;
  readonly person_id: string;
  readonly closed_at: Date | null;
  readonly closed_because: string | null;
}

/**
 * Whose session a new link is for. The session that the client says it has must be the open one: else a browser that
 * was taken over while it was away would find itself in the other browser's session.
 */
export function createEntry({ db, authenticator }: { readonly db: Db; readonly authenticator: Authenticator }): Enter {
  const sessionsOf = together((newcomers: readonly Newcomer[]) => loadSessions(db, newcomers), MOST_AT_ONCE);
  return async (token, own) => {
    const who = await authenticator.authenticate(token);
    // A token that is not valid any more may be one that ran out: with a new one the client may come back.
    if (!who.ok) return byeForToken(who.code);
    const rows = (await sessionsOf({ personId: who.personId, own })) ?? [];
    const open = rows.find((row) => row.closed_at === null);
    if (open && (own === null || open.id === own)) return { ok: true, who, sessionId: open.id };
    const ended = rows.find((row) => row.id === own);
    return no(ended ? byeFor(ended.closed_because ?? 'signedOut') : 'refused');
  };
}

const MOST_AT_ONCE = 500;

/** The open session of each newcomer, and the one that they say they have. */
async function loadSessions(db: Db, newcomers: readonly Newcomer[]): Promise<Map<Newcomer, SessionRow[]>> {
  const people = [...new Set(newcomers.map(({ personId }) => personId))];
  const owns = newcomers.flatMap(({ own }) => (own !== null && isUuid(own) ? [own] : []));
  const { rows } = await sql<SessionRow>`
    select id, person_id, closed_at, closed_because from session
    where person_id = any(${people}::uuid[]) and (closed_at is null or id = any(${owns}::uuid[]))`.execute(db);
  const byPerson = Map.groupBy(rows, ({ person_id }) => person_id);
  return new Map(newcomers.map((newcomer) => [newcomer, byPerson.get(newcomer.personId) ?? []]));
}

function byeForToken(code: 'auth.invalid' | 'auth.unknownPerson' | 'hub.notReady'): Entry {
  if (code === 'hub.notReady') return no('stopping', true);
  return no(code === 'auth.invalid' ? 'tokenExpired' : 'refused');
}
