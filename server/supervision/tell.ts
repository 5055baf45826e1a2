import { sql } from 'kysely';
import type { NoticeKind, Told } from '../../lib/api/shapes-supervision.ts';
import { isUuid } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { holdSessions } from '../session/hold.ts';
import { tellSessions } from '../interactions/change.ts';

export interface Telling {
  readonly accountId: string;
  readonly personId: string;
  readonly kind: NoticeKind;
  /** Null for the hub's own doing. */
  readonly by: string | null;
  readonly why?: string | undefined;
  readonly detail?: Told['detail'];
}

/** Leaves a notice for somebody: pushed to their open session, else read at their next one. */
export async function tell(trx: Trx, { accountId, personId, kind, by, why = '', detail = {} }: Telling): Promise<void> {
  await trx
    .insertInto('notice')
    .values({ account_id: accountId, person_id: personId, kind, by_person: by, why, detail: JSON.stringify(detail), seen_at: null })
    .execute();
  await touchSession(trx, accountId, personId);
}

/** The person's situation has changed: their open session, if there is one, is locked and gets a newer number. */
export async function touchSession(trx: Trx, accountId: string, personId: string): Promise<void> {
  const session = await holdOpen(trx, personId);
  if (!session) return;
  await tellSessions(trx, accountId, [session.id]);
}

/** Marks notices as shown, of those that are this person's. */
export async function seeNotices(trx: Trx, accountId: string, personId: string, ids: readonly string[]): Promise<void> {
  // The session first, as everything that tells it something locks it.
  await holdOpen(trx, personId);
  const { rows } = await sql<{ id: string }>`
    update notice set seen_at = now() where person_id = ${personId}::uuid and id = any(${ids.filter(isUuid)}::uuid[]) and seen_at is null returning id`.execute(trx);
  if (rows.length > 0) await touchSession(trx, accountId, personId);
}

/** Null where the person has none. */
async function holdOpen(trx: Trx, personId: string): Promise<{ readonly id: string } | null> {
  const open = await trx.selectFrom('session').select('id').where('person_id', '=', personId).where('closed_at', 'is', null).executeTakeFirst();
  const [held] = open ? await holdSessions(trx, [open.id]) : [];
  return held && held.closed_at === null ? held : null;
}
