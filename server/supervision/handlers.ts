import type { Handlers } from '../http/handler.ts';
import type { Sessions } from '../parts.ts';
import { requireControl } from '../session/decided.ts';
import { wholeSession } from '../session/lock.ts';
import type { Watch } from '../watch/watch.ts';
import { answerAsk, makeAsk, withdrawAsk } from './asks.ts';
import { readRoster, type Roster } from './roster.ts';
import type { Runner } from '../runner.ts';
import { watchOf } from './state.ts';
import { seeNotices } from './tell.ts';

/** A client gives up after ten seconds; another one may wait longer. */
const MOST_WAIT_SEC = 25;

type Deps = Pick<Sessions, 'snapshots' | 'views'> & {
  readonly now: () => number;
  /** By account. */
  readonly watch: Watch<Roster>;
  readonly grants: Pick<Runner, 'look'>;
};
type Route = 'watchSupervision' | 'seeNotices' | 'makeAsk' | 'withdrawAsk' | 'answerAsk';

export function supervisionHandlers({ watch, grants, ...deps }: Deps): Pick<Handlers, Route> {
  const { snapshots, views, now } = deps;
  return {
    async watchSupervision({ db, session, query: { tag = null, wait = '0' } }) {
      requireControl('mod.supervision', await wholeSession(db, snapshots, session.id), now());
      const { account_id: accountId, id } = session;
      const read = () => readRoster(db, accountId, views, now());
      const waitMs = Math.min(Number(wait), MOST_WAIT_SEC) * 1000;
      return { answer: (await watch.ask(accountId, read, (roster) => watchOf(roster, id), tag, waitMs))! };
    },
    async seeNotices({ db, session, body }) {
      await seeNotices(db, session.account_id, session.person_id, body.ids);
      return {};
    },
    makeAsk: async ({ db, session, body }) => ({ answer: { id: await makeAsk(db, session, body, deps) } }),
    async withdrawAsk({ db, session, params }) {
      await withdrawAsk(db, session, params.id);
      return {};
    },
    async answerAsk({ db, session, params, body: { grant, note }, afterCommit }) {
      await answerAsk(db, session, { askId: params.id, grant, note }, deps);
      // Not waited for: it only sets the timer anew.
      afterCommit(() => void grants.look());
      return {};
    },
  };
}
