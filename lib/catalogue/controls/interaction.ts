/** What can be done with an offer and with an interaction in hand. */
import { anyGrant, connected, grant, grantOfChannel, interaction, notAutoRecorded, row, smartInteraction } from '../terms.ts';
import { control } from './declare.ts';

/**
 * Accepting, holding, hanging up and finishing carry no term of a profile at all: whatever is published, a caller is
 * never left on a line that nobody can answer or end (catalogue §4, safety set).
 */
export const offer = [
  control('offer.accept', { icon: 'phone', place: 'offer', safety: true, priority: 120, source: 'P', needs: [interaction('offered')] }),
  control('offer.refuse', {
    icon: 'phone-off',
    place: 'offer',
    priority: 110,
    needs: [
      grantOfChannel({
        voice: 'flow.voice.manage.canRefuse',
        email: 'flow.email.manage.canRefuse',
        messages: 'flow.messages.manage.canRefuse',
      }),
      interaction('offered'),
      smartInteraction,
      connected,
    ],
  }),
] as const;

export const live = [
  control('int.hold', { icon: 'pause', place: 'interaction', safety: true, priority: 110, source: 'P', needs: [interaction('live')] }),
  control('int.mute', {
    icon: 'mic-off',
    place: 'interaction',
    channel: 'voice',
    priority: 90,
    needs: [grant('flow.voice.process.mute'), interaction('live', 'voice'), connected],
  }),
  control('int.record', {
    icon: 'circle-dot',
    place: 'interaction',
    channel: 'voice',
    priority: 85,
    needs: [grant('flow.voice.process.manualRecord'), interaction('live', 'voice'), notAutoRecorded, connected],
  }),
  control('int.conference', {
    icon: 'users-round',
    place: 'interaction',
    priority: 70,
    needs: [
      grantOfChannel({ voice: 'flow.voice.process.conference', messages: 'flow.messages.process.conference' }),
      interaction('live', 'voice', 'messages'),
      connected,
    ],
  }),
  control('int.transfer', {
    label: 'control.int.transfer.menu',
    icon: 'arrow-left-right',
    place: 'interaction',
    priority: 95,
    needs: [
      anyGrant(
        'transfers.assistedQueue',
        'transfers.blindQueue',
        'transfers.advisor',
        'transfers.external',
        'transfers.smartRouting',
      ),
      interaction('live'),
      connected,
    ],
  }),
  ...(
    [
      ['assistedQueue', 'phone-call'],
      ['blindQueue', 'corner-up-right'],
      ['advisor', 'user-round-check'],
      ['external', 'square-arrow-out-up-right'],
      ['smartRouting', 'route'],
    ] as const
  ).map(([way, icon]) =>
    control(`int.transfer.${way}`, {
      icon,
      place: 'transfer',
      short: true,
      ...(way === 'external' || way === 'blindQueue' ? { irreversible: true as const } : {}),
      needs: [grant(`transfers.${way}`), interaction('live'), connected],
    }),
  ),
  control('int.toMailbox', {
    icon: 'voicemail',
    place: 'interaction',
    short: true,
    channel: 'voice',
    priority: 40,
    needs: [row('voiceMailboxes'), interaction('live', 'voice'), connected],
  }),
  control('int.qualify', {
    icon: 'clipboard-pen-line',
    place: 'interaction',
    priority: 65,
    needs: [grant('qualification.access'), interaction('inHand'), connected],
  }),
  control('int.script', {
    icon: 'scroll-text',
    place: 'interaction',
    priority: 60,
    needs: [grant('scripts.access'), interaction('inHand'), connected],
  }),
  control('int.custom', {
    icon: 'square-mouse-pointer',
    place: 'interaction',
    priority: 45,
    source: 'A',
    forEach: { tab: 'customButtons', resource: { place: ['interaction'] } },
    needs: [interaction('inHand')],
  }),
  control('int.hangup', { icon: 'phone-off', place: 'interaction', safety: true, priority: 120, source: 'P', needs: [interaction('live')] }),
  control('int.wrapup.finish', {
    icon: 'check',
    place: 'interaction',
    short: true,
    safety: true,
    priority: 115,
    source: 'P',
    needs: [interaction('wrapup')],
  }),
] as const;

/**
 * What a supervisor does for one of the people of the active profile's supervised queues. Which people those are is
 * checked for each command: it is not a property of the control.
 */
export const supervision = (
  [
    ['toggleFlow', 'toggle-left'],
    ['changeProfile', 'id-card'],
    ['changeActivity', 'activity'],
    ['disconnect', 'unplug'],
    ['listen', 'headphones'],
    ['record', 'circle-dot'],
  ] as const
).map(([verb, icon]) =>
  control(`sup.${verb}`, {
    icon,
    place: 'supervision',
    short: true,
    module: 'mod.supervision',
    source: 'A',
    ...(verb === 'disconnect' ? { irreversible: true as const } : {}),
    needs: [grant('supervision.access'), connected],
  }),
);
