/** A banner page's side of `Alerts`. */
import { browser } from 'wxt/browser';
import { insist } from '../../frame/insist.ts';
import { systemClock } from '../../models/clock.ts';
import type { Alerts } from '../../models/interaction/alerts.ts';
import type { AlertMessage } from './messages.ts';

/** A background that ended in the middle is asked once more whether it rings here; what it may have opened, it is not. */
const ask = (message: AlertMessage): Promise<unknown> =>
  insist<unknown>(() => browser.runtime.sendMessage(message), (asked) => message.type === 'ring' && asked < 2, systemClock.after);

export const createAlerts = (): Alerts => ({
  ring: async (interactionId) => (await ask({ to: 'alerts', type: 'ring', interactionId })) === true,
  open: async (interactionId, row, address) => void (await ask({ to: 'alerts', type: 'open', interactionId, row, address })),
});
