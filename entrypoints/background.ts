import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { listenForOffers } from '../lib/session/alerts/background.ts';
import { createFrames } from '../lib/frame/background.ts';
import { createBackgroundClient } from '../lib/session/background-client.ts';
import { browserEdges, listenForWakes, ports } from '../lib/session/browser-edges.ts';
import { serveClient } from '../lib/session/serve-client.ts';
import { createSettings, type SettingsStorage } from '../lib/settings/settings.ts';

export default defineBackground(() => {
  const settings = createSettings(browser.storage as unknown as SettingsStorage, { hub: import.meta.env.PENNON_HUB });
  const client = createBackgroundClient(browserEdges(settings));
  serveClient(ports(), client);
  listenForWakes(client);
  const frames = createFrames({ settings, sites: import.meta.env.PENNON_SITES });
  frames.listen();
  listenForOffers({ client, settings, bannerTabs: frames.tabs });
  void client.start();
});
