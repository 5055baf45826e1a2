/** The options page. */
import { computed, signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import '../../components/ui/base.css';
import '../../components/options/options.css';
import { Options } from '../../components/options/options.tsx';
import { preparePage } from '../../components/ui/page.ts';
import { type GetMessage, t } from '../../components/ui/text.ts';
import { consoleRightsOf } from '../../lib/decide/console.ts';
import { builtInSites, withoutPort } from '../../lib/frame/sites.ts';
import { systemClock } from '../../lib/models/clock.ts';
import { opensMaker } from '../../lib/models/maker/shell-menu.ts';
import { OptionsModel, type Shortcut } from '../../lib/models/options.ts';
import { personOf, profileOf } from '../../lib/models/situation.ts';
import type { ClientState } from '../../lib/session/client-state.ts';
import { connectClient } from '../../lib/session/port.ts';
import { createSettings, PAGE_POLICY_WAIT_MS, type SettingsStorage } from '../../lib/settings/settings.ts';
import { openMaker } from '../maker/open.ts';

preparePage(browser.i18n.getMessage as GetMessage, browser.i18n.getUILanguage());
document.title = t('options.title');

/** Without the one that opens the popup: it has no words of its own. */
async function shortcuts(): Promise<readonly Shortcut[]> {
  const all = await browser.commands.getAll();
  return all.flatMap(({ name, description, shortcut }) =>
    name && description ? [{ name, description, keys: shortcut ?? '' }] : [],
  );
}

const model = new OptionsModel({
  settings: createSettings(browser.storage as unknown as SettingsStorage, { hub: import.meta.env.PENNON_HUB }, systemClock, PAGE_POLICY_WAIT_MS),
  requestPermission: (origin) => browser.permissions.request({ origins: [withoutPort(`${origin}/*`)] }),
  // Synchronous up to the request: what comes after something awaited is no longer the person's press.
  requestNotifications: () => browser.permissions.request({ permissions: ['notifications'] }),
  mayNotify: () => browser.permissions.contains({ permissions: ['notifications'] }),
  shortcuts,
});

/** Firefox opens its page by a call of its own, where it is new enough; the others by an address. */
function shortcutsOpener(): (() => void) | null {
  const { commands } = browser as unknown as { commands: { openShortcutSettings?: () => Promise<void> } };
  if (commands.openShortcutSettings) return () => void commands.openShortcutSettings!();
  if (import.meta.env.FIREFOX) return null;
  return () => void browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}

const state = signal<ClientState | null>(null);
connectClient().subscribe((next) => (state.value = next));
const makerOpener = computed(() => {
  const held = state.value?.phase === 'open' ? state.value.snapshot : null;
  if (!held) return null;
  const profile = profileOf(held, systemClock.now() + state.value!.clockOffset);
  return opensMaker(consoleRightsOf(profile, personOf(held))) ? () => void openMaker() : null;
});

render(
  <Options model={model} builtIn={builtInSites(import.meta.env.PENNON_SITES)} openShortcuts={shortcutsOpener()} openMaker={makerOpener} />,
  document.querySelector('#page')!,
);
