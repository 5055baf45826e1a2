/** The environment over Debian's Chromium, driven by Playwright. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, errors, type Frame, type Page } from 'playwright-core';
import { CHROMIUM_ID } from '../../lib/extension-id.ts';
import { needBrowser } from '../../scripts/browsers.ts';
import { drawnBanner, keepOwnPage, OWN_PAGE, PATIENCE, type TestBrowser, type TestFrame, type TestPage, until, zoomBy } from './browser.ts';
import { type Felt, landed, lands, type Missed, seenOf, watchClick } from './felt.ts';

const ORIGIN = `chrome-extension://${CHROMIUM_ID}`;

export const launchChromium = async (extension: string): Promise<TestBrowser> => browserOver(await startChromium(extension));

export interface StartedChromium {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** On a profile that goes with it. @param extension null for a browser without any */
export async function startChromium(extension: string | null): Promise<StartedChromium> {
  const profile = await mkdtemp(join(tmpdir(), 'pennon-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: needBrowser('chromium'),
    headless: true,
    viewport: null,
    reducedMotion: 'reduce',
    // Going back must be as it is for people.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: [
      '--headless=new',
      '--no-sandbox',
      ...(extension === null ? [] : [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`]),
      '--disable-background-networking',
      '--no-first-run',
      '--disable-quic',
      '--disable-component-update',
      '--disable-sync',
      '--window-size=1280,800',
    ],
  });
  context.setDefaultTimeout(PATIENCE);
  // Loaded once its worker has run: from then on the script is registered for the sites.
  if (extension !== null) await until('the extension to be loaded', () => context.serviceWorkers().some((worker) => worker.url().startsWith(ORIGIN)));
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

export function browserOver({ context, close }: StartedChromium): TestBrowser {
  const extensionUrl = (path: string) => `${ORIGIN}/${path}`;
  const openPage = async (url: string): Promise<TestPage> => {
    const page = await context.newPage();
    await page.goto(url);
    return pageOf(page);
  };
  const self: TestBrowser = {
    kind: 'chromium',
    openPage,
    extensionUrl,
    extensionPage: (path) => openPage(extensionUrl(path)),
    async nextPage(isIt) {
      const page = await until('a page to open', () => context.pages().find((each) => isIt(each.url())));
      return pageOf(page);
    },
    stopBackground: () => stopWorkers(context),
    pages: async () => context.pages().map(pageOf),
    close,
    own: keepOwnPage(() => self.extensionPage(OWN_PAGE)),
    zoom: (page, factor) => zoomBy(self, page, factor),
    reloadExtension: () => reloadExtension(context),
  };
  return self;
}

/** Over a page of the extension's own: the worker's process ends, as when the browser has it idle. */
async function stopWorkers(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${ORIGIN}/manifest.json`);
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await page.close();
}

/** Without developer mode Chromium does not load an unpacked extension a second time. */
async function reloadExtension(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(async (id) => {
    const { developerPrivate } = (globalThis as unknown as { chrome: { developerPrivate: DeveloperPrivate } }).chrome;
    await developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    await developerPrivate.reload(id, { failQuietly: true });
  }, CHROMIUM_ID);
  await page.close();
}
interface DeveloperPrivate {
  updateProfileConfiguration(change: { inDeveloperMode: boolean }): Promise<void>;
  reload(id: string, options: { failQuietly: boolean }): Promise<void>;
}

function frameOf(frame: Frame): TestFrame {
  const evaluate: TestFrame['evaluate'] = (inDocument, argument) => frame.evaluate(inDocument as never, argument) as never;
  const click = async (selector: string) => void (await until(selector, () => landed(() => clickOnce(frame, selector))));
  return {
    evaluate,
    run: async (script) => void (await frame.evaluate(`${script}\n;0`)),
    waitFor: (what, inDocument, argument) => until(what, () => evaluate(inDocument, argument)) as never,
    click,
    clickNow: async (selector) => (await clickOnce(frame, selector)) === null,
    async type(selector, text) {
      await click(selector);
      await frame.page().keyboard.type(text);
    },
    write: (text) => frame.page().keyboard.type(text),
    url: () => frame.url(),
  };
}

/** How long an element that is there may move or be covered before it is looked for again, in milliseconds. */
const REST = 2000;

/**
 * Clicks, and looks whether the element felt it: Playwright looks where it presses within a frame, but while a frame is given
 * more room the browser may hand the press to the page around it.
 */
async function clickOnce(frame: Frame, selector: string): Promise<Missed> {
  const element = await frame.$(selector);
  if (element === null) return 'not there';
  try {
    const felt = await element.evaluateHandle(watchClick as (target: Node) => Felt);
    await element.click({ timeout: REST });
    return await lands(() => felt.evaluate(seenOf));
  } catch (error) {
    if (error instanceof errors.TimeoutError || /not attached/.test(String(error))) return String(error);
    throw error;
  } finally {
    await element.dispose().catch(() => {});
  }
}

export function pageOf(page: Page): TestPage {
  const extensionFrames = () => page.frames().filter((frame) => frame !== page.mainFrame() && frame.url().startsWith(ORIGIN));
  return {
    ...frameOf(page.mainFrame()),
    goto: async (url) => void (await page.goto(url)),
    back: async () => void (await page.goBack({ waitUntil: 'commit' })),
    forward: async () => void (await page.goForward({ waitUntil: 'commit' })),
    reload: async () => void (await page.reload()),
    press: (key) => page.keyboard.press(key),
    pointer: {
      move: (x, y) => page.mouse.move(x, y),
      down: () => page.mouse.down(),
      up: () => page.mouse.up(),
    },
    setWindow: (width, height) => page.setViewportSize({ width, height }),
    bringToFront: () => page.bringToFront(),
    banner: () => drawnBanner(() => page.frames().filter((frame) => frame !== page.mainFrame()).map(frameOf), ORIGIN),
    extensionFrames: () => extensionFrames().map(frameOf),
    frames: () => page.frames().map(frameOf),
    busy: () => busyTime(page),
    screenshot: async (path) => void (await page.screenshot({ path })),
    close: () => page.close(),
  };
}

const metrics = new WeakMap<Page, Promise<CDPSession>>();

async function busyTime(page: Page): Promise<number> {
  const opened = metrics.get(page) ?? page.context().newCDPSession(page).then(async (session) => {
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return session;
  });
  metrics.set(page, opened);
  const { metrics: all } = await (await opened).send('Performance.getMetrics');
  return all.find(({ name }) => name === 'TaskDuration')!.value * 1000;
}
