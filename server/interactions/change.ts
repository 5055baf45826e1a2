/** The one way in which an interaction changes: by an event of its life, written down, and told to whoever has it. */
import { type Selectable, sql, type Updateable } from 'kysely';
import { type InteractionEvent, next } from '../../lib/interaction/machine.ts';
import type { Trx } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import { ProblemError } from '../http/problem-error.ts';
import { holdSessions } from '../session/hold.ts';
import { loggedSessions } from '../session/log-session.ts';

export type Interaction = Selectable<Database['interaction']>;
type Set = Updateable<Database['interaction']>;

export interface Happening {
  readonly event: InteractionEvent;
  /** Whose doing it was; null for the connector's and the hub's own. */
  readonly by?: string | null;
  /** What else changes with the state. */
  readonly set?: Set;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * An interaction and the session that has it, both locked to the end of the transaction: sessions go before interactions,
 * as everywhere. Null where there is none.
 */
export async function lockInteraction(trx: Trx, id: string): Promise<Interaction | null> {
  for (;;) {
    const seen = await trx.selectFrom('interaction').select('session_id').where('id', '=', id).executeTakeFirst();
    if (!seen) return null;
    if (seen.session_id) await holdSessions(trx, [seen.session_id]);
    const row = await trx.selectFrom('interaction').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    // Given to somebody else while the lock was waited for: that one's session has to be held too.
    if (!row || row.session_id === null || row.session_id === seen.session_id) return row ?? null;
  }
}

/**
 * Lets something happen to an interaction that is locked.
 *
 * @returns the interaction as it is then
 * @throws {ProblemError} interaction.state: it cannot happen in this state
 */
export async function happen(trx: Trx, row: Interaction, { event, by = null, set = {}, detail = {} }: Happening, now: number): Promise<Interaction> {
  const state = next(row.state, event);
  if (state === null) throw new ProblemError('interaction.state', { detail: `This cannot happen while it is ${row.state}.` });
  const at = new Date(now);
  const changed = await update(trx, row, { state, since: at, ...set });
  await note(trx, changed, { event, by, detail }, now);
  return changed;
}

/** The same without another state: muted, recorded, qualified. */
export async function amend(trx: Trx, row: Interaction, what: { readonly event: string; readonly by?: string | null; readonly set?: Set; readonly detail?: object }, now: number): Promise<Interaction> {
  const { event, by = null, set = {}, detail = {} } = what;
  const changed = await update(trx, row, set);
  await note(trx, changed, { event, by, detail }, now);
  return changed;
}

async function update(trx: Trx, row: Interaction, set: Set): Promise<Interaction> {
  const changes = Object.keys(set).length > 0;
  const changed = !changes ? row : await trx.updateTable('interaction').set(set).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow();
  await tellSessions(trx, row.account_id, [row.session_id, changed.session_id]);
  return changed;
}

const note = (trx: Trx, { id, state }: Interaction, { event, by, detail }: { event: string; by: string | null; detail: object }, now: number) =>
  trx
    .insertInto('interaction_event')
    .values({ interaction_id: id, at: new Date(now), event, state, person_id: by, detail: JSON.stringify(detail) })
    .execute();

/** Their situation has changed. The sessions are locked already. */
export async function tellSessions(trx: Trx, accountId: string, ids: readonly (string | null)[]): Promise<void> {
  const sessions = [...new Set(ids.filter((id) => id !== null))];
  if (sessions.length === 0) return;
  await sql`
    with ${loggedSessions(accountId, sessions)}
    update session set situation_seq = logged.id from logged where session.id = logged.subject_id`.execute(trx);
}
