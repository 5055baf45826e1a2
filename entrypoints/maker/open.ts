/** Opens the Maker in a tab of its own: the one that is there already, where there is one. */
import { browser } from 'wxt/browser';

interface Contexts {
  getContexts(filter: { contextTypes: ['TAB'] }): Promise<readonly { documentUrl?: string; tabId: number; windowId: number }[]>;
}

export async function openMaker(): Promise<void> {
  const url = browser.runtime.getURL('/maker.html' as never);
  // Not `tabs.query`: to ask for tabs by their address takes a permission that is wanted for nothing else.
  const open = await (browser.runtime as unknown as Contexts).getContexts({ contextTypes: ['TAB'] }).catch(() => []);
  const tab = open.find(({ documentUrl }) => documentUrl?.startsWith(url));
  if (!tab) return void (await browser.tabs.create({ url }));
  await browser.tabs.update(tab.tabId, { active: true });
  await browser.windows.update(tab.windowId, { focused: true });
}
