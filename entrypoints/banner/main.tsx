/** The banner page: in a frame on a site, as the side panel, or in a window of its own. */
import { computed } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import '../../components/banner/banner.css';
import '../../components/banner/layouts.css';
import { Banner } from '../../components/banner/banner.tsx';
import { preparePage } from '../../components/ui/page.ts';
import { type GetMessage, t } from '../../components/ui/text.ts';
import { createAlerts } from '../../lib/session/alerts/page.ts';
import { connectHost } from '../../lib/frame/host.ts';
import { BannerModel, CALLS } from '../../lib/models/banner.ts';
import { systemClock } from '../../lib/models/clock.ts';
import { connectClient } from '../../lib/session/port.ts';
import type { Appearance } from '../../lib/settings/schema.ts';
import { watchAppearance } from '../../lib/store/appearance.ts';
import { readMirror, type SessionArea } from '../../lib/store/mirror.ts';

preparePage(browser.i18n.getMessage as GetMessage, browser.i18n.getUILanguage());
document.title = t('banner.name');

// Both are read while the background looks at the ticket; nothing is drawn of them before it has.
const mirrored = readMirror(browser.storage.session as unknown as SessionArea);
const connected = connectHost();
watchAppearance(browser.storage, (appearance) => void drawn.then((draw) => draw(appearance)));

// Throws where a stranger framed this page: it then stays blank and connects to nothing.
const drawn = connected.then((host) => {
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
    calls.subscribe((on) => on !== told && void host.setCalls((told = on)));
  }
  const alerts = createAlerts();
  const page = document.querySelector('#page')!;
  return (appearance: Appearance) =>
    render(
      <Banner model={model} host={host} appearance={appearance} openOptions={() => void browser.runtime.openOptionsPage()} alerts={alerts} />,
      page,
    );
});
