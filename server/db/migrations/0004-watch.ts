import { type Kysely, sql } from 'kysely';

/**
 * Whoever looks at a profile in the Maker is woken up by what changes there, whichever part of the hub changes it: in
 * the transaction of the change, with the profile's id. What has changed is for the one who wakes up to read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/** Once a statement, for tables that change by the thousand. */
const each = (table: string, events: readonly ('insert' | 'update' | 'delete')[]): readonly string[] =>
  events.map(
    (event) => `create trigger ${table}_watch_${event} after ${event} on ${table}
      referencing ${event === 'delete' ? 'old' : 'new'} table as changed
      for each statement execute function watch_wake()`,
  );

const STATEMENTS = [
  `create function watch_wake() returns trigger language plpgsql as $$
     declare profile uuid;
     begin
       for profile in select distinct profile_id from changed loop
         perform pg_notify('pennon_watch', profile::text);
       end loop;
       return null;
     end $$`,
  ...each('receipt', ['insert', 'update']),
  ...each('assignment', ['insert', 'update', 'delete']),
  ...each('schedule', ['insert', 'update']),

  `create function watch_wake_profile() returns trigger language plpgsql as
     $$ begin perform pg_notify('pennon_watch', old.id::text); return null; end $$`,
  `create trigger profile_watch after update or delete on profile for each row execute function watch_wake_profile()`,

  `create function watch_wake_editor() returns trigger language plpgsql as
     $$ begin perform pg_notify('pennon_watch', coalesce(new.profile_id, old.profile_id)::text); return null; end $$`,
  `create trigger editor_watch after insert or delete on profile_editor for each row execute function watch_wake_editor()`,
  // That somebody is still here is nothing new.
  `create trigger editor_watch_update after update on profile_editor for each row
     when (old.editing <> new.editing or old.since <> new.since) execute function watch_wake_editor()`,

  `create function watch_wake_session() returns trigger language plpgsql as $$
     begin
       if new.profile_id is not null then perform pg_notify('pennon_watch', new.profile_id::text); end if;
       if tg_op = 'UPDATE' and old.profile_id is distinct from new.profile_id and old.profile_id is not null then
         perform pg_notify('pennon_watch', old.profile_id::text);
       end if;
       return null;
     end $$`,
  `create trigger session_watch after insert on session for each row execute function watch_wake_session()`,
  // Neither is that something was heard of a session.
  `create trigger session_watch_update after update on session for each row
     when (old.situation_seq <> new.situation_seq or old.profile_id is distinct from new.profile_id or old.closed_at is distinct from new.closed_at)
     execute function watch_wake_session()`,
];
