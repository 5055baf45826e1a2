/** The end of an interaction for whoever has it: the pause, the wrap-up, and what was kept until then. */
import { sql } from 'kysely';
import type { Outcome } from '../../lib/interaction/machine.ts';
import type { Database } from '../db/schema.ts';
import type { Trx } from '../db/connect.ts';
import { happen, type Interaction, lockInteraction } from './change.ts';
import type { Engine } from './engine.ts';
import { IN_HAND } from './in-hand.ts';

export interface EndOptions {
  readonly outcome: Outcome;
  /** Whose doing; null for the customer's or the connector's. */
  readonly by?: string | null;
}

/**
 * Ends what is in somebody's hands and locked: the pauses of their profile begin, and the wrap-up lasts as long as the one
 * before the next offer. Without a pause it is closed at once.
 *
 * @throws {ProblemError} interaction.state
 */
export async function end(trx: Trx, row: Interaction, { outcome, by = null }: EndOptions, engine: Engine): Promise<Interaction> {
  const now = engine.now();
  const until = await beginPauses(trx, row, now, engine);
  const set = { outcome, ended_at: new Date(now), until, accept_at: null, recording: false, muted: false, consult: null, listeners: '[]' };
  const ended = await happen(trx, row, { event: 'end', by, set, detail: { outcome } }, now);
  await endConsultation(trx, row.id, engine);
  return until === null ? close(trx, ended, engine) : ended;
}

/** @returns when the wrap-up is over; null where there is none */
async function beginPauses(trx: Trx, { session_id: sessionId }: Interaction, now: number, engine: Engine): Promise<Date | null> {
  if (sessionId === null) return null;
  const settings = (await engine.profileOf(trx, sessionId))?.document.settings;
  const after = (seconds: number | undefined) => (seconds ? new Date(now + seconds * 1000) : null);
  const inbound_until = after(settings?.['interactions.timeoutInboundSec']);
  const outbound_until = after(settings?.['interactions.timeoutOutboundSec']);
  await trx.updateTable('session').set({ inbound_until, outbound_until }).where('id', '=', sessionId).execute();
  return inbound_until;
}

/** After the wrap-up. @throws {ProblemError} interaction.state */
export async function close(trx: Trx, row: Interaction, engine: Engine, by: string | null = null): Promise<Interaction> {
  const closed = await happen(trx, row, { event: 'finish', by, set: { until: null } }, engine.now());
  await afterwards(trx, closed, engine);
  return closed;
}

/** Ends what nobody has talked to. @throws {ProblemError} interaction.state */
export async function abandon(trx: Trx, row: Interaction, engine: Engine, outcome: Outcome = 'abandoned'): Promise<Interaction> {
  await endOffer(trx, row.id, 'abandoned');
  // Whom the power dialler reached may hang up before they are put through: they have talked to nobody.
  const set = { outcome, ended_at: new Date(engine.now()), until: null, accept_at: null, ...(row.connected_at === null ? {} : { accepted_at: null }) };
  const closed = await happen(trx, row, { event: 'abandon', set, detail: { outcome } }, engine.now());
  await afterwards(trx, closed, engine);
  return closed;
}

/** Ends one however far it has come; what is over already stays as it is. */
export async function endAnyhow(trx: Trx, row: Interaction, outcome: Outcome, engine: Engine): Promise<Interaction> {
  switch (row.state) {
    case 'dialling':
    case 'offered':
    case 'ringing':
    case 'accepted':
      // Nothing was completed of what nobody has talked to.
      return abandon(trx, row, engine, outcome === 'completed' ? 'abandoned' : outcome);
    case 'wrapup':
    case 'closed':
      return row;
    default:
      return end(trx, row, { outcome }, engine);
  }
}

/** Rights kept for it go with it, and whoever had it is idle from now on, should it have been the last. */
async function afterwards(trx: Trx, row: Interaction, engine: Engine): Promise<void> {
  await trx.deleteFrom('lease').where('interaction_id', '=', row.id).execute();
  await trx.updateTable('connector_command').set({ settled_at: new Date(engine.now()) }).where('interaction_id', '=', row.id).where('settled_at', 'is', null).execute();
  if (row.session_id) {
    await sql`update session set idle_since = ${new Date(engine.now())} where id = ${row.session_id}::uuid and not exists (
      select from interaction i where i.session_id = session.id and ${IN_HAND})`.execute(trx);
    if (row.channel === 'voice' && row.direction === 'inbound') await trx.updateTable('session').set({ quiet_since: new Date(engine.now()) }).where('id', '=', row.session_id).execute();
  }
  for (const hear of engine.onClosed) await hear(trx, row);
}

export const endOffer = (trx: Trx, interactionId: string, outcome: NonNullable<Database['interaction_offer']['outcome']>) =>
  trx.updateTable('interaction_offer').set({ outcome }).where('interaction_id', '=', interactionId).where('outcome', 'is', null).execute();

/** The second line of a consultation goes with the one that it was for. */
export async function endConsultation(trx: Trx, interactionId: string, engine: Engine): Promise<void> {
  const lines = await trx.selectFrom('interaction').select('id').where('consults_for', '=', interactionId).where('state', 'not in', ['wrapup', 'closed']).execute();
  for (const { id } of lines) {
    const line = await lockInteraction(trx, id);
    if (line) await endAnyhow(trx, line, 'completed', engine);
  }
}
