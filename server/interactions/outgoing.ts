/** What one starts oneself: a call, an email, a message. Decided, then checked, then asked of the connector. */
import { bodyOf } from '../../lib/api/interaction-commands.ts';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import type { Channel } from '../../lib/catalogue/index.ts';
import { matchingRows } from '../../lib/decide/index.ts';
import { hasQueue } from '../../lib/distribution/takes.ts';
import { checkNumber, readNumber } from '../../lib/numbers/hub.ts';
import { carrierOf } from '../connector/carrier.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Command, Commands } from '../session/commands.ts';
import type { WholeSession } from '../session/lock.ts';
import { ask, type Asked } from './ask.ts';
import { tellSessions } from './change.ts';
import { takenBy } from './accept.ts';
import type { Engine } from './engine.ts';
import { insertInteraction } from './insert.ts';

interface Outgoing {
  readonly channel: Channel;
  readonly address: string;
  /** Of a smart one: the queue on whose behalf. */
  readonly queueId?: string;
  readonly subject?: string;
  readonly verb: 'dial' | 'send';
  readonly asked: Asked;
}

export function outgoingCommands(engine: Engine): Commands {
  const call = (read: (of: Parameters<Command>[0]) => { number: string; queueId?: string }): Command => async (of) => {
    const { number, queueId } = read(of);
    const session = await of.hold();
    const address = dialable(session, 'voice', number, engine);
    await begin(of.trx, session, { channel: 'voice', address, ...onBehalf(session, 'voice', queueId), verb: 'dial', asked: { to: { address } } }, engine);
  };
  const mail = (read: (of: Parameters<Command>[0]) => { email: string; subject: string; text: string; queueId?: string }): Command => async (of) => {
    const { email, subject, text, queueId } = read(of);
    const session = await of.hold();
    await begin(of.trx, session, { channel: 'email', address: email, subject, ...onBehalf(session, 'email', queueId), verb: 'send', asked: { to: { address: email }, subject, text } }, engine);
  };
  return {
    'out.voice.direct': call((of) => of.read(bodyOf['out.voice.direct'])),
    'out.voice.smart': call((of) => of.read(bodyOf['out.voice.smart'])),
    'out.email.direct': mail((of) => of.read(bodyOf['out.email.direct'])),
    'out.email.smart': mail((of) => of.read(bodyOf['out.email.smart'])),
    async 'out.messages.direct'(of) {
      const { number, senderId, text } = of.read(bodyOf['out.messages.direct']);
      const session = await of.hold();
      const address = dialable(session, 'messages', number, engine);
      await begin(of.trx, session, { channel: 'messages', address, verb: 'send', asked: { to: { address }, text, sender: senderOf(session, senderId) } }, engine);
    },
    async 'out.messages.smart'(of) {
      const { number, queueId, text } = of.read(bodyOf['out.messages.smart']);
      const session = await of.hold();
      const address = dialable(session, 'messages', number, engine);
      await begin(of.trx, session, { channel: 'messages', address, ...onBehalf(session, 'messages', queueId), verb: 'send', asked: { to: { address }, text } }, engine);
    },
  };
}

/**
 * A number as it was typed, in E.164, where the profile lets one reach it.
 *
 * @throws {ProblemError} number.invalid, number.country, number.premium
 */
export function dialable(session: WholeSession, channel: 'voice' | 'messages', typed: string, engine: Engine): string {
  const { number, problem } = lookAt(session, channel, typed, engine);
  if (problem) throw new ProblemError(problem, problem === 'number.country' ? { country: number?.country ?? null } : {});
  return number!.e164;
}

/** What a number is, and what the profile has against it. */
export const lookAt = ({ profile }: WholeSession, channel: 'voice' | 'messages', typed: string, engine: Engine) => lookWith(profile.active?.view ?? null, channel, typed, engine);

/** The same with a profile that nobody need be on. */
export function lookWith(view: ProfileView | null, channel: 'voice' | 'messages', typed: string, { country }: Pick<Engine, 'country'>) {
  const settings = (view?.document.settings ?? {}) as Readonly<Record<string, unknown>>;
  const number = readNumber(typed, country);
  const countries = (settings[`flow.${channel}.out.countries`] ?? []) as 'all' | readonly string[];
  return { number, problem: checkNumber(number, { countries, premium: settings[`flow.${channel}.out.premium`] === true }) };
}

/** @throws {ProblemError} notFound: no such queue in the active profile */
function onBehalf({ profile }: WholeSession, channel: Channel, queueId: string | undefined): { queueId?: string } {
  if (queueId === undefined) return {};
  if (!hasQueue(profile.active?.view ?? null, queueId, channel)) throw new ProblemError('notFound', { detail: 'The active profile has no such queue.' });
  return { queueId };
}

/** @throws {ProblemError} notFound: no such sender in the active profile */
function senderOf({ profile }: WholeSession, senderId: string): string {
  const view = profile.active?.view;
  const row = view && matchingRows(view, { tab: 'smsNumbers' }).find(({ id }) => id === senderId);
  if (!row) throw new ProblemError('notFound', { detail: 'The active profile has no such sender.' });
  const { name, attributes } = view.resources[senderId]!;
  return typeof attributes['number'] === 'string' ? attributes['number'] : name;
}

/** @throws {ProblemError} connector.none, connector.channel: there is nothing that could carry it out */
async function begin(trx: Trx, session: WholeSession, { channel, address, queueId, subject = '', verb, asked }: Outgoing, engine: Engine): Promise<void> {
  const { accountId, sessionId } = session.head;
  const connectorId = await carrierOf(trx, accountId, channel, engine.now());
  const view = session.profile.active?.view ?? null;
  const row = await insertInteraction(
    trx,
    {
      account_id: accountId,
      connector_id: connectorId,
      ref: `out/${crypto.randomUUID()}`,
      channel,
      direction: 'outbound',
      smart: queueId !== undefined,
      queue_id: queueId ?? null,
      customer: { name: '', address, reference: null, language: null },
      subject,
      state: 'accepted',
      ...takenBy({ sessionId, personId: session.person.id, view }, { channel }, engine),
    },
    engine,
  );
  if (asked.text !== undefined) await trx.insertInto('interaction_message').values({ interaction_id: row.id, at: row.offered_at, person_id: session.person.id, text: asked.text }).execute();
  await ask(trx, row, verb, asked, engine.now());
  for (const hear of engine.onAccepted) await hear(trx, row, view);
  await tellSessions(trx, accountId, [sessionId]);
}
