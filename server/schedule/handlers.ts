import type { Handlers } from '../http/handler.ts';
import { findProfile } from '../profiles/find.ts';
import { actorOf } from '../profiles/handlers.ts';
import { cancelSchedule, schedulePublish } from './plan.ts';
import { listSchedules } from './rows.ts';
import type { Runner } from '../runner.ts';

export function scheduleHandlers(runner: Pick<Runner, 'look'>, now: () => number): Pick<Handlers, 'schedulePublish' | 'listSchedules' | 'cancelSchedule'> {
  return {
    async schedulePublish({ db, person, console, params, body, ifMatch, afterCommit }) {
      const answer = await schedulePublish(db, actorOf({ person, console }), params.id, ifMatch, body, now());
      // Not waited for: it only sets the timer anew.
      afterCommit(() => void runner.look());
      return { answer };
    },
    async listSchedules({ db, person: { accountId }, params }) {
      const { id } = await findProfile(db, accountId, params.id);
      return { answer: { schedules: await listSchedules(db, id) } };
    },
    async cancelSchedule({ db, person, console, params }) {
      await cancelSchedule(db, actorOf({ person, console }), params.id, params.scheduleId);
      return {};
    },
  };
}
