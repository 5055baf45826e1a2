import { SESSION_HEADER } from '../../lib/api/routes.ts';
import { isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import type { Handlers } from '../http/handler.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { SessionReader } from '../http/serve.ts';
import type { Sessions } from '../parts.ts';
import type { SessionChanges } from './changes.ts';
import { closeSessionsOf } from './close.ts';
import { findAssigned, sessionAfter, type WholeSession, wholeSession } from './lock.ts';
import { openSession } from './open.ts';
import { recordReceipts } from './receipts.ts';
import type { Seen } from './seen.ts';
import type { Snapshots } from './snapshots.ts';
import type { Views } from './views.ts';

export interface SessionDependencies {
  readonly db: Db;
  readonly snapshots: Snapshots;
  readonly views: Views;
  readonly seen: Seen;
  readonly changes: SessionChanges;
  /** Seconds without a sign of life after which a session gives its licence back. */
  readonly idleSec: number;
  readonly now: () => number;
  /** Ends the person's sign-ins, in the transaction that closes the session: both are done or neither. */
  readonly endSignIns: (trx: Trx, personId: string) => Promise<void>;
}

export function sessionHandlers(deps: SessionDependencies): Sessions['handlers'] {
  return { ...lifeHandlers(deps), ...readHandlers(deps), ...changeHandlers(deps) };
}

const wholeAnswer = async ({ snapshots }: Pick<SessionDependencies, 'snapshots'>, db: Db | Trx, sessionId: string) =>
  answerOf(snapshots, await wholeSession(db, snapshots, sessionId));

const answerOf = (snapshots: Snapshots, session: WholeSession) => ({ answer: snapshots.whole(session), etag: snapshots.etag(session.head), ofSession: session.head.sessionId });

function lifeHandlers(deps: SessionDependencies): Pick<Handlers, 'openSession' | 'endSession'> {
  return {
    async openSession({ db, person, body }) {
      const { browser, takeOver = false, resume = null } = body;
      const opening = { personId: person.personId, accountId: person.accountId, browser, takeOver, resume };
      const sessionId = await openSession(db, opening, deps);
      return wholeAnswer(deps, db, sessionId);
    },
    async endSession({ db, person: { personId }, ownSession }) {
      if (!(await isAnothers(db, personId, ownSession))) await signOut(deps, db, personId);
      return {};
    },
  };
}

export async function signOut({ endSignIns }: SessionDependencies, trx: Trx, personId: string): Promise<void> {
  await closeSessionsOf(trx, personId, 'signedOut');
  await endSignIns(trx, personId);
}

/** Whether another browser has taken over from the one that asks: its session is not for this one to end. */
async function isAnothers(trx: Trx, personId: string, own: string | null): Promise<boolean> {
  if (own === null || !isUuid(own)) return false;
  const sessions = trx.selectFrom('session').select(['closed_at', 'closed_because']).where('person_id', '=', personId);
  // Locked: a browser that takes over at this moment is waited for, or waits.
  const mine = await sessions.where('id', '=', own).forNoKeyUpdate().executeTakeFirst();
  if (mine?.closed_at === null) return false;
  return mine?.closed_because === 'takenOver' || (await sessions.where('closed_at', 'is', null).executeTakeFirst()) !== undefined;
}

function readHandlers(deps: SessionDependencies): Pick<Handlers, 'banner' | 'previewProfile' | 'receipts'> {
  const { snapshots, views } = deps;
  return {
    async banner({ db, session, ifNoneMatch }) {
      const head = await snapshots.head(db, session.id);
      const etag = head && snapshots.etag(head);
      // Answered 304 for its ETag: nothing else of it is read.
      if (etag && ifNoneMatch.includes(etag)) return { etag, head, answer: null as never };
      const loaded = (await snapshots.load([session.id])).get(session.id);
      if (!loaded) throw new ProblemError('session.none');
      return { answer: snapshots.whole(loaded), etag: snapshots.etag(loaded.head), head: loaded.head };
    },
    async previewProfile({ db, person, params }) {
      if (!isUuid(params.id)) throw new ProblemError('profile.notAssigned');
      const view = await views.of(db, await findAssigned(db, person.personId, params.id));
      if (!view) throw new ProblemError('profile.notAssigned');
      return { answer: view.view };
    },
    async receipts({ db, person, body }) {
      await recordReceipts(db, [{ ...body, personId: person.personId }]);
      return {};
    },
  };
}

type ChangeRoute = 'switchProfile' | 'setActivity' | 'setStatus' | 'setFlow';

function changeHandlers({ changes, snapshots }: SessionDependencies): Pick<Handlers, ChangeRoute> {
  const after = async (trx: Trx, before: WholeSession) => answerOf(snapshots, await sessionAfter(trx, snapshots, before));
  return {
    switchProfile: async ({ db, session, body }) => after(db, await changes.switchProfile(db, session.id, session.person_id, body.profileId)),
    setActivity: async ({ db, session, body }) => after(db, await changes.setActivity(db, session.id, body.activityId)),
    setStatus: async ({ db, session, body }) => after(db, await changes.setStatus(db, session.id, body.status)),
    setFlow: async ({ db, session, params, body }) => after(db, await changes.setFlow(db, session.id, params.channel, body.on)),
  };
}

export function sessionReader(deps: Pick<SessionDependencies, 'db' | 'seen' | 'snapshots'>): SessionReader {
  const { db, seen, snapshots } = deps;
  return {
    async snapshotReply(trx, sessionId) {
      const head = await snapshots.head(trx, sessionId);
      if (!head || head.closedBecause === 'idle') throw new ProblemError('session.none');
      if (head.closedBecause !== null) throw new ProblemError('session.ended', { because: head.closedBecause });
      return wholeAnswer(deps, trx, sessionId);
    },
    async openSessionOf({ personId }, request) {
      const own = request.headers.get(SESSION_HEADER);
      const session = await db
        .selectFrom('session')
        .selectAll()
        .where('person_id', '=', personId)
        .where('closed_at', 'is', null)
        .executeTakeFirst();
      if (own !== null && session?.id !== own) await refuseEnded(db, personId, own);
      if (!session) throw new ProblemError('session.none', { detail: 'There is no open session: open one.' });
      if (own !== null && session.id !== own) throw new ProblemError('session.ended', { because: 'takenOver' });
      seen.mark(session.id);
      return session;
    },
  };
}

/** What has become of the session that a browser says it has. One that was only idle is no end: another may be opened. */
async function refuseEnded(db: Db, personId: string, sessionId: string): Promise<void> {
  if (!isUuid(sessionId)) return;
  const row = await db
    .selectFrom('session')
    .select('closed_because')
    .where('id', '=', sessionId)
    .where('person_id', '=', personId)
    .where('closed_at', 'is not', null)
    .executeTakeFirst();
  if (!row || row.closed_because === 'idle') return;
  throw new ProblemError('session.ended', { because: row.closed_because ?? 'signedOut' });
}
