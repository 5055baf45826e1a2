import type { WatchedFlow } from '../../../lib/api/shapes-supervision.ts';
import { t } from '../../ui/text.ts';

export const CHANNEL_ICON = { voice: 'phone', email: 'mail', messages: 'message-circle' } as const;

/** How a flow stands, with whoever keeps it off. */
export function flowText({ channel, on, possible, forced }: WatchedFlow): string {
  const name = t(`channel.${channel}`);
  if (forced?.by === 'supervisor' && forced.who) return t('sup.flow.forcedBy', name, forced.who);
  return t(`sup.flow.${forced ? forced.by : on ? 'on' : possible ? 'off' : 'activity'}`, name);
}
