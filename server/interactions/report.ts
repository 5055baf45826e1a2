/** What a connector says has happened by itself. What no longer matters changes nothing: it may be said twice, or late. */
import { createHash } from 'node:crypto';
import type { ConnectorEvent } from '../../lib/api/connector.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import { ask } from './ask.ts';
import { amend, happen, type Interaction, lockInteraction } from './change.ts';
import { endAnyhow, endConsultation } from './end.ts';
import type { Engine } from './engine.ts';

/** @returns the state it is in then; null where there is no such interaction */
export async function report(trx: Trx, id: string, said: ConnectorEvent, engine: Engine): Promise<string | null> {
  const row = await lockInteraction(trx, id);
  if (!row) return null;
  if (row.state === 'closed' && said.event !== 'recorded') return row.state;
  if (await isKnown(trx, id, said)) return row.state;
  await hear(trx, row, said, engine);
  const after = await trx.selectFrom('interaction').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  return after.state;
}

/**
 * Whether it was said before under the same key; from now on it was. The interaction is locked: of two at once the second
 * finds the first.
 *
 * @throws {ProblemError} request.replayed: something else was
 */
async function isKnown(trx: Trx, interactionId: string, { key, ...said }: ConnectorEvent): Promise<boolean> {
  if (key === undefined) return false;
  const digest = createHash('sha256').update(JSON.stringify(said)).digest();
  const isNew = await trx
    .insertInto('connector_event')
    .values({ interaction_id: interactionId, key, digest })
    .onConflict((conflict) => conflict.columns(['interaction_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (isNew) return false;
  const before = await trx.selectFrom('connector_event').select('digest').where('interaction_id', '=', interactionId).where('key', '=', key).executeTakeFirstOrThrow();
  if (!before.digest.equals(digest)) throw new ProblemError('request.replayed', { detail: 'Another event of this interaction was said under this key.' });
  return true;
}

async function hear(trx: Trx, row: Interaction, said: ConnectorEvent, engine: Engine): Promise<unknown> {
  const now = engine.now();
  switch (said.event) {
    case 'ended':
      return endAnyhow(trx, row, 'completed', engine);
    case 'failed':
      return endAnyhow(trx, row, 'failed', engine);
    case 'answered':
      // Whom the power dialler called: on the line, and with nobody yet.
      if (row.state === 'dialling') return happen(trx, row, { event: 'pickUp', set: { connected_at: new Date(now) } }, now);
      return row.state === 'accepted' && row.direction === 'outbound' ? connectOutgoing(trx, row, engine) : null;
    case 'consultAnswered':
      return row.consult ? amend(trx, row, { event: 'consultAnswered', set: { consult: JSON.stringify({ ...row.consult, answered: true }) } }, now) : null;
    case 'consultEnded':
      if (row.state !== 'consulting') return null;
      await endConsultation(trx, row.id, engine);
      return happen(trx, row, { event: 'back', set: { consult: null } }, now);
    case 'message':
      await trx.insertInto('interaction_message').values({ interaction_id: row.id, at: new Date(now), text: said.text, person_id: null }).execute();
      return amend(trx, row, { event: 'written' }, now);
    case 'recorded':
      for (const keep of engine.onRecorded) await keep(trx, row, said);
      return amend(trx, row, { event: 'recordingKept', detail: { seconds: said.seconds } }, now);
  }
}

async function connectOutgoing(trx: Trx, row: Interaction, engine: Engine): Promise<void> {
  const live = await happen(trx, row, { event: 'connect', set: { connected_at: new Date(engine.now()) } }, engine.now());
  if (row.auto_recorded) await ask(trx, live, 'record', {}, engine.now(), false);
}
