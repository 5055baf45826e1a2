import { type RawBuilder, sql } from 'kysely';
import type { AuditEntry } from '../../lib/api/shapes-maker.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';

export interface AuditFilter {
  /** A person's id, or part of their name or email address. */
  readonly actor?: string | undefined;
  /** An action, or the part before its dot. */
  readonly action?: string | undefined;
  /** The id of what was changed, or part of its name. Of a person also what they were assigned or lost. */
  readonly subject?: string | undefined;
  /** Milliseconds since the epoch, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only entries older than this one. */
  readonly before?: string | undefined;
}

interface Row {
  readonly id: number;
  readonly at: Date;
  readonly actor_id: string | null;
  readonly actor: string | null;
  readonly action: string;
  readonly subject_id: string | null;
  readonly subject: string | null;
  readonly kind: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Changes in an account, the newest first, with the names that things have now; what is gone has the last name that the
 * audit knows of it.
 */
export async function listAudit(db: Db, accountId: string, filter: AuditFilter, limit: number): Promise<{ entries: AuditEntry[]; more: boolean }> {
  const { rows } = await sql<Row>`
    with page as (
      select a.* from audit a where ${sql.join(conditions(accountId, filter), sql` and `)} order by a.id desc limit ${limit + 1}
    )
    select a.id, a.at, a.actor_id, by.name as actor, a.action, a.subject_id,
      coalesce(f.name, p.name, t.name, r.name, c.name, a.after->>'name', a.before->>'name', last.name) as subject,
      case when a.action like 'resource.%' then coalesce(r.kind, a.after->>'kind', a.before->>'kind', 'resource') else split_part(a.action, '.', 1) end as kind,
      a.before, a.after
    from page a
      left join person by on by.id = a.actor_id
      left join profile f on f.id = a.subject_id
      left join person p on p.id = a.subject_id
      left join team t on t.id = a.subject_id
      left join resource r on r.id = a.subject_id
      left join account c on c.id = a.subject_id
      left join lateral (
        select coalesce(e.after->>'name', e.before->>'name') as name from audit e
        where e.account_id = a.account_id and e.subject_id = a.subject_id
          and coalesce(f.id, p.id, t.id, r.id, c.id) is null and coalesce(e.after->>'name', e.before->>'name') is not null
        order by e.id desc limit 1
      ) last on true
    order by a.id desc`.execute(db);
  return { entries: rows.slice(0, limit).map(entryOf), more: rows.length > limit };
}

const entryOf = ({ id, at, actor_id, actor, action, subject_id, subject, kind, before, after }: Row): AuditEntry => ({
  id,
  at: at.getTime(),
  actor: actor_id === null ? null : { id: actor_id, name: actor ?? '' },
  action,
  subject: subject_id === null ? null : { id: subject_id, name: subject, kind },
  before,
  after,
});

function conditions(accountId: string, { actor, action, subject, from, to, before }: AuditFilter): RawBuilder<unknown>[] {
  const instant = (ms: string) => sql`to_timestamp(${Number(ms)}::double precision / 1000)`;
  return [
    sql`a.account_id = ${accountId}::uuid`,
    ...(before ? [sql`a.id < ${Number(before)}`] : []),
    ...(from ? [sql`a.at >= ${instant(from)}`] : []),
    ...(to ? [sql`a.at <= ${instant(to)}`] : []),
    ...(action ? [sql`(a.action = ${action} or starts_with(a.action, ${`${action}.`}))`] : []),
    ...(actor ? [byActor(accountId, actor)] : []),
    ...(subject ? [bySubject(accountId, subject)] : []),
  ];
}

/** Upper and lower case alike; a part is taken as it stands, without wildcards. */
const has = (column: string, part: string) => sql`position(lower(${part}) in lower(${sql.ref(column)})) > 0`;

const byActor = (accountId: string, actor: string) =>
  isUuid(actor)
    ? sql`a.actor_id = ${actor}::uuid`
    : sql`a.actor_id in (select p.id from person p where p.account_id = ${accountId}::uuid and (${has('p.name', actor)} or ${has('p.email', actor)}))`;

/** Whom an assignment is about stands in the entry of the profile. */
const assigned = sql`coalesce(a.after->>'personId', a.before->>'personId')`;

function bySubject(accountId: string, subject: string) {
  if (isUuid(subject)) return sql`(a.subject_id = ${subject}::uuid or ${assigned} = ${subject.toLowerCase()})`;
  const named = (table: string) => sql`select x.id from ${sql.table(table)} x where x.account_id = ${accountId}::uuid and ${has('x.name', subject)}`;
  const all = sql.join(['profile', 'person', 'team', 'resource'].map(named), sql` union all `);
  const said = sql`position(lower(${subject}) in lower(coalesce(a.after->>'name', a.before->>'name'))) > 0`;
  return sql`(a.subject_id in (${all}) or ${said} or ${assigned} in (select x.id::text from (${named('person')}) x))`;
}
