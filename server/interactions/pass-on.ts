/** An interaction given away: the one who had it is done with it, and it goes on under the connector's same name. */
import type { ConnectorCommand } from '../../lib/api/connector.ts';
import type { Trx } from '../db/connect.ts';
import { amend, type Interaction, lockInteraction } from './change.ts';
import { end } from './end.ts';
import type { Engine } from './engine.ts';
import { insertInteraction } from './insert.ts';

/** Once the connector has let go of the one who had it. @throws {ProblemError} interaction.state */
export async function passOn(trx: Trx, row: Interaction, { to, text }: ConnectorCommand, engine: Engine): Promise<void> {
  const line = await consultedLine(trx, row.id);
  const passed_on = { who: await nameOf(trx, row.person_id), note: text ?? '' };
  // Kept apart from what ends with this one.
  if (line) await trx.updateTable('interaction').set({ consults_for: null }).where('id', '=', line.id).execute();
  await end(trx, row, { outcome: 'transferred', by: row.person_id }, engine);
  if (line) {
    await amend(trx, line, { event: 'transferredHere', set: { ref: row.ref, passed_on: JSON.stringify(passed_on), parent_id: row.id } }, engine.now());
    return;
  }
  const { queueId = null, personId = null } = to ?? {};
  // Outside, or into a smart routing: from here on it is the connector's.
  if (queueId === null && personId === null) return;
  await insertInteraction(trx, { ...again(row), queue_id: queueId ?? row.queue_id, for_person: personId, smart: personId === null, passed_on: JSON.stringify(passed_on), parent_id: row.id }, engine);
}

/** What goes on of it with somebody else. */
export const again = ({ account_id, connector_id, ref, channel, direction, priority, customer, subject }: Interaction) => ({
  account_id,
  connector_id,
  ref,
  channel,
  direction,
  priority,
  customer,
  subject,
});

/** The line of a consultation for it that is not over yet, with whoever has it. */
async function consultedLine(trx: Trx, id: string): Promise<Interaction | null> {
  const line = await trx.selectFrom('interaction').select('id').where('consults_for', '=', id).where('state', 'not in', ['wrapup', 'closed']).executeTakeFirst();
  return line ? lockInteraction(trx, line.id) : null;
}

export async function nameOf(trx: Trx, personId: string | null): Promise<string> {
  const person = await trx.selectFrom('person').select('name').where('id', '=', personId).executeTakeFirst();
  return person?.name ?? '';
}
