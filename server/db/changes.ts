import { sql } from 'kysely';
import type { Db, Trx } from './connect.ts';
import type { Database } from './schema.ts';

export interface Change {
  readonly accountId: string;
  readonly kind: Database['change_log']['kind'];
  readonly subjectId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Writes down what clients may have to hear of, in the transaction of the change itself.
 *
 * @returns its `seq`: what the changed document carries from now on
 */
export async function logChange(trx: Trx, change: Change): Promise<number> {
  return (await loggedChange(trx, change).executeTakeFirstOrThrow()).id;
}

/** The same as a part of the statement that changes the document. */
export const loggedChange = (into: Pick<Trx, 'insertInto'>, { accountId, kind, subjectId, detail = {} }: Change) =>
  into.insertInto('change_log').values({ account_id: accountId, kind, subject_id: subjectId, detail: JSON.stringify(detail) }).returning('id');

/** The person's part of the snapshot has changed: rights, profiles assigned or the like. Their record is another one too. */
export const logPersonChange = (trx: Trx, accountId: string, personId: string): Promise<void> => logPeopleChanges(trx, accountId, [personId]);

/** The same of several people, who are held. */
export async function logPeopleChanges(trx: Trx, accountId: string, personIds: readonly string[]): Promise<void> {
  await sql`
    with logged as (
      insert into change_log (account_id, kind, subject_id) select ${accountId}::uuid, 'person', unnest(${personIds}::uuid[])
      returning id, subject_id
    )
    update person set changed_seq = logged.id, revision = revision + 1 from logged where person.id = logged.subject_id`.execute(trx);
}

/** The same for everyone assigned to a profile: what the switcher shows of it has changed. */
export async function logAssignedChange(trx: Trx, accountId: string, profileId: string): Promise<void> {
  await sql`
    with held as (
      select id from person where id in (select person_id from assignment where profile_id = ${profileId}::uuid)
      order by id for no key update
    ), logged as (
      insert into change_log (account_id, kind, subject_id) select ${accountId}::uuid, 'person', id from held
      returning id, subject_id
    )
    update person set changed_seq = logged.id from logged where person.id = logged.subject_id`.execute(trx);
}

export interface AuditEntry {
  readonly accountId: string;
  /** Null for what the hub does by itself or a command line does. */
  readonly actorId: string | null;
  /** `profile.publish`, `profile.assign`, … */
  readonly action: string;
  readonly subjectId: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
}

export async function audit(trx: Trx, entry: AuditEntry): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await trx
    .insertInto('audit')
    .values({
      account_id: entry.accountId,
      actor_id: entry.actorId,
      action: entry.action,
      subject_id: entry.subjectId,
      before: json(entry.before),
      after: json(entry.after),
    })
    .execute();
}

/** Many entries in one statement, in their order. */
export async function auditAll(trx: Trx, entries: readonly AuditEntry[]): Promise<void> {
  await sql`
    insert into audit (account_id, actor_id, action, subject_id, before, after)
    select r."accountId", r."actorId", r.action, r."subjectId", r.before, r.after
    from rows from (jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as ("accountId" uuid, "actorId" uuid, action text, "subjectId" uuid, before jsonb, after jsonb)) with ordinality
      as r("accountId", "actorId", action, "subjectId", before, after, n)
    order by r.n`.execute(trx);
}

/** An id that is no UUID names nothing: asking PostgreSQL would be an error, not an empty answer. */
export const isUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

export const epochOf = async (db: Db): Promise<number> =>
  (await db.selectFrom('hub').select('epoch').executeTakeFirstOrThrow()).epoch;

