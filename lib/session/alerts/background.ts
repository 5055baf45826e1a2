/**
 * The background's side of offers: which frame rings, the system's notification while nobody looks at a banner, what a
 * custom button opens by itself, and the two shortcuts.
 */
import * as v from 'valibot';
import type { Runtime } from 'webextension-polyfill';
import { browser } from 'wxt/browser';
import type { InteractionView } from '../../api/interaction.ts';
import type { ClientState } from '../client-state.ts';
import type { ClientHost } from '../serve-client.ts';
import type { SettingsStore } from '../../settings/settings.ts';
import { alertMessage } from './messages.ts';
import { createOnce, meantBy, offersOf } from './offers.ts';

export interface AlertsDependencies {
  readonly client: Pick<ClientHost, 'subscribe' | 'perform'>;
  readonly settings: Pick<SettingsStore, 'read'>;
  /** Tabs with a banner that is not put away, the one to go to first. */
  readonly bannerTabs: () => Promise<readonly number[]>;
  readonly newKey?: () => string;
}

const PREFIX = 'pennon.offer.';

/** Registers every listener; to be called synchronously when the background starts. */
export function listenForOffers({ client, settings, bannerTabs, newKey = () => crypto.randomUUID() }: AlertsDependencies): void {
  const once = createOnce();
  let state: ClientState | null = null;
  let told: ReadonlyMap<string, InteractionView> = new Map();

  client.subscribe((next) => {
    state = next;
    const now = offersOf(next);
    for (const [id, offer] of now) if (!told.has(id)) void notify(offer);
    for (const id of told.keys()) if (!now.has(id)) void notifications()?.clear(PREFIX + id);
    told = now;
  });

  async function notify(offer: InteractionView): Promise<void> {
    const { offerNotification } = await settings.read();
    // Asked again: the permission may have been given, or taken back, since the background started.
    if (!offerNotification.value || !(await browser.permissions.contains({ permissions: ['notifications'] }))) return;
    listenForClicks();
    if ((await isLookedAt(await bannerTabs())) || !offersOf(state!).has(offer.id)) return;
    await notifications()?.create(PREFIX + offer.id, {
      type: 'basic',
      iconUrl: browser.runtime.getURL('/icon/128.png' as '/'),
      title: [browser.i18n.getMessage(`alert_offer_${offer.campaign ? 'target' : offer.channel}` as never), offer.campaign?.name ?? offer.queue?.name].filter(Boolean).join(' · '),
      message: [offer.customer.name || (offer.customer.shown ?? offer.customer.address), offer.subject].filter(Boolean).join(' · '),
    });
  }

  let listening = false;
  /** Without the permission there is no such API to listen to. */
  function listenForClicks(): void {
    if (listening || !notifications()) return;
    listening = true;
    notifications()!.onClicked.addListener((id) => {
      if (!id.startsWith(PREFIX)) return;
      void notifications()?.clear(id);
      void bannerTabs().then(goTo);
    });
  }
  listenForClicks();

  function onMessage(message: unknown, sender: Runtime.MessageSender): Promise<unknown> | undefined {
    if ((message as { to?: unknown } | null)?.to !== 'alerts') return undefined;
    const ours = sender.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL('/' as never));
    if (!ours || !v.is(alertMessage, message)) return Promise.resolve(null);
    const { interactionId } = message;
    if (message.type === 'ring') return settings.read().then(({ offerSound }) => offerSound.value && once(`ring ${interactionId}`));
    if (!once(`open ${interactionId} ${message.row}`)) return Promise.resolve(false);
    return browser.tabs.create({ url: message.address, active: true }).then(() => true);
  }

  browser.runtime.onMessage.addListener(onMessage as never);
  browser.commands.onCommand.addListener((name) => {
    const meant = state && meantBy(name, state);
    if (meant) void client.perform('command', [meant.control, { interactionId: meant.interactionId }], newKey());
  });
}

/** Undefined without the permission. */
const notifications = (): typeof browser.notifications | undefined => (browser as { notifications?: typeof browser.notifications }).notifications;

/** Whether the tab in front of the person has a banner. */
async function isLookedAt(tabs: readonly number[]): Promise<boolean> {
  const window = await browser.windows.getLastFocused().catch(() => null);
  if (!window?.focused) return false;
  const [tab] = await browser.tabs.query({ active: true, windowId: window.id! });
  return tab?.id !== undefined && tabs.includes(tab.id);
}

/** To the banner; in a window of its own where no tab has one. */
async function goTo([tabId]: readonly number[]): Promise<void> {
  if (tabId === undefined) {
    await browser.windows.create({ url: browser.runtime.getURL('/banner.html' as '/'), type: 'popup', width: 400, height: 680 });
    return;
  }
  const tab = await browser.tabs.update(tabId, { active: true });
  if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
}
