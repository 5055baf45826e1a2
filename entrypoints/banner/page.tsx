/** What the banner page draws, once it is known where it stands. */
import { computed } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { Banner } from '../../components/banner/banner.tsx';
import { preparePage } from '../../components/ui/page.ts';
import { type GetMessage, t } from '../../components/ui/text.ts';
import { createAlerts } from '../../lib/session/alerts/page.ts';
import { afterPaint } from '../../lib/frame/after-paint.ts';
import { createHost } from '../../lib/frame/host.ts';
import type { FrameViews } from '../../lib/frame/ticket.ts';
import { BannerModel, CALLS } from '../../lib/models/banner.ts';
import { systemClock } from '../../lib/models/clock.ts';
import type { ClientState } from '../../lib/session/client-state.ts';
import { connectClient } from '../../lib/session/port.ts';
import type { Appearance } from '../../lib/settings/schema.ts';

preparePage(browser.i18n.getMessage as GetMessage, browser.i18n.getUILanguage());
document.title = t('banner.name');

/**
 * @param views how its frame stands; null where it has none
 * @param mirrored the state that was there before the background is awake
 * @returns what draws it, and draws it anew in another appearance
 */
export function bannerPage(views: FrameViews | null, mirrored: Promise<ClientState | null>): (appearance: Appearance) => void {
  const host = views && createHost(views);
  const model = new BannerModel(connectClient(undefined, mirrored), systemClock, (address) => window.open(address, '_blank', 'noopener'));
  if (host) {
    host.onAsk((ask, number) => {
      if (ask === 'switchProfile') model.openSwitcher();
      else if (ask === 'call') model.dial(number);
      else model.focusBar();
    });
    const calls = computed(() => CALLS.some((id) => model.view.value.decisions.of(id).shown));
    // A new frame has none, and the page would be drawn on again to hear it.
    let told = false;
    afterPaint(() => void calls.subscribe((on) => on !== told && void host.setCalls((told = on))));
  }
  const alerts = createAlerts();
  const page = document.querySelector('#page')!;
  return (appearance) =>
    render(
      <Banner model={model} host={host} appearance={appearance} openOptions={() => void browser.runtime.openOptionsPage()} alerts={alerts} />,
      page,
    );
}
