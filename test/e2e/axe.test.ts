/** axe-core on every page of the extension and the sign-in page: no violations, signed out and in, light and dark. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EndToEndHub, profileIdOf, startHub } from './hub.ts';
import { accountOf, edit, goTo, openMaker, openProfile, toggle } from './maker-page.ts';
import { signIn, useHub } from './person.ts';
import { describeInBrowsers, extensionFor } from './run.ts';
import type { TestFrame, TestPage } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let hub: EndToEndHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

/** Every page that is in the build, so that none is forgotten; what is only ever a frame of another stands there. */
const pages = (['chromium', 'firefox'] as const)
  .flatMap((kind) => readdirSync(extensionFor(kind)))
  .filter((file, at, all) => file.endsWith('.html') && file !== 'preview.html' && all.indexOf(file) === at);

/** At rest: in the middle of a transition colours are between two. */
async function violations(document: TestFrame): Promise<string[]> {
  await document.run(AXE);
  await document.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)))));
  await document.waitFor('everything to be still', () => globalThis.document.getAnimations().every(({ playState }) => playState !== 'running'));
  return document.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<Results> } };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`));
  });
}
interface Results {
  violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

describeInBrowsers('Accessibility', (browser) => {
  const look = async (appearance: 'light' | 'dark') => {
    const own = await browser().own();
    await own.evaluate(
      (wanted) =>
        (globalThis as unknown as { chrome: { storage: { local: { set(items: object): Promise<void> } } } }).chrome.storage.local.set({ 'setting.appearance': wanted }),
      appearance,
    );
  };
  const drawn = (page: TestFrame) => page.waitFor('the page to be drawn', () => document.body.innerText.trim().length > 20);

  beforeAll(() => useHub(browser(), hub.url));

  test.each(pages)('%s, signed out', async (name) => {
    for (const appearance of ['dark', 'light'] as const) {
      await look(appearance);
      const page = await browser().extensionPage(name);
      await drawn(page);
      expect(await violations(page)).toEqual([]);
      await page.close();
    }
  });

  test('the sign-in page, at first and after a mistake', async () => {
    const banner = await browser().extensionPage('banner.html');
    await banner.click('[data-action="signIn"]');
    const page = await browser().nextPage((url) => url.startsWith(`${hub.url}/oidc/`));
    await drawn(page);
    expect(await violations(page)).toEqual([]);
    await page.click('button[type="submit"]:not([formaction])');
    await page.waitFor('the mistake to be said', () => document.querySelector('[aria-invalid="true"]') !== null);
    expect(await violations(page)).toEqual([]);
    await page.close();
    await banner.waitFor('the sign-in to be given up', () => document.querySelector('[data-action="signIn"]') !== null);
  });

  test('the banner on a page, with each of its surfaces open', async () => {
    const page = await browser().openPage(`${hub.url}/demo/customers/20418`);
    const banner = await page.banner();
    await signIn(browser(), hub.url, banner, 'maya');
    await page.bringToFront();
    for (const appearance of ['dark', 'light'] as const) {
      await look(appearance);
      await banner.waitFor('the appearance', (wanted) => document.querySelector(`[data-theme="${wanted}"]`) !== null, appearance);
      expect(await violations(banner)).toEqual([]);
      const openers = await banner.evaluate(() => [...document.querySelectorAll('[aria-haspopup]')].map((_, at) => at));
      for (const at of openers) {
        await banner.evaluate((which) => document.querySelectorAll<HTMLElement>('[aria-haspopup]')[which]?.click(), at);
        await banner.waitFor('a surface to open', () => document.querySelector('[data-surface]:popover-open:not(.toast)') !== null);
        expect(await violations(banner)).toEqual([]);
        await banner.evaluate((which) => document.querySelectorAll<HTMLElement>('[aria-haspopup]')[which]?.click(), at);
        await banner.waitFor('it to close', () => document.querySelector('[data-surface]:popover-open:not(.toast)') === null);
      }
    }
  });

  describe('the Maker', () => {
    let page: TestPage;
    let profileId: string;
    beforeAll(async () => {
      profileId = await profileIdOf(hub.call, 'Inbound advisor');
    });
    beforeEach(async () => {
      page = await openMaker(browser(), hub.url, accountOf('maya'));
    });
    const clean = async () => {
      for (const appearance of ['dark', 'light'] as const) {
        await look(appearance);
        await page.waitFor('the appearance', (wanted) => document.querySelector(`[data-theme="${wanted}"]`) !== null, appearance);
        // A colour halfway to another one is nobody's to read.
        await page.waitFor('every transition to end', () => document.getAnimations().every((each) => each.playState !== 'running' || each.effect?.getComputedTiming().iterations === Infinity));
        expect(await violations(page)).toEqual([]);
      }
    };
    const settled = () => page.waitFor('the page to be read', () => document.querySelector('main h1') !== null && document.querySelector('main [aria-busy="true"], main .loading') === null);

    test.each(['profiles', 'people', 'teams', 'resources/activity', 'resources/queue', 'resources/voiceCampaign', 'resources/customButton', 'resources/wallboard', 'resources/survey', 'audit', 'who-can', 'nowhere'])('at %s', async (place) => {
      await goTo(page, `#/${place}`);
      await settled();
      await clean();
    });

    test.each(['settings', 'configuration/users', 'configuration/queues', 'configuration/crms', 'rights', 'people', 'versions'])('in a profile, %s, read and edited', async (tab) => {
      await openProfile(page, profileId, tab);
      await clean();
      if ((await page.evaluate(() => document.querySelector('.publish-actions [data-action="edit"]') !== null))) {
        await edit(page);
        await clean();
      }
    });

    test.each(['preview', 'refresh', 'publish'])('with the dialog to %s', async (action) => {
      await openProfile(page, profileId);
      if (action === 'publish') {
        await edit(page);
        await toggle(page, 'surveys.access');
      }
      await page.click(`[data-action="${action}"]`);
      await page.waitFor('the dialog', () => document.querySelector('dialog[open] h2') !== null);
      await clean();
    });

    test('as narrow as a side panel, nothing runs out of the page', async () => {
      await page.setWindow(320, 800);
      for (const place of ['profiles', `profiles/${profileId}/settings`, `profiles/${profileId}/rights`, 'people', 'audit']) {
        await goTo(page, `#/${place}`);
        await settled();
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        expect(await violations(page)).toEqual([]);
      }
      await page.setWindow(1280, 800);
    });
  });

  test.each(pages)('%s, signed in', async (name) => {
    const page = await browser().extensionPage(name);
    await drawn(page);
    expect(await violations(page)).toEqual([]);
  });
});
