/** The extension's own pages as the background meets them: which they are, and what opens them. */
import type { Runtime } from 'webextension-polyfill';
import { browser } from 'wxt/browser';

const BANNER = 'banner.html';

/** Where a frame is loaded from. */
export const bannerAddress = (ticket: string): string => `${browser.runtime.getURL(`/${BANNER}` as '/')}#${ticket}`;

export const isOwnPage = (address: string): boolean => address.startsWith(browser.runtime.getURL('/' as never));
export const isBanner = (address: string): boolean => address.split(/[?#]/)[0] === browser.runtime.getURL(`/${BANNER}` as '/');
/** Not in somebody's frame: the popup, a window or a tab of its own. */
export const isTopPage = (sender: Runtime.MessageSender): boolean => sender.tab === undefined || sender.frameId === 0;

/** Chromium's side panel, Firefox's sidebar: where there is no frame, the banner is there. */
export async function openPanel(tabId: number): Promise<void> {
  const { sidePanel, sidebarAction } = browser as unknown as {
    sidePanel?: { open(target: { tabId: number }): Promise<void> };
    sidebarAction?: { open(): Promise<void> };
  };
  await (sidePanel?.open({ tabId }) ?? sidebarAction?.open())?.catch(() => {});
}
