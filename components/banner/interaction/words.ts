/** What the card and the offer say. */
import type { ButtonRun, InteractionView } from '../../../lib/api/interaction.ts';
import type { CardControl } from '../../../lib/models/interaction/controls.ts';
import { newIn } from '../../../lib/models/interaction/interactions.ts';
import type { Told } from '../../../lib/models/interaction/runs.ts';
import type { View } from '../../../lib/models/view.ts';
import type { IconName } from '../../ui/icons.ts';
import { clockTime, t, tn } from '../../ui/text.ts';
import { iconOf } from '../bar-button.tsx';
import { problemText } from '../../ui/problem.ts';
import { reasonText } from '../words.ts';

export const CHANNEL_ICON = { voice: 'phone', email: 'mail', messages: 'message-circle' } as const satisfies Record<InteractionView['channel'], IconName>;
const OFFER_ICON = { voice: 'phone-incoming', email: 'mail', messages: 'message-circle' } as const satisfies typeof CHANNEL_ICON | Record<string, IconName>;

export const offerIcon = ({ channel, campaign }: Pick<InteractionView, 'channel' | 'campaign'>): IconName => (campaign ? 'phone-outgoing' : OFFER_ICON[channel]);

/** "Incoming call · Motor claims". */
export function offerTitle({ channel, queue, smart, campaign }: InteractionView): string {
  if (campaign) return t('interaction.of', t('interaction.campaign.toCall'), campaign.name);
  const what = t(`interaction.incoming.${channel}`);
  return queue ? t('interaction.of', what, queue.name) : smart ? what : t('interaction.of', what, t('interaction.direct'));
}

export const announcement = (interaction: InteractionView): string => t('interaction.announced', offerTitle(interaction), whoIs(interaction));

/** The customer's name, else the address; words where the hub gives neither. */
export const whoIs = ({ customer }: Pick<InteractionView, 'customer'>): string => customer.name || (customer.shown ?? customer.address) || t('interaction.unknown');

/** "2 new messages". */
export const newText = (interaction: Pick<InteractionView, 'unread'>): string => tn('interaction.newMessages', newIn(interaction));

/** What is known of a target besides who it is: "Tried twice · Asked to be called again." */
export const targetWords = ({ campaign }: Pick<InteractionView, 'campaign'>): string =>
  campaign ? [campaign.tries > 0 && tn('interaction.campaign.tries', campaign.tries), campaign.note].filter(Boolean).join(' · ') : '';

export interface StateWords {
  readonly icon: IconName;
  readonly text: string;
  readonly tone: 'good' | 'wait' | 'plain';
  /** Turns while something is on its way. */
  readonly turning?: true;
}

/** What the state is called; null while it is simply live, which the running timer says. */
export function stateWords({ state, direction, consult, conference, channel }: InteractionView): StateWords | null {
  switch (state) {
    case 'accepted':
      return { icon: 'loader-circle', text: t(direction === 'outbound' ? `interaction.state.calling.${channel}` : 'interaction.state.connecting'), tone: 'plain', turning: true };
    case 'held':
      return { icon: 'pause', text: t('interaction.state.held'), tone: 'wait' };
    case 'consulting':
      if (!consult) return { icon: 'users-round', text: t('interaction.state.consulting'), tone: 'wait' };
      if (!consult.answered) return { icon: 'phone-outgoing', text: t('interaction.state.consultCalling', consult.to), tone: 'wait' };
      return { icon: 'users-round', text: t(`interaction.state.consultOn.${consult.on}`, consult.to), tone: 'wait' };
    case 'transferring':
      return { icon: 'loader-circle', text: t('interaction.state.transferring'), tone: 'plain', turning: true };
    case 'wrapup':
      return { icon: 'clipboard-pen-line', text: t('interaction.state.wrapup'), tone: 'plain' };
    default:
      return conference.length > 0 ? { icon: 'users-round', text: t('interaction.state.conference', conference.length + 2), tone: 'good' } : null;
  }
}

/** What a control of the card is called now. */
export function cardLabel({ control, resource }: CardControl, { state, muted, recording, channel }: InteractionView): string {
  if (resource) return resource.name;
  switch (control.id) {
    case 'int.hold':
      return t(state === 'held' ? 'interaction.resume' : 'control.int.hold');
    case 'int.mute':
      return t(muted ? 'interaction.unmute' : 'control.int.mute');
    case 'int.record':
      return t(recording ? 'interaction.rec' : 'control.int.record');
    case 'int.hangup':
      return t(`interaction.end.${channel}`);
    default:
      return t(control.shortLabel);
  }
}

export function cardIcon(item: CardControl, { state, muted, channel }: InteractionView): IconName {
  if (item.control.id === 'int.hold' && state === 'held') return 'circle-play';
  if (item.control.id === 'int.mute' && muted) return 'mic';
  if (item.control.id === 'int.hangup' && channel !== 'voice') return 'check';
  return iconOf(item);
}

/** Why a workflow or web service was not done, and what the other side said of it. */
export const runFailed = ({ problem, why }: Pick<ButtonRun, 'problem' | 'why'>): string =>
  [problemText({ code: problem ?? '' }), why && t('button.saidWhy', why)].filter(Boolean).join(' ');

/** What a custom button's run says once it is over; of one that went off by itself only what there is to read. */
export const runTold: Told = (run, name) => {
  if (run.state === 'failed') return { title: t('button.failed', name), detail: runFailed(run), tone: 'bad' };
  if (run.message !== null) return { title: name, detail: run.message, tone: 'good' };
  return run.byItself ? null : { title: t('button.done', name), detail: '', tone: 'good' };
};

/** Why it is locked, what it waits for, or until when it is only lent. */
export function cardWhy({ decision, run }: CardControl, { phase, until }: InteractionView, view: View): string {
  if (decision.reason) return reasonText(decision.reason, view.active?.name ?? '');
  if (decision.state === 'leased') {
    const offset = view.state?.clockOffset ?? 0;
    return phase === 'wrapup' && until !== null ? t('interaction.leasedUntil', clockTime(until - offset)) : t('interaction.leased');
  }
  if (decision.state === 'pending') return t('flow.state.pending');
  return run?.state === 'failed' ? runFailed(run) : '';
}
