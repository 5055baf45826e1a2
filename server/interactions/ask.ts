/** Asks a connector to do something. It is a row first: a connector that is away, or a hub that stops, loses none. */
import { randomUUID } from 'node:crypto';
import type { ConnectorCommand, ConnectorVerb } from '../../lib/api/connector.ts';
import type { Db, Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Interaction } from './change.ts';

export type Asked = Pick<ConnectorCommand, 'to' | 'text' | 'subject' | 'sender'>;

/**
 * Whoever has the interaction is named, as the connector may know them.
 *
 * @param waits whether the person does: nothing else is asked of the connector meanwhile
 */
export async function ask(trx: Trx, row: Interaction, verb: ConnectorVerb, more: Asked, now: number, waits = true): Promise<void> {
  const agent = await trx.selectFrom('person').select(['id', 'name', 'email']).where('id', '=', row.person_id).executeTakeFirst();
  const id = randomUUID();
  const message: ConnectorCommand = {
    id,
    verb,
    interactionId: row.id,
    ref: row.ref,
    channel: row.channel,
    ...(agent ? { agent } : {}),
    ...more,
  };
  await trx
    .insertInto('connector_command')
    .values({ id, connector_id: row.connector_id, interaction_id: row.id, verb, message: JSON.stringify(message), waits, at: new Date(now) })
    .execute();
}

/** What a person waits for, by interaction. */
export async function pendingOf(trx: Db | Trx, ids: readonly string[]): Promise<ReadonlyMap<string, ConnectorVerb>> {
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom('connector_command')
    .select(['interaction_id', 'verb'])
    .where('interaction_id', 'in', ids)
    .where('settled_at', 'is', null)
    .where('waits', '=', true)
    .orderBy('at')
    .execute();
  return new Map(rows.map(({ interaction_id, verb }) => [interaction_id!, verb as ConnectorVerb]));
}

/** One thing at a time. @throws {ProblemError} interaction.pending */
export async function refuseWhilePending(trx: Trx, { id }: Interaction): Promise<void> {
  if ((await pendingOf(trx, [id])).size > 0) throw new ProblemError('interaction.pending');
}
