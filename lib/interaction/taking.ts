/** What a profile says of taking an interaction: the same for the hub and for a preview. */
import type { InteractionView } from '../api/interaction.ts';
import type { ProfileView } from '../api/snapshot.ts';
import type { Channel } from '../catalogue/index.ts';

/** In seconds, where the profile does not say. */
const ACCEPTS_AFTER_SEC = 5;

function settingsOf(view: ProfileView | null, channel: Channel): (name: string) => unknown {
  const settings = (view?.document.settings ?? {}) as Readonly<Record<string, unknown>>;
  return (name) => settings[`flow.${channel}.${name}`];
}

export const opensAs = (view: ProfileView | null, channel: Channel): InteractionView['opens'] =>
  settingsOf(view, channel)('manage.autoOpen') === 'screen' ? 'screen' : 'smallBanner';

/** The share recorded automatically, in per cent. */
export function supervisionRate(view: ProfileView | null, channel: Channel): number {
  const rate = settingsOf(view, channel)('process.supervisionRate');
  return typeof rate === 'number' ? rate : 0;
}

/** When it accepts itself, where the profile has that; milliseconds since the epoch. */
export function acceptAtOf(view: ProfileView | null, { channel, smart }: Pick<InteractionView, 'channel' | 'smart'>, now: number): number | null {
  const setting = settingsOf(view, channel);
  if (!smart || setting('manage.autoAccept') !== true) return null;
  const seconds = setting('manage.autoAcceptSec');
  return now + (typeof seconds === 'number' ? seconds : ACCEPTS_AFTER_SEC) * 1000;
}
