/** The five ways to pass an interaction on. Each keeps to the profile's transfer rules, which the banner lists by the same. */
import { bodyOf } from '../../lib/api/interaction-commands.ts';
import type { TransferWay } from '../../lib/interaction/machine.ts';
import { isNamed, transferRules } from '../../lib/interaction/transfer.ts';
import { formatNumber } from '../../lib/numbers/hub.ts';
import { isUuid } from '../db/changes.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { CommandCall, Commands } from '../session/commands.ts';
import type { Asked } from './ask.ts';
import { happen } from './change.ts';
import type { Engine } from './engine.ts';
import { askFor, type Held, holdFree } from './held.ts';
import { insertInteraction } from './insert.ts';
import { dialable } from './outgoing.ts';
import { again, nameOf } from './pass-on.ts';

type To = NonNullable<Asked['to']>;

export function transferCommands(engine: Engine): Commands {
  const give = async (held: Held, to: To, note: string) => {
    const row = await happen(held.trx, held.row, { event: 'transfer', by: held.row.person_id, detail: { way: to.way } }, engine.now());
    await askFor({ ...held, row }, 'transfer', { to, text: note }, engine);
  };
  return {
    'int.transfer.assistedQueue': (call) => assisted(call, give, engine),
    async 'int.transfer.blindQueue'(call) {
      const { interactionId, queueId, note } = call.read(bodyOf['int.transfer.blindQueue']);
      const held = await holdFree(call, interactionId);
      await give(held, await queueTo(held, queueId, 'blindQueue'), note);
    },
    async 'int.transfer.advisor'(call) {
      const { interactionId, personId, note } = call.read(bodyOf['int.transfer.advisor']);
      const held = await holdFree(call, interactionId);
      await give(held, { way: 'advisor', ...(await colleague(held, personId, true)) }, note);
    },
    async 'int.transfer.external'(call) {
      const { interactionId, ruleId, number, note } = call.read(bodyOf['int.transfer.external']);
      const held = await holdFree(call, interactionId);
      await give(held, { way: 'external', ...outside(held, { ruleId, number }, engine) }, note);
    },
    async 'int.transfer.smartRouting'(call) {
      const { interactionId, ruleId, note } = call.read(bodyOf['int.transfer.smartRouting']);
      const held = await holdFree(call, interactionId);
      const rule = rulesOf(held, 'smartRouting').find(({ id }) => id === ruleId);
      if (!rule) throw noRule();
      await give(held, { way: 'smartRouting', address: rule.target, label: rule.name }, note);
    },
  };
}

const rulesOf = ({ session }: Held, to: Parameters<typeof transferRules>[1]) => transferRules(session.profile.active?.view ?? null, to);
const noRule = () => new ProblemError('notFound', { detail: 'No transfer rule of the active profile leads there.' });

/** @throws {ProblemError} notFound: no rule names it; interaction.channel: it does not take this channel */
async function queueTo(held: Held, queueId: string, way: TransferWay): Promise<To & { readonly label: string }> {
  const { trx, row } = held;
  const queue = isUuid(queueId)
    ? await trx.selectFrom('resource').select(['name', 'attributes']).where('id', '=', queueId).where('account_id', '=', row.account_id).where('kind', '=', 'queue').where('archived', '=', false).executeTakeFirst()
    : undefined;
  if (!queue || !isNamed(rulesOf(held, 'queue'), queue.name)) throw noRule();
  if (queue.attributes[row.channel] !== true) throw new ProblemError('interaction.channel');
  return { way, queueId, label: queue.name };
}

/** @param ruled whether a transfer rule must name them @throws {ProblemError} notFound */
async function colleague({ trx, row, ...held }: Held, personId: string, ruled: boolean): Promise<To & { readonly label: string }> {
  const person = isUuid(personId) && personId !== row.person_id
    ? await trx.selectFrom('person').select('name').where('id', '=', personId).where('account_id', '=', row.account_id).where('disabled', '=', false).executeTakeFirst()
    : undefined;
  if (!person) throw new ProblemError('notFound', { detail: 'There is no such colleague.' });
  if (ruled && !isNamed(rulesOf({ trx, row, ...held }, 'advisor'), person.name)) throw noRule();
  return { personId, label: person.name };
}

/** A number of a rule, or any where a rule has none: that one keeps to the profile's countries. */
function outside(held: Held, { ruleId, number }: { ruleId?: string | undefined; number?: string | undefined }, engine: Engine): To {
  const rules = rulesOf(held, 'external');
  const rule = rules.find(({ id, target }) => id === ruleId && target !== '');
  if (rule) return { address: rule.target, label: rule.name };
  if (number === undefined || !isNamed(rules, number)) throw noRule();
  return numberTo(held, number, engine);
}

function numberTo(held: Held, number: string, engine: Engine): To {
  const address = dialable(held.session, 'voice', number, engine);
  return { address, label: formatNumber(address, engine.country) };
}

/** Who is to join a conference: a colleague, or a number that the profile lets one call. @throws {ProblemError} notFound, number.* */
export async function labelOf(held: Held, { personId, number }: { personId?: string | undefined; number?: string | undefined }, engine: Engine): Promise<To> {
  if (personId !== undefined) return colleague(held, personId, false);
  if (number === undefined) throw new ProblemError('request.invalid', { issues: [{ path: ['number'], message: 'Say a colleague or a number.' }] });
  return numberTo(held, number, engine);
}

/**
 * A consultation is an interaction of its own for whoever takes it, offered to the queue like any other; the transfer then
 * gives that one the customer.
 */
async function assisted(call: CommandCall, give: (held: Held, to: To, note: string) => Promise<void>, engine: Engine): Promise<void> {
  const { interactionId, step, queueId, note } = call.read(bodyOf['int.transfer.assistedQueue']);
  const held = await holdFree(call, interactionId);
  const { row } = held;
  if (step === 'call') return consult(held, await queueTo(held, queueId ?? '', 'assistedQueue'), note, engine);
  if (row.state !== 'consulting' || row.consult === null) throw new ProblemError('interaction.state');
  const { way, to } = row.consult;
  if (step === 'complete') return give(held, { way, label: to, ...(await queueOfLine(held)) }, note);
  await askFor(held, step === 'swap' ? 'swap' : 'endConsult', { to: { label: to } }, engine);
}

/** Where the consultation was offered: there the customer goes, should nobody have taken it. */
async function queueOfLine({ trx, row }: Held): Promise<{ queueId?: string }> {
  const line = await trx.selectFrom('interaction').select('queue_id').where('consults_for', '=', row.id).orderBy('offered_at', 'desc').executeTakeFirst();
  return line?.queue_id ? { queueId: line.queue_id } : {};
}

async function consult(held: Held, to: To & { readonly label: string }, note: string, engine: Engine): Promise<void> {
  const { trx } = held;
  const state = { way: 'assistedQueue', to: to.label, on: 'consulted', answered: false } as const;
  const row = await happen(trx, held.row, { event: 'consult', by: held.row.person_id, set: { consult: JSON.stringify(state) }, detail: { queue: to.label } }, engine.now());
  await insertInteraction(trx, { ...again(row), ref: `${row.ref}/consult/${engine.now()}`, smart: true, queue_id: to.queueId!, priority: 100, consults_for: row.id, passed_on: JSON.stringify({ who: await nameOf(trx, row.person_id), note }) }, engine);
  await askFor({ ...held, row }, 'consult', { to }, engine);
}
