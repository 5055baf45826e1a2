import type { Authenticated, Authenticator } from '../auth/authenticator.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import type { ByeCode } from './link.ts';

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

/**
 * Whose session a new link is for. The session that the client says it has must be the open one: else a browser that
 * was taken over while it was away would find itself in the other browser's session.
 */
export async function enter(
  { db, authenticator }: { readonly db: Db; readonly authenticator: Authenticator },
  token: string,
  own: string | null,
): Promise<Entry> {
  const who = await authenticator.authenticate(token);
  // A token that is not valid any more may be one that ran out: with a new one the client may come back.
  if (!who.ok) return byeForToken(who.code);
  const rows = await db
    .selectFrom('session')
    .select(['id', 'closed_at', 'closed_because'])
    .where('person_id', '=', who.personId)
    .where((eb) => {
      const open = eb('closed_at', 'is', null);
      return own !== null && isUuid(own) ? eb.or([open, eb('id', '=', own)]) : open;
    })
    .execute();
  const open = rows.find((row) => row.closed_at === null);
  if (open && (own === null || open.id === own)) return { ok: true, who, sessionId: open.id };
  const ended = rows.find((row) => row.id === own);
  return no(ended ? byeFor(ended.closed_because ?? 'signedOut') : 'refused');
}

function byeForToken(code: 'auth.invalid' | 'auth.unknownPerson' | 'hub.notReady'): Entry {
  if (code === 'hub.notReady') return no('stopping', true);
  return no(code === 'auth.invalid' ? 'tokenExpired' : 'refused');
}
