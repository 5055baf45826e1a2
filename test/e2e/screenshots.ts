/**
 * `npx node test/e2e/screenshots.ts [DIR]`: pictures of every page of the Maker on the demo centre, in Chromium, into
 * docs/maker or DIR: light at 1280 by 800; with `--all` also dark, at 768, and right to left, to look at. Needs the build
 * for tests (`npm test -- build`).
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch, type TestBrowser, type TestPage, until } from './browser.ts';
import { profileIdOf, startHub } from './hub.ts';
import { accountOf, edit, goTo, openMaker, openProfile, toggle } from './maker-page.ts';
import { extensionFor } from './run.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { all: { type: 'boolean', default: false } } });
const folder = positionals[0] ?? fileURLToPath(new URL('../../docs/maker', import.meta.url));
await mkdir(folder, { recursive: true });

interface Look {
  readonly suffix: string;
  readonly width: number;
  readonly appearance: 'light' | 'dark';
  readonly direction: 'ltr' | 'rtl';
}
const LIGHT: Look = { suffix: '', width: 1280, appearance: 'light', direction: 'ltr' };
const LOOKS: readonly Look[] = values.all
  ? [LIGHT, { ...LIGHT, suffix: '-dark', appearance: 'dark' }, { ...LIGHT, suffix: '-768', width: 768 }, { ...LIGHT, suffix: '-rtl', direction: 'rtl' }]
  : [LIGHT];

const hub = await startHub();
const browser = await launch('chromium', extensionFor('chromium'));
try {
  await pictures(browser);
} finally {
  await browser.close();
  await hub.stop();
}

async function pictures(browser: TestBrowser): Promise<void> {
  const page = await openMaker(browser, hub.url, accountOf('maya'));
  const inbound = await profileIdOf(hub.call, 'Inbound advisor');
  const places: Readonly<Record<string, () => Promise<unknown>>> = {
    profiles: () => goTo(page, '#/profiles'),
    configuration: () => openProfile(page, inbound, 'configuration/queues'),
    versions: () => openProfile(page, inbound, 'versions'),
    holders: () => openProfile(page, inbound, 'people'),
    settings: async () => {
      await openProfile(page, inbound);
      await edit(page);
      if (await page.evaluate(() => document.querySelector('[data-field="recording.delete"]')?.getAttribute('data-changed') !== 'true')) {
        for (const field of ['recording.delete', 'users.colleagues', 'transfers.external']) await toggle(page, field);
      }
      await page.evaluate(() => document.querySelector('main')!.scrollTo({ top: 0, behavior: 'instant' }));
    },
    preview: async () => {
      await page.click('[data-action="preview"]');
      await page.waitFor('the preview', () => document.querySelector<HTMLIFrameElement>('dialog iframe')?.contentDocument?.querySelector('button') != null);
    },
    publish: async () => {
      await closeDialog(page);
      await page.click('[data-action="publish"]');
    },
    rights: async () => {
      await closeDialog(page);
      await openProfile(page, await profileIdOf(hub.call, 'Sales supervisors'), 'rights');
    },
    people: () => goTo(page, '#/people'),
    person: () => page.evaluate(() => document.querySelector<HTMLElement>('main a[href*="#/people/"]')!.click()),
    teams: () => goTo(page, '#/teams'),
    activities: () => goTo(page, '#/resources/activity'),
    button: async () => {
      await goTo(page, '#/resources/customButton');
      await page.waitFor('the buttons', () => document.querySelector('main a[href*="customButton/"]') !== null);
      await page.evaluate(() => document.querySelector<HTMLElement>('main a[href*="customButton/"]')!.click());
    },
    audit: () => goTo(page, '#/audit'),
    'who-can': async () => {
      await goTo(page, '#/who-can');
      await page.waitFor('the rights', () => document.querySelector('[data-right]') !== null);
      await page.evaluate(() => document.querySelector<HTMLElement>('[data-right="rec.delete"]')!.click());
    },
  };
  for (const [name, arrange] of Object.entries(places)) {
    for (const look of LOOKS) {
      await dress(page, look);
      if (look === LOOKS[0]) await arrange();
      await still(page);
      await page.screenshot(join(folder, `${name}${look.suffix}.png`));
    }
    console.log(name);
  }
}

async function closeDialog(page: TestPage): Promise<void> {
  await page.press('Escape');
  await page.waitFor('the dialog to close', () => document.querySelector('dialog[open]') === null);
}

async function dress(page: TestPage, { width, appearance, direction }: Look): Promise<void> {
  await page.setWindow(width, 800);
  await page.evaluate(
    ({ appearance, direction }) => {
      document.documentElement.dir = direction;
      for (const element of document.querySelectorAll<HTMLElement>('[data-theme]')) element.dataset.theme = appearance;
    },
    { appearance, direction },
  );
}

/** Nothing is read or moves any more: the same twice. */
async function still(page: TestPage): Promise<void> {
  let last = '';
  await until('the page to be still', async () => {
    const now = await page.evaluate(() =>
      document.querySelector('main .loading, dialog .loading') || document.getAnimations().some(({ playState }) => playState === 'running')
        ? ''
        : `${document.body.innerText.length} ${document.documentElement.scrollHeight} ${location.hash}`,
    );
    const same = now !== '' && now === last;
    last = now;
    return same && new Promise((resolve) => setTimeout(resolve, 300, true));
  });
}
