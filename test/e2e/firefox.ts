/** The environment over Firefox, driven by Puppeteer through WebDriver BiDi. */
import { type Browser, type ElementHandle, type Frame, type KeyInput, launch as launchPuppeteer, type Page, type Point } from 'puppeteer-core';
import { GECKO_ID } from '../../lib/extension-id.ts';
import { needBrowser } from '../../scripts/browsers.ts';
import { drawnBanner, keepOwnPage, OWN_PAGE, type TestBrowser, type TestFrame, type TestPage, until, zoomBy } from './browser.ts';
import { landed, lands, type Missed, seenOf, watchClick } from './felt.ts';

/** Each Firefox profile has its own address for an extension; this preference fixes it. */
const UUID = '5a3c1d1e-0d2c-4f53-9f5d-2f0f4f6d7c11';
const ORIGIN = `moz-extension://${UUID}`;

export async function launchFirefox(extension: string): Promise<TestBrowser> {
  const browser = await launchPuppeteer({
    browser: 'firefox',
    executablePath: needBrowser('firefox'),
    headless: true,
    defaultViewport: null,
    // Lets WebDriver into the extension's own pages.
    args: ['--remote-allow-system-access', '--width=1280', '--height=800'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: UUID }),
      // Firefox 153 answers computed styles from the middle of an animation that ran while a frame was resized.
      'ui.prefersReducedMotion': 1,
      // Closing a window in the middle of a test must not ask anything.
      'browser.tabs.warnOnClose': false,
    },
  });
  await browser.installExtension(extension);
  const extensionUrl = (path: string) => `${ORIGIN}/${path}`;
  const self: TestBrowser = {
    kind: 'firefox',
    extensionUrl,
    async openPage(url) {
      const page = await browser.newPage();
      await page.goto(url);
      return pageOf(page);
    },
    async extensionPage(path) {
      const page = await browser.newPage();
      // It gets there, but never says so.
      void page.goto(extensionUrl(path)).catch(() => {});
      await until(`${path} to load`, () =>
        page.evaluate((url) => location.href.startsWith(url) && document.readyState === 'complete', extensionUrl(path)),
      );
      return pageOf(page);
    },
    async nextPage(isIt) {
      const page = await until('a page to open', async () => (await browser.pages()).find((each) => isIt(each.url())));
      return pageOf(page);
    },
    stopBackground: () => stopBackground(browser),
    pages: async () => (await browser.pages()).map(pageOf),
    close: () => browser.close(),
    own: keepOwnPage(() => self.extensionPage(OWN_PAGE)),
    zoom: (page, factor) => zoomBy(self, page, factor),
    // Installing a temporary add-on again is what an update of it is.
    reloadExtension: async () => void (await browser.installExtension(extension)),
  };
  return self;
}

/** WebDriver has no word for it: said in the browser's own scope, with the very call its idle timer makes. */
async function stopBackground(browser: Browser): Promise<void> {
  const { connection } = browser as unknown as { connection: BidiConnection };
  const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  await connection.send('script.evaluate', {
    expression: `WebExtensionPolicy.getByID(${JSON.stringify(GECKO_ID)}).extension.terminateBackground({ ignoreDevToolsAttached: true })`,
    target: { context: result.contexts[0]!.context },
    awaitPromise: true,
  });
}
interface BidiConnection {
  send(method: string, parameters: object): Promise<{ result: { contexts: { context: string }[] } }>;
}

function frameOf(frame: Frame): TestFrame {
  const evaluate: TestFrame['evaluate'] = (inDocument, argument) => frame.evaluate(inDocument as never, argument as never) as never;
  const waitFor: TestFrame['waitFor'] = (what, inDocument, argument) => until(what, () => evaluate(inDocument, argument)) as never;
  const clickNow = async (selector: string) => (await clickOnce(frame, selector)) === null;
  const click = async (selector: string) => void (await until(selector, () => landed(() => clickOnce(frame, selector))));
  return {
    evaluate,
    run: async (script) => void (await frame.evaluate(`${script}\n;0`)),
    waitFor,
    click,
    clickNow,
    async type(selector, text) {
      await click(selector);
      await frame.page().keyboard.type(text);
    },
    write: (text) => frame.page().keyboard.type(text),
    url: () => frame.url(),
  };
}

/**
 * Clicks where the element is, and looks whether it felt it: Puppeteer itself clicks and does not look.
 *
 * @returns whether it did
 */
async function clickOnce(frame: Frame, selector: string): Promise<Missed> {
  const element = await frame.$(selector);
  if (element === null) return 'not there';
  try {
    const point = await restingPoint(element);
    if (point === null) return 'it moves, or is not drawn';
    const felt = await element.evaluateHandle(watchClick);
    await frame.page().mouse.click(point.x, point.y);
    return await lands(() => felt.evaluate(seenOf));
  } finally {
    await element.dispose().catch(() => {});
  }
}

/** Where the element can be clicked, in CSS pixels of the page; null where it is gone, hidden or still moves. */
async function restingPoint(element: ElementHandle): Promise<Point | null> {
  try {
    await element.scrollIntoView();
    const [first, second] = [await element.clickablePoint(), await element.clickablePoint()];
    return first.x === second.x && first.y === second.y ? second : null;
  } catch {
    // Taken away, or not drawn: Firefox and Puppeteer have many words for it.
    return null;
  }
}

/** The last of the keys while the others are held. */
async function pressWith({ keyboard }: Page, keys: readonly KeyInput[]): Promise<void> {
  const held = keys.slice(0, -1);
  for (const key of held) await keyboard.down(key);
  await keyboard.press(keys.at(-1)!);
  for (const key of held.toReversed()) await keyboard.up(key);
}

function pageOf(page: Page): TestPage {
  const extensionFrames = () => page.frames().filter((frame) => frame !== page.mainFrame() && frame.url().startsWith(ORIGIN));
  return {
    ...frameOf(page.mainFrame()),
    goto: async (url) => void (await page.goto(url)),
    back: async () => void (await page.evaluate(() => history.back())),
    forward: async () => void (await page.evaluate(() => history.forward())),
    reload: async () => void (await page.reload()),
    press: (keys) => pressWith(page, keys.split('+') as KeyInput[]),
    pointer: {
      move: (x, y) => page.mouse.move(x, y),
      down: () => page.mouse.down(),
      up: () => page.mouse.up(),
    },
    setWindow: (width, height) => page.setViewport({ width, height }),
    bringToFront: () => page.bringToFront(),
    banner: () => drawnBanner(() => page.frames().filter((frame) => frame !== page.mainFrame()).map(frameOf), ORIGIN),
    extensionFrames: () => extensionFrames().map(frameOf),
    frames: () => page.frames().map(frameOf),
    busy: async () => null,
    screenshot: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
    close: () => page.close(),
  };
}
