/** A banner page's side of `Alerts`. */
import { browser } from 'wxt/browser';
import type { Alerts } from '../../models/interaction/alerts.ts';
import type { AlertMessage } from './messages.ts';

const ask = (message: AlertMessage): Promise<unknown> => browser.runtime.sendMessage(message).catch(() => null);

export const createAlerts = (): Alerts => ({
  ring: async (interactionId) => (await ask({ to: 'alerts', type: 'ring', interactionId })) === true,
  open: async (interactionId, row, address) => void (await ask({ to: 'alerts', type: 'open', interactionId, row, address })),
});
