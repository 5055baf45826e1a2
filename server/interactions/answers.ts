/** What a connector's answer to a command makes of an interaction, and what no answer at all does. */
import type { CommandResult, ConnectorCommand, ConnectorVerb } from '../../lib/api/connector.ts';
import { answeredLate, isCampaignMessage } from '../campaigns/sent.ts';
import type { Trx } from '../db/connect.ts';
import { giveBack } from './accept.ts';
import { ask } from './ask.ts';
import { amend, happen, type Interaction, lockInteraction } from './change.ts';
import { abandon, end, endAnyhow, endConsultation } from './end.ts';
import { outcomeOf, settleRun } from '../buttons/runs.ts';
import type { Engine } from './engine.ts';
import { passOn } from './pass-on.ts';

interface Answered {
  readonly trx: Trx;
  readonly row: Interaction;
  readonly message: ConnectorCommand;
  readonly engine: Engine;
  /** The connector's own name of an outgoing one. */
  readonly ref?: string | undefined;
}
type Effect = (answered: Answered) => Promise<unknown>;

const set = (event: string, what: Parameters<typeof amend>[2]['set']): Effect => ({ trx, row, engine }) => amend(trx, row, { event, set: what }, engine.now());
const step = (event: 'hold' | 'resume'): Effect => ({ trx, row, engine }) => happen(trx, row, { event, by: row.person_id }, engine.now());

const DONE: Readonly<Record<ConnectorVerb, Effect>> = {
  answer: connect,
  dial: ({ trx, row, ref, engine }) => amend(trx, row, { event: 'dialled', set: ref ? { ref } : {} }, engine.now()),
  hold: step('hold'),
  resume: step('resume'),
  mute: set('muted', { muted: true }),
  unmute: set('unmuted', { muted: false }),
  record: set('recorded', { recording: true }),
  stopRecording: set('recordedNoMore', { recording: false }),
  consult: async () => {},
  swap: ({ trx, row, engine }) => {
    const { consult } = row;
    if (!consult) return Promise.resolve();
    const on = consult.on === 'customer' ? ('consulted' as const) : ('customer' as const);
    return amend(trx, row, { event: 'swapped', set: { consult: JSON.stringify({ ...consult, on }) } }, engine.now());
  },
  async endConsult({ trx, row, engine }) {
    await endConsultation(trx, row.id, engine);
    await happen(trx, row, { event: 'back', set: { consult: null } }, engine.now());
  },
  transfer: ({ trx, row, message, engine }) => passOn(trx, row, message, engine),
  conference: ({ trx, row, message, engine }) =>
    amend(trx, row, { event: 'conference', set: { conference: JSON.stringify([...row.conference, message.to?.label ?? message.to?.address ?? '']) } }, engine.now()),
  listen: ({ trx, row, message, engine }) => {
    const { personId = '', label = '' } = message.to ?? {};
    const others = row.listeners.filter(({ id }) => id !== personId);
    return amend(trx, row, { event: 'listened', by: personId, set: { listeners: JSON.stringify([...others, { id: personId, name: label }]) } }, engine.now());
  },
  stopListening: ({ trx, row, message, engine }) =>
    amend(trx, row, { event: 'listenedNoMore', by: message.to?.personId ?? null, set: { listeners: JSON.stringify(row.listeners.filter(({ id }) => id !== message.to?.personId)) } }, engine.now()),
  mailbox: ({ trx, row, engine }) => end(trx, row, { outcome: 'mailbox', by: row.person_id }, engine),
  hangup: ({ trx, row, engine }) => endAnyhow(trx, row, 'completed', engine),
  unanswered: async () => {},
  // An outgoing email or message is done once it is on its way.
  async send({ trx, row, engine }) {
    if (row.direction !== 'outbound' || row.state !== 'accepted') return;
    const live = await happen(trx, row, { event: 'connect', set: { connected_at: new Date(engine.now()) } }, engine.now());
    await end(trx, live, { outcome: 'completed', by: row.person_id }, engine);
  },
};

async function connect({ trx, row, engine }: Answered): Promise<void> {
  const live = await happen(trx, row, { event: 'connect', set: { connected_at: new Date(engine.now()) } }, engine.now());
  if (row.auto_recorded) await ask(trx, live, 'record', {}, engine.now(), false);
  if (row.consults_for !== null) await consultAnswered(trx, row.consults_for, engine);
}

async function consultAnswered(trx: Trx, id: string, engine: Engine): Promise<void> {
  const row = await lockInteraction(trx, id);
  if (row?.consult) await amend(trx, row, { event: 'consultAnswered', set: { consult: JSON.stringify({ ...row.consult, answered: true }) } }, engine.now());
}

/** What is as it was before; the person sees by that, and by the sentence, that it could not be done. */
const FAILED: Readonly<Partial<Record<ConnectorVerb, Effect>>> = {
  answer: ({ trx, row, engine }) => giveBack(trx, row, 'giveBack', null, engine),
  dial: ({ trx, row, engine }) => abandon(trx, row, engine, 'failed'),
  transfer: ({ trx, row, engine }) => happen(trx, row, { event: 'back', set: { consult: null } }, engine.now()),
  consult: DONE.endConsult,
  // Whatever the connector says: nobody is kept on a line they have hung up.
  hangup: DONE.hangup,
  send: ({ trx, row, engine }) => (row.direction === 'outbound' ? endAnyhow(trx, row, 'failed', engine) : Promise.resolve()),
};

/**
 * Takes the answer to a command, once. @param result `timeout`: nobody answered in time
 * @returns whether there is such a command of this connector
 */
export async function settleCommand(trx: Trx, connectorId: string | null, commandId: string, result: CommandResult | { readonly result: 'timeout' }, engine: Engine): Promise<boolean> {
  const seen = await trx.selectFrom('connector_command').select(['interaction_id', 'run_id', 'connector_id']).where('id', '=', commandId).executeTakeFirst();
  if (!seen || (connectorId !== null && seen.connector_id !== connectorId)) return false;
  if (seen.run_id !== null) return settleWorkflow(trx, commandId, seen.run_id, result, engine);
  const row = await lockInteraction(trx, seen.interaction_id!);
  const command = await trx.selectFrom('connector_command').selectAll().where('id', '=', commandId).forUpdate().executeTakeFirst();
  if (!row || !command || command.answered_at !== null) return true;
  const at = new Date(engine.now());
  const why = 'why' in result ? result.why : null;
  await trx
    .updateTable('connector_command')
    .set({ settled_at: command.settled_at ?? at, result: result.result, why, ...(result.result === 'timeout' ? {} : { answered_at: at }) })
    .where('id', '=', commandId)
    .execute();
  // An answer that comes after the hub has given up waiting changes nothing any more, but for what nobody knows of a message.
  if (command.settled_at !== null) {
    if (result.result !== 'timeout' && command.verb === 'send' && isCampaignMessage(row)) await answeredLate(trx, row, result);
    return true;
  }
  const { verb, message } = command as { verb: ConnectorVerb; message: ConnectorCommand };
  const effect = result.result === 'done' ? DONE[verb] : FAILED[verb];
  const answered = { trx, row, message, engine, ref: 'ref' in result ? result.ref : undefined };
  if (effect) await effect(answered);
  // Nothing changed but that nothing is asked any more.
  else await amend(trx, row, { event: 'commandFailed', detail: { verb, why } }, engine.now());
  return true;
}

/** A workflow is of no interaction: it may end while another thing is asked, or when there is none any more. */
async function settleWorkflow(trx: Trx, commandId: string, runId: string, result: CommandResult | { readonly result: 'timeout' }, engine: Engine): Promise<true> {
  // First, as it holds the session: sessions go before all that is theirs.
  await settleRun(trx, runId, outcomeOf(result));
  const at = new Date(engine.now());
  await trx
    .updateTable('connector_command')
    .set((eb) => ({ settled_at: eb.fn.coalesce('settled_at', eb.val(at)), result: result.result, why: 'why' in result ? result.why : null, ...(result.result === 'timeout' ? {} : { answered_at: at }) }))
    .where('id', '=', commandId)
    .where('answered_at', 'is', null)
    .execute();
  return true;
}
