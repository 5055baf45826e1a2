/** The connector's side over HTTP: what it offers, what it reports, what it answers. */
import type { AnyCommand, ConnectorEvent } from '../../lib/api/connector.ts';
import { CHANNELS } from '../../lib/catalogue/index.ts';
import { isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import type { Handlers } from '../http/handler.ts';
import { ProblemError } from '../http/problem-error.ts';
import { settleCommand } from '../interactions/answers.ts';
import type { Engine } from '../interactions/engine.ts';
import { insertInteraction } from '../interactions/insert.ts';
import { report } from '../interactions/report.ts';
import { carries, type Connector } from './connectors.ts';
import { heard } from './hearing.ts';

type Routes = 'readConnector' | 'offerInteraction' | 'reportInteraction' | 'connectorCommands' | 'answerCommand';

export function connectorHandlers(engine: Engine): Pick<Handlers, Routes> {
  return {
    async readConnector({ db, connector }) {
      const { id, name } = connector;
      return { answer: { connector: { id, name, channels: CHANNELS.filter((channel) => carries(connector, channel)) }, ...(await placesOf(db, connector)) } };
    },
    offerInteraction: async ({ db, connector, body }) => ({ answer: await offer(db, connector, body, engine) }),
    async reportInteraction({ db, connector, params, body }) {
      return { answer: { state: await reported(db, connector, params.id, body, engine) } };
    },
    async connectorCommands({ db, connector }) {
      await heard(db, connector.id, engine.now());
      return { answer: { commands: await openCommands(db, connector.id) } };
    },
    async answerCommand({ db, connector, params, body }) {
      const found = isUuid(params.id) && (await settleCommand(db, connector.id, params.id, body, engine));
      if (!found) throw new ProblemError('notFound', { detail: 'There is no such command.' });
      return {};
    },
  };
}

async function placesOf(db: Db, { accountId }: Connector) {
  const queues = await db
    .selectFrom('resource')
    .select(['id', 'name', 'attributes'])
    .where('account_id', '=', accountId)
    .where('kind', '=', 'queue')
    .where('archived', '=', false)
    .orderBy('name')
    .execute();
  const people = await db.selectFrom('person').select(['id', 'name', 'email']).where('account_id', '=', accountId).where('disabled', '=', false).orderBy('name').execute();
  return { queues: queues.map(({ id, name, attributes }) => ({ id, name, channels: CHANNELS.filter((channel) => attributes[channel] === true) })), people };
}

type Offer = Parameters<Handlers['offerInteraction']>[0]['body'];

async function offer(trx: Trx, connector: Connector, body: Offer, engine: Engine): Promise<{ id: string; state: string }> {
  const { ref, channel, queueId = null, personId = null, customer, subject, text, priority } = body;
  // Two of the same ref at once: the second waits for the first, and finds it.
  await trx.selectFrom('connector').select('id').where('id', '=', connector.id).forNoKeyUpdate().execute();
  const there = await trx.selectFrom('interaction').select(['id', 'state']).where('connector_id', '=', connector.id).where('ref', '=', ref).orderBy('offered_at', 'desc').executeTakeFirst();
  if (there) return there;
  if ((queueId === null) === (personId === null)) {
    throw new ProblemError('request.invalid', { issues: [{ path: ['queueId'], message: 'Say a queue or a person, one of the two.' }] });
  }
  if (!carries(connector, channel)) throw new ProblemError('interaction.channel', { detail: `This connector does not carry the channel ${channel}.` });
  if (queueId !== null) await requireQueue(trx, connector, queueId, channel);
  else await requirePerson(trx, connector, personId!);
  const row = await insertInteraction(
    trx,
    { account_id: connector.accountId, connector_id: connector.id, ref, channel, direction: 'inbound', smart: queueId !== null, queue_id: queueId, for_person: personId, customer, subject, priority },
    engine,
  );
  if (text !== '') await trx.insertInto('interaction_message').values({ interaction_id: row.id, at: row.offered_at, text, person_id: null }).execute();
  return { id: row.id, state: row.state };
}

async function requireQueue(trx: Trx, { accountId }: Connector, queueId: string, channel: Offer['channel']): Promise<void> {
  const queue = isUuid(queueId)
    ? await trx.selectFrom('resource').select('attributes').where('id', '=', queueId).where('account_id', '=', accountId).where('kind', '=', 'queue').where('archived', '=', false).executeTakeFirst()
    : undefined;
  if (!queue) throw new ProblemError('notFound', { detail: 'There is no such queue.' });
  if (queue.attributes[channel] !== true) throw new ProblemError('interaction.channel', { detail: `This queue does not take the channel ${channel}.` });
}

async function requirePerson(trx: Trx, { accountId }: Connector, personId: string): Promise<void> {
  const person = isUuid(personId) && (await trx.selectFrom('person').select('id').where('id', '=', personId).where('account_id', '=', accountId).where('disabled', '=', false).executeTakeFirst());
  if (!person) throw new ProblemError('notFound', { detail: 'There is no such person.' });
}

async function reported(trx: Trx, connector: Connector, id: string, event: ConnectorEvent, engine: Engine): Promise<string> {
  const mine = isUuid(id) && (await trx.selectFrom('interaction').select('id').where('id', '=', id).where('connector_id', '=', connector.id).executeTakeFirst());
  const state = mine && (await report(trx, id, event, engine));
  if (!state) throw new ProblemError('notFound', { detail: 'There is no such interaction.' });
  return state;
}

/** One that hung up while its connector was away is still told so, for a while. */
export async function openCommands(db: Db, connectorId: string): Promise<AnyCommand[]> {
  const rows = await db
    .selectFrom('connector_command')
    .select('message')
    .where('connector_id', '=', connectorId)
    .where('answered_at', 'is', null)
    .where((eb) => eb.or([eb('settled_at', 'is', null), eb('verb', '=', 'hangup'), eb('waits', '=', false)]))
    .orderBy('at')
    .limit(200)
    .execute();
  return rows.map(({ message }) => message);
}
