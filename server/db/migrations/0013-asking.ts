import { type Kysely, sql } from 'kysely';

/** An ask can be withdrawn and says in which zone its day ends; who is signed out is found by their last session. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table ask drop constraint ask_answer_check`,
  `alter table ask add constraint ask_answer_check check (answer in ('interaction', 'today', 'declined', 'withdrawn'))`,
  // An IANA name; null in what was asked for before: the zone of whichever hub is answered.
  `alter table ask add column time_zone text`,
  `create index session_last on session (person_id, closed_at desc) where closed_at is not null`,
];
