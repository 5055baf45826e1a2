import { type Kysely, sql } from 'kysely';

/**
 * An ask can be withdrawn and says in which zone its day ends; who is signed out is found by their last session; and whose
 * lists of a module have changed is said to the hubs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table ask drop constraint ask_answer_check`,
  `alter table ask add constraint ask_answer_check check (answer in ('interaction', 'today', 'declined', 'withdrawn'))`,
  // An IANA name; null in what was asked for before: the zone of whichever hub is answered.
  `alter table ask add column time_zone text`,
  `create index session_last on session (person_id, closed_at desc) where closed_at is not null`,

  // To the hubs, once the change is committed: of which module, and what decides who sees the rows, before and after; nothing
  // of what is in them. What is too much for a handful of notifications was no one person's doing, and is not said at all.
  `create function record_said(account uuid, of text, rows json) returns void language plpgsql as $$
     declare payload text := json_build_object('changed', json_build_object('accountId', account, 'module', of, 'rows', rows));
     begin
       if octet_length(payload) < 7900 then perform pg_notify('pennon_rows', payload); end if;
     end $$`,
  `create function record_changed() returns trigger language plpgsql as $$
     begin
       if tg_op = 'INSERT' then
         perform record_said(p.account_id, p.module, p.rows) from (
           select account_id, module, json_agg(json_build_object('owner', owner_id, 'resource', resource_id, 'people', people)) as rows from (
             select d.*, row_number() over (partition by account_id, module) / 10 as part, count(*) over () as of
             from (select distinct account_id, module, owner_id, resource_id, people from changed) d
           ) n where n.of <= 200 group by account_id, module, part
         ) p;
       else
         perform record_said(p.account_id, p.module, p.rows) from (
           select account_id, module, json_agg(json_build_object('owner', owner_id, 'resource', resource_id, 'people', people)) as rows from (
             select d.*, row_number() over (partition by account_id, module) / 10 as part, count(*) over () as of
             from (
               select account_id, module, owner_id, resource_id, people from changed
               union select account_id, module, owner_id, resource_id, people from was
             ) d
           ) n where n.of <= 200 group by account_id, module, part
         ) p;
       end if;
       return null;
     end $$`,
  `create trigger record_made after insert on record
     referencing new table as changed for each statement execute function record_changed()`,
  `create trigger record_changed after update on record
     referencing old table as was new table as changed for each statement execute function record_changed()`,
];
