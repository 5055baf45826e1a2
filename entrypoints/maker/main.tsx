/** The Maker: the administrator's page. */
import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import type { Maker } from '../../components/maker/context.ts';
import { preload } from '../../components/maker/pages.tsx';
import { Shell } from '../../components/maker/shell.tsx';
import { registerIcons } from '../../components/ui/icons.ts';
import { makerIcons } from '../../components/ui/maker-icons.ts';
import { preparePage } from '../../components/ui/page.ts';
import { type GetMessage, t } from '../../components/ui/text.ts';
import { createConsoleCache } from '../../lib/console/cache.ts';
import { createConsoleHub } from '../../lib/console/hub.ts';
import { createQueries } from '../../lib/console/queries.ts';
import { systemClock } from '../../lib/models/clock.ts';
import { type AddressEdges, ShellModel } from '../../lib/models/maker/shell.ts';
import { ToastsModel } from '../../lib/models/maker/toasts.ts';
import { connectClient } from '../../lib/session/port.ts';
import { watchAppearance } from '../../lib/store/appearance.ts';

const address: AddressEdges = {
  read: () => location.hash,
  push: (hash) => history.pushState(null, '', hash),
  replace: (hash) => history.replaceState(null, '', hash),
  watch(listener) {
    addEventListener('hashchange', listener);
    addEventListener('popstate', listener);
    return () => {
      removeEventListener('hashchange', listener);
      removeEventListener('popstate', listener);
    };
  },
};

/** As a link that is pressed: the browser asks the person where to keep the file, or keeps it. */
function download(name: string, mime: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${mime};charset=utf-8` }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

preparePage(browser.i18n.getMessage as GetMessage, browser.i18n.getUILanguage());
registerIcons(makerIcons);
document.title = t('maker.title');

const client = connectClient();
const hub = createConsoleHub(client);
const queries = createQueries({ hub, cache: createConsoleCache(), clock: systemClock });
const shell = new ShellModel({ client, queries, clock: systemClock, address });
const toasts = new ToastsModel(systemClock);
void preload(shell.location.peek().page);

const maker: Maker = {
  client,
  state: shell.state,
  hub,
  queries,
  location: shell.location,
  go: shell.go,
  rights: shell.rights,
  toasts,
  clock: systemClock,
  download,
  guard: shell.guard,
  title: signal<string | null>(null),
};

const page = document.querySelector('#page')!;
watchAppearance(browser.storage, (appearance) =>
  render(
    <Shell shell={shell} maker={maker} toasts={toasts} appearance={appearance} openOptions={() => void browser.runtime.openOptionsPage()} />,
    page,
  ),
);
