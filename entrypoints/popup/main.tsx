/** The popup of the toolbar button. */
import { render } from 'preact';
import { browser } from 'wxt/browser';
import '../../components/ui/base.css';
import '../../components/popup/popup.css';
import { Popup } from '../../components/popup/popup.tsx';
import { preparePage } from '../../components/ui/page.ts';
import { type GetMessage, t } from '../../components/ui/text.ts';
import type { PageMessage } from '../../lib/frame/messages.ts';
import { builtInSites, withoutPort } from '../../lib/frame/sites.ts';
import { BannerModel } from '../../lib/models/banner.ts';
import { systemClock } from '../../lib/models/clock.ts';
import { PopupModel } from '../../lib/models/popup.ts';
import { connectClient } from '../../lib/session/port.ts';
import { createSettings, PAGE_POLICY_WAIT_MS, type SettingsStorage } from '../../lib/settings/settings.ts';
import { openMaker } from '../maker/open.ts';

/** What one of the two browsers has and the other has not. */
interface Panels {
  readonly sidePanel?: { open(target: { windowId: number }): Promise<void> };
  readonly sidebarAction?: { open(): Promise<void> };
}

/** The size the pop-out opens in: a column, as the side panel. */
const POP_OUT = { width: 400, height: 760 };

preparePage(browser.i18n.getMessage as GetMessage, browser.i18n.getUILanguage());
document.title = t('popup.title');

const banner = new BannerModel(connectClient(), systemClock, () => {});
const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
const model = new PopupModel({
  tab: tab?.id === undefined ? null : { id: tab.id, address: tab.url ?? '' },
  builtIn: builtInSites(import.meta.env.PENNON_SITES),
  settings: createSettings(browser.storage as unknown as SettingsStorage, { hub: import.meta.env.PENNON_HUB }, systemClock, PAGE_POLICY_WAIT_MS),
  requestPermission: (origin) => browser.permissions.request({ origins: [withoutPort(`${origin}/*`)] }),
  showHere: (tabId) => browser.runtime.sendMessage({ to: 'frames', type: 'showHere', tabId } satisfies PageMessage),
});

/** Opening a panel must be the first thing a click does: nothing may be awaited before it. */
function openSidePanel(): void {
  const { sidePanel, sidebarAction } = { ...(globalThis as { chrome?: Panels }).chrome, ...(browser as unknown as Panels) };
  const opened = sidePanel && tab?.windowId !== undefined ? sidePanel.open({ windowId: tab.windowId }) : sidebarAction?.open();
  void opened?.then(() => window.close());
}

render(
  <Popup
    banner={banner}
    model={model}
    openSidePanel={openSidePanel}
    openWindow={() => void browser.windows.create({ type: 'popup', url: browser.runtime.getURL('/banner.html'), ...POP_OUT }).then(() => window.close())}
    openOptions={() => void browser.runtime.openOptionsPage().then(() => window.close())}
    openMaker={() => void openMaker().then(() => window.close())}
    close={() => window.close()}
  />,
  document.querySelector('#page')!,
);
