/** What to say of the link to the hub. */
import type { ClientState } from '../../lib/session/client-state.ts';
import type { IconName } from '../ui/icons.ts';
import { clockTime, t } from '../ui/text.ts';

export type Link = 'live' | 'checking' | 'reconnecting' | 'stale' | 'expired' | 'signedOut';

/** What to say of the link: a snapshot that the hub has not confirmed yet is not live, whatever the wire is. */
export function linkOf(state: ClientState, expired: boolean): Link {
  const { state: connection } = state.connection;
  if (expired) return 'expired';
  if (connection === 'live' && !state.confirmed) return 'checking';
  return connection;
}

export const LINK_ICON: Readonly<Record<Link, IconName>> = {
  live: 'refresh-cw',
  checking: 'loader-circle',
  reconnecting: 'loader-circle',
  stale: 'cloud-off',
  expired: 'cloud-off',
  signedOut: 'log-in',
};

export function linkText(link: Link, state: ClientState): string {
  const { asOf } = state.connection;
  return link === 'stale' && asOf !== null ? t('connection.asOf', clockTime(asOf)) : t(`connection.${link}`);
}
