/** What a connector says has happened by itself. What no longer matters changes nothing: it may be said twice, or late. */
import type { ConnectorEvent } from '../../lib/api/connector.ts';
import type { Trx } from '../db/connect.ts';
import { ask } from './ask.ts';
import { amend, happen, type Interaction, lockInteraction } from './change.ts';
import { endAnyhow, endConsultation } from './end.ts';
import type { Engine } from './engine.ts';

/** @returns the state it is in then; null where there is no such interaction */
export async function report(trx: Trx, id: string, said: ConnectorEvent, engine: Engine): Promise<string | null> {
  const row = await lockInteraction(trx, id);
  if (!row) return null;
  if (row.state === 'closed' && said.event !== 'recorded') return row.state;
  await hear(trx, row, said, engine);
  const after = await trx.selectFrom('interaction').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  return after.state;
}

async function hear(trx: Trx, row: Interaction, said: ConnectorEvent, engine: Engine): Promise<unknown> {
  const now = engine.now();
  switch (said.event) {
    case 'ended':
      return endAnyhow(trx, row, 'completed', engine);
    case 'failed':
      return endAnyhow(trx, row, 'failed', engine);
    case 'answered':
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
