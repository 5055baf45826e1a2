/**
 * One small environment for end-to-end tests, the same over Chromium (Playwright) and Firefox (Puppeteer, WebDriver
 * BiDi). Nothing here sleeps: each verb waits for the condition it needs, and says which one it waited for in vain.
 */
import type { BrowserKind } from '../../scripts/browsers.ts';

/** A document: a page's own, or one in a frame of it. */
export interface TestFrame {
  evaluate<T, A = undefined>(inDocument: (argument: A) => T | Promise<T>, argument?: A): Promise<T>;
  /** Runs a whole script as it stands; a policy of the document's own does not apply to it. */
  run(script: string): Promise<void>;
  /** Waits until the function, run in the document, answers something true, and returns that: a value, no element. */
  waitFor<T, A = undefined>(what: string, inDocument: (argument: A) => T | Promise<T>, argument?: A): Promise<T>;
  /** Waits for the element to be there, then clicks it as a person does. */
  click(selector: string): Promise<void>;
  /** Clicks what the selector names now; false where there is none, or it went before the pointer was over it. */
  clickNow(selector: string): Promise<boolean>;
  /** Clicks into a field and types. */
  type(selector: string, text: string): Promise<void>;
  /** Types into whatever has the focus. */
  write(text: string): Promise<void>;
  url(): string;
}

export interface TestPage extends TestFrame {
  goto(url: string): Promise<void>;
  back(): Promise<void>;
  forward(): Promise<void>;
  reload(): Promise<void>;
  /** A key as DOM names it, `Escape`, to whatever has the focus; with modifiers before it, `Alt+ArrowDown`. */
  press(key: string): Promise<void>;
  /** The pointer, in CSS pixels of the page. */
  readonly pointer: {
    move(x: number, y: number): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
  };
  setWindow(width: number, height: number): Promise<void>;
  bringToFront(): Promise<void>;
  /** Waits for the banner page in its frame, until it is more than blank. */
  banner(): Promise<TestFrame>;
  /** The frames of this page that hold an extension page, just now. */
  extensionFrames(): TestFrame[];
  screenshot(path: string): Promise<void>;
  /** Processor time of the page's main thread until now, in milliseconds; null where the browser does not say. */
  busy(): Promise<number | null>;
  /** Every frame, for axe-core. */
  frames(): TestFrame[];
  close(): Promise<void>;
}

export interface TestBrowser {
  readonly kind: BrowserKind;
  openPage(url: string): Promise<TestPage>;
  /** An extension page in a tab of its own, `popup.html`. */
  extensionPage(path: string): Promise<TestPage>;
  extensionUrl(path: string): string;
  /** A page of the extension that shows nothing and stays open: for what only the extension's own pages may ask. */
  own(): Promise<TestPage>;
  /** The next page that opens by itself, as `launchWebAuthFlow`'s does; begin to wait before causing it. */
  nextPage(isIt: (url: string) => boolean): Promise<TestPage>;
  /** As after an update: the extension is loaded anew, the pages stay open. */
  reloadExtension(): Promise<void>;
  /** Browser zoom of the tab in front, 1 for none. */
  zoom(page: TestPage, factor: number): Promise<void>;
  /** Stops the background as the browser does after a while of silence; the next event wakes it. */
  stopBackground(): Promise<void>;
  pages(): Promise<TestPage[]>;
  close(): Promise<void>;
}

/** How long any condition may take, in milliseconds; generous, since a loaded machine is no failure. */
export const PATIENCE = 20_000;

/**
 * Asks again until it is so.
 *
 * @throws Error naming what was waited for, with the last thing seen
 */
export async function until<T>(what: string, ask: () => Promise<T> | T, patience = PATIENCE): Promise<Truthy<T>> {
  const end = Date.now() + patience;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer as Truthy<T>;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`Waited ${patience / 1000} s for ${what}; last: ${describe(last)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

const describe = (last: unknown): string => (last instanceof Error ? last.message : JSON.stringify(last));

/**
 * Waits for the banner page in one of these frames to show anything to use. Each document is asked where it is: a
 * driver that missed an event holds an old address.
 */
export const drawnBanner = (frames: () => readonly TestFrame[], origin: string): Promise<TestFrame> =>
  until('the banner', async () => {
    const seen: string[] = [];
    for (const frame of frames()) {
      const { address, drawn, text } = await frame
        .evaluate(() => ({
          address: location.href,
          drawn: document.querySelector('button') !== null,
          text: document.documentElement.outerHTML.slice(0, 400),
        }))
        // A driver may hold on to one that is gone: the others are asked all the same.
        .catch((error: unknown) => ({ address: '', drawn: false, text: String(error).slice(0, 200) }));
      if (address.startsWith(origin) && drawn) return frame;
      seen.push(`${address} (${frame.url()}): ${text}`);
    }
    throw new Error(`${seen.length} frames; ${seen.join('; ')}`);
  });

export async function launch(kind: BrowserKind, extension: string): Promise<TestBrowser> {
  if (kind === 'chromium') return (await import('./chromium.ts')).launchChromium(extension);
  return (await import('./firefox.ts')).launchFirefox(extension);
}

/** What `own` shows: an address of the extension without a script. */
export const OWN_PAGE = 'manifest.json';

/** Opened once; opened again where a test took the extension away under it. */
export function keepOwnPage(open: () => Promise<TestPage>): () => Promise<TestPage> {
  let held: Promise<TestPage> | null = null;
  const works = async (page: TestPage) => {
    try {
      return await page.evaluate(() => 'runtime' in (globalThis as unknown as { chrome: object }).chrome);
    } catch {
      return false;
    }
  };
  return async () => {
    if (held === null || !(await works(await held))) held = open();
    return held;
  };
}

/** Sets the browser's own zoom for a page, from a page of the extension. */
export async function zoomBy(browser: TestBrowser, page: TestPage, factor: number): Promise<void> {
  const own = await browser.own();
  await own.evaluate(
    async ({ address, factor }) => {
      const { tabs } = (globalThis as unknown as { chrome: { tabs: ExtensionTabs } }).chrome;
      const found = (await tabs.query({})).find(({ url }) => url === address);
      await tabs.setZoom(found!.id, factor);
    },
    { address: page.url(), factor },
  );
}
interface ExtensionTabs {
  query(all: object): Promise<{ id: number; url?: string }[]>;
  setZoom(id: number, factor: number): Promise<void>;
}
