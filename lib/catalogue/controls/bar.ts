/** The controls of the bar itself: who I am, what comes in, what I start, how sure this is. */
import type { Channel } from '../types.ts';
import {
  activityChannel,
  belowMaximum,
  connected,
  grant,
  lockWithout,
  lockWithoutRow,
  notForced,
  pauseOver,
  row,
} from '../terms.ts';
import { control } from './declare.ts';

/** No profile hides these; `priority` 100 and more is never moved into "More". */
export const core = [
  control('core.profile', { icon: 'id-card', place: 'identity', core: true, priority: 110, source: 'P', needs: [connected] }),
  control('core.activity', {
    icon: 'activity',
    place: 'identity',
    core: true,
    priority: 105,
    source: 'P',
    needs: [lockWithoutRow('activities'), connected],
  }),
  control('core.status', { icon: 'circle-user', place: 'identity', core: true, priority: 100, source: 'P', needs: [connected] }),
  control('core.connection', { icon: 'radio', place: 'connection', core: true, priority: 110, source: 'P' }),
  control('core.logout', { icon: 'log-out', place: 'connection', core: true, priority: 100, source: 'P' }),
] as const;

const FLOW_ICON = { voice: 'phone', email: 'mail', messages: 'message-circle' } as const;

const flowButton = <const C extends Channel>(channel: C) =>
  control(`flow.${channel}`, {
    icon: FLOW_ICON[channel],
    place: 'flows',
    short: true,
    channel,
    priority: 100,
    needs: [
      grant(`flow.${channel}.access`),
      lockWithout(`flow.${channel}.canToggle`),
      activityChannel(channel),
      notForced(channel),
      connected,
    ],
  });

const poolButton = <const C extends Channel>(channel: C, icon: string) =>
  control(`pool.${channel}`, {
    icon,
    place: 'pools',
    channel,
    priority: 70,
    needs: [
      grant(`flow.${channel}.manage.pool`),
      row('queues', { [channel]: true }),
      belowMaximum(channel),
      pauseOver('inbound'),
      connected,
    ],
  });

const outgoing = <const C extends Channel, const W extends 'smart' | 'direct'>(channel: C, way: W, icon: string) =>
  control(`out.${channel}.${way}`, {
    icon,
    place: 'outgoing',
    short: true,
    channel,
    priority: way === 'direct' ? 85 : 80,
    needs: [grant(`flow.${channel}.out.${way}`), pauseOver('outbound'), connected],
  });

export const flows = [flowButton('voice'), flowButton('email'), flowButton('messages')] as const;
export const pools = [
  poolButton('voice', 'phone-incoming'),
  poolButton('email', 'inbox'),
  poolButton('messages', 'messages-square'),
] as const;
export const outgoings = [
  outgoing('voice', 'direct', 'phone-outgoing'),
  outgoing('voice', 'smart', 'phone-forwarded'),
  outgoing('email', 'direct', 'pen-line'),
  outgoing('email', 'smart', 'mail-plus'),
  outgoing('messages', 'direct', 'smartphone'),
  outgoing('messages', 'smart', 'message-square-plus'),
] as const;

/** One button for each custom button of the profile whose resource says "top bar". */
export const topBar = [
  control('top.custom', {
    icon: 'square-mouse-pointer',
    place: 'topBar',
    priority: 40,
    source: 'A',
    forEach: { tab: 'customButtons', resource: { place: ['topBar'] } },
  }),
] as const;
