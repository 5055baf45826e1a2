/** What one does with an interaction in one's hands: each asks the connector, and is so once the connector has answered. */
import { bodyOf } from '../../lib/api/interaction-commands.ts';
import type { ConnectorVerb } from '../../lib/api/connector.ts';
import { CHANNELS, type Channel } from '../../lib/catalogue/index.ts';
import { matchingRows } from '../../lib/decide/index.ts';
import { hasQueue } from '../../lib/distribution/takes.ts';
import { refuseUncalled } from '../campaigns/caller.ts';
import { isPreview, withdraw } from '../campaigns/preview.ts';
import { isUuid } from '../db/changes.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Command, Commands } from '../session/commands.ts';
import { accept, giveBack } from './accept.ts';
import { amend, type Interaction } from './change.ts';
import { close } from './end.ts';
import type { Engine } from './engine.ts';
import { askFor, type Held, holdFree, holdOwn } from './held.ts';
import { dialable, outgoingCommands } from './outgoing.ts';
import { labelOf, transferCommands } from './transfers.ts';

export function interactionCommands(engine: Engine): Commands {
  return {
    ...offerCommands(engine),
    ...liveCommands(engine),
    ...Object.fromEntries(CHANNELS.map((channel) => [`pool.${channel}`, takeFromPool(engine, channel)])),
    ...transferCommands(engine),
    ...outgoingCommands(engine),
  };
}

const takerOf = ({ session }: Held) => ({ sessionId: session.head.sessionId, personId: session.person.id, view: session.profile.active?.view ?? null });

function offerCommands(engine: Engine): Commands {
  return {
    async 'offer.accept'(call) {
      const held = await holdOwn(call, call.read(bodyOf['offer.accept']).interactionId);
      const { campaign_id: campaignId, customer } = held.row;
      if (campaignId !== null) {
        refuseUncalled(held.session, campaignId, engine.now());
        dialable(held.session, 'voice', customer.address, engine);
      }
      await accept(held.trx, held.row, takerOf(held), engine);
    },
    async 'offer.refuse'(call) {
      const { trx, row, session } = await holdOwn(call, call.read(bodyOf['offer.refuse']).interactionId);
      if (isPreview(row)) await withdraw(trx, row, 'refused', engine);
      else await giveBack(trx, row, 'refuse', session.person.id, engine);
    },
  };
}

/** Asks for one of two things, where it is not so already. */
function switched(engine: Engine, control: 'int.hold' | 'int.mute' | 'int.record', verbs: readonly [on: ConnectorVerb, off: ConnectorVerb], isOn: (row: Interaction) => boolean): Command {
  return async (call) => {
    const { interactionId, on } = call.read(bodyOf[control]);
    const { trx, row } = await holdFree(call, interactionId);
    if (isOn(row) !== on) await askFor({ trx, row }, verbs[on ? 0 : 1], {}, engine);
  };
}

function liveCommands(engine: Engine): Commands {
  return {
    'int.hold': switched(engine, 'int.hold', ['hold', 'resume'], ({ state }) => state === 'held'),
    'int.mute': switched(engine, 'int.mute', ['mute', 'unmute'], ({ muted }) => muted),
    'int.record': switched(engine, 'int.record', ['record', 'stopRecording'], ({ recording }) => recording),
    async 'int.hangup'(call) {
      const { trx, row } = await holdOwn(call, call.read(bodyOf['int.hangup']).interactionId);
      // Whatever else is under way: hanging up waits for nothing.
      await trx.updateTable('connector_command').set({ settled_at: new Date(engine.now()) }).where('interaction_id', '=', row.id).where('settled_at', 'is', null).execute();
      await askFor({ trx, row }, 'hangup', {}, engine);
    },
    async 'int.wrapup.finish'(call) {
      const { trx, row, session } = await holdOwn(call, call.read(bodyOf['int.wrapup.finish']).interactionId);
      await close(trx, row, engine, session.person.id);
    },
    async 'int.conference'(call) {
      const { interactionId, personId, number } = call.read(bodyOf['int.conference']);
      const held = await holdFree(call, interactionId);
      await askFor(held, 'conference', { to: await labelOf(held, { personId, number }, engine) }, engine);
    },
    async 'int.toMailbox'(call) {
      const { interactionId, mailboxId } = call.read(bodyOf['int.toMailbox']);
      const held = await holdFree(call, interactionId);
      const view = held.session.profile.active!.view;
      const mailbox = matchingRows(view, { tab: 'voiceMailboxes' }).find(({ id }) => id === mailboxId);
      if (!mailbox) throw new ProblemError('notFound', { detail: 'The active profile has no such mailbox.' });
      const { name, attributes } = view.resources[mailboxId]!;
      await askFor(held, 'mailbox', { to: { label: name, address: String(attributes['number'] ?? '') } }, engine);
    },
    async 'int.qualify'(call) {
      const { interactionId, qualification } = call.read(bodyOf['int.qualify']);
      const { trx, row, session } = await holdOwn(call, interactionId);
      await amend(trx, row, { event: 'qualified', by: session.person.id, set: { qualification } }, engine.now());
    },
  };
}

/** Of what waits, by the one who asked first. */
function takeFromPool(engine: Engine, channel: Channel): Command {
  return async (call) => {
    const { interactionId } = call.read(bodyOf[`pool.${channel}`]);
    const session = await call.hold();
    const row = isUuid(interactionId)
      ? await call.trx.selectFrom('interaction').selectAll().where('id', '=', interactionId).where('account_id', '=', session.head.accountId).where('channel', '=', channel).forUpdate().executeTakeFirst()
      : undefined;
    const view = session.profile.active?.view ?? null;
    // One of a queue that the profile does not have is none that this person knows of.
    if (!row?.queue_id || row.for_person !== null || !hasQueue(view, row.queue_id, channel)) throw new ProblemError('notFound');
    if (row.state !== 'offered') throw new ProblemError('interaction.taken');
    await accept(call.trx, row, { sessionId: session.head.sessionId, personId: session.person.id, view }, engine, 'take');
  };
}
