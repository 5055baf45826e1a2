/** Runs a group of tests once in each browser, with a fresh browser for the group and pictures of what failed. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { BROWSER_KINDS, type BrowserKind } from '../../scripts/browsers.ts';
import { launch, OWN_PAGE, type TestBrowser } from './browser.ts';

const ROOT = new URL('../../', import.meta.url);

/** Where the build for tests is: `PENNON_TEST=1 wxt build`; or, with a `*` for the browser, where PENNON_E2E_EXTENSION says. */
export function extensionFor(kind: BrowserKind): string {
  const target = kind === 'chromium' ? 'chrome' : 'firefox';
  return process.env.PENNON_E2E_EXTENSION?.replace('*', target) ?? fileURLToPath(new URL(`.output/test/${target}-mv3`, ROOT));
}

const wanted: readonly BrowserKind[] = BROWSER_KINDS.filter((kind) => (process.env.PENNON_E2E ?? kind).split(',').includes(kind));

/** For who needs a second one beside it. */
export const otherKind = (kind: BrowserKind): BrowserKind => BROWSER_KINDS.find((each) => each !== kind)!;

export function describeInBrowsers(name: string, tests: (browser: () => TestBrowser) => void): void {
  describe.each(wanted)(`${name} (%s)`, (kind) => {
    let browser: TestBrowser | undefined;
    beforeAll(async () => {
      browser = await launch(kind, extensionFor(kind));
    });
    afterAll(() => browser?.close());
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail' && browser) await picture(browser, `${kind} ${name} ${task.name}`);
      // Pages of one test are no business of the next.
      for (const page of (await browser?.pages()) ?? []) if (page.url() !== 'about:blank' && !page.url().endsWith(OWN_PAGE)) await page.close().catch(() => {});
    });
    tests(() => browser!);
  });
}

async function picture(browser: TestBrowser, title: string): Promise<void> {
  const folder = fileURLToPath(new URL('test-results/', ROOT));
  await mkdir(folder, { recursive: true });
  const pages = await browser.pages();
  for (const [at, page] of pages.entries()) {
    await page.screenshot(`${folder}${title.replaceAll(/\W+/g, '-')}-${at}.png`).catch(() => {});
  }
}
