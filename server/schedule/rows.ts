import type * as v from 'valibot';
import type { schedule } from '../../lib/api/shapes-maker.ts';
import type { Db } from '../db/connect.ts';

export type Schedule = v.InferOutput<typeof schedule>;

/** How many of those that are over are told. */
const MOST_OVER = 20;

const rows = (db: Db, profileId: string) =>
  db
    .selectFrom('schedule as w')
    .leftJoin('person as by', 'by.id', 'w.by_person')
    .where('w.profile_id', '=', profileId)
    .select(['w.id', 'w.profile_id', 'w.what', 'w.at', 'w.until', 'w.from_version', 'w.back_version', 'w.to_whom', 'w.emergency'])
    .select(['w.message', 'by.name as by', 'w.state', 'w.problem']);

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const asSchedule = (row: Row): Schedule => ({
  id: row.id,
  profileId: row.profile_id,
  what: row.what,
  at: row.at.getTime(),
  until: row.until?.getTime() ?? null,
  from: row.from_version,
  back: row.back_version,
  to: row.to_whom,
  emergency: row.emergency,
  message: row.message,
  by: row.by,
  state: row.state,
  problem: row.problem,
});

/** What waits, the next first; then the last of what is over, the latest first. */
export async function listSchedules(db: Db, profileId: string): Promise<Schedule[]> {
  const waiting = await rows(db, profileId).where('w.state', '=', 'waiting').orderBy('w.at').orderBy('w.id').execute();
  const over = await rows(db, profileId).where('w.state', '!=', 'waiting').orderBy('w.ended_at', 'desc').orderBy('w.id').limit(MOST_OVER).execute();
  return [...waiting, ...over].map(asSchedule);
}

export const readSchedule = async (db: Db, profileId: string, id: string): Promise<Schedule> =>
  asSchedule(await rows(db, profileId).where('w.id', '=', id).executeTakeFirstOrThrow());
