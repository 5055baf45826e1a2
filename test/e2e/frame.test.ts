/** The banner's frame on pages of every kind, without a hub: whoever is signed in, this must hold. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drawingOf } from '../../lib/frame/drawing.ts';
import { DEFAULT_SIZE } from '../../lib/frame/placement.ts';
import { serveSites, type Sites } from '../fixtures/sites/server.ts';
import { type TestFrame, type TestPage, until } from './browser.ts';
import { describeInBrowsers } from './run.ts';

/** A site of its own for each test: another origin, so that no test meets the place that one before it left behind. */
let sites: Sites;
beforeEach(async () => {
  sites = await serveSites();
});
afterEach(() => sites.close());

/** Runs in a page: where its banner's host is, and how often it is there. */
const frameBox = () => {
  const hosts = document.querySelectorAll('pennon-frame');
  const { x, y, width, height } = hosts[0]?.getBoundingClientRect() ?? new DOMRect();
  return { count: hosts.length, x, y, width, height, windowWidth: document.documentElement.clientWidth, windowHeight: innerHeight };
};

/** What the banner page says to the background, said from inside it. */
const say = (banner: TestFrame, message: object): Promise<unknown> =>
  banner.evaluate((words) => {
    const api = globalThis as unknown as { chrome: { runtime: { sendMessage(message: object): Promise<unknown> } } };
    return api.chrome.runtime.sendMessage({ to: 'frames', ...words });
  }, message);

const top = (page: TestPage, selector: string): Promise<number> =>
  page.evaluate((wanted) => document.querySelector(wanted)!.getBoundingClientRect().top, selector);

const isOnScreen = (page: TestPage) =>
  page.waitFor('the frame to be on top', () => {
    const { width, height, x, y } = document.querySelector('pennon-frame')!.getBoundingClientRect();
    const hit = document.elementFromPoint(x + width / 2, y + height / 2);
    return width > 200 && height >= 40 && y === 0 && hit?.localName === 'pennon-frame';
  });

describeInBrowsers('The frame', (browser) => {
  const open = (name: string): Promise<TestPage> => browser().openPage(`${sites.address}/${name}`);

  /** Answers nothing: the banner page itself is gone by then. */
  const collapse = (banner: TestFrame): Promise<unknown> => say(banner, { type: 'collapse' }).catch(() => {});

  // The first, since rooms are told apart by sites without their ports: what others here put elsewhere counts for all.
  test('has its room before a page is drawn, so that nothing moves when it comes, and none where it is collapsed', async () => {
    const noted = () => {
      const { early, moved } = globalThis as unknown as { early: number; moved: number };
      return { early, moved, now: document.querySelector('h1')!.getBoundingClientRect().top };
    };
    const page = await open('room.html');
    // The browser hears a moment after the extension where there is to be room.
    const opens = (early: number) =>
      until(`a page that begins ${early} px down`, async () => {
        await page.goto(`${sites.address}/room.html`);
        return (await page.evaluate(noted)).early === early;
      });
    await page.banner();
    const below = (await page.evaluate(noted)).now;
    await opens(below);
    const banner = await page.banner();
    await isOnScreen(page);
    const first = await page.evaluate(noted);
    expect(first).toEqual({ early: below, moved: 0, now: below });
    expect(first.now).toBeGreaterThanOrEqual(48);
    await collapse(banner);
    await page.waitFor('the handle', () => document.querySelector('pennon-frame')!.getBoundingClientRect().height === 28);
    expect((await page.evaluate(noted)).now).toBe(first.now - 48);
    await opens(first.now - 48);
    await page.waitFor('the handle', () => document.querySelector('pennon-frame')?.getBoundingClientRect().height === 28);
    expect(await page.evaluate(noted)).toEqual({ early: first.now - 48, moved: 0, now: first.now - 48 });
  });

  test('docks at the top and makes room there, until it is collapsed', async () => {
    const page = await open('plain.html');
    const banner = await page.banner();
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 1, x: 0, y: 0, height: 48 });
    const below = await top(page, 'h1');
    expect(below).toBeGreaterThanOrEqual(48);
    await collapse(banner);
    await page.waitFor('the handle', () => document.querySelector('pennon-frame')!.getBoundingClientRect().height === 28);
    await until('the frame to be gone', () => page.extensionFrames().length === 0);
    expect(await top(page, 'h1')).toBe(below - 48);
    expect(await page.evaluate(() => document.documentElement.getAttribute('style') ?? '')).toBe('');
  });

  test('comes back from its handle by a click', async () => {
    const page = await open('plain.html');
    await collapse(await page.banner());
    await page.waitFor('the handle', () => document.querySelector('pennon-frame')!.getBoundingClientRect().height === 28);
    await until('the frame to be gone', () => page.extensionFrames().length === 0);
    const { x, y, width, height } = await page.evaluate(frameBox);
    await page.pointer.move(x + width / 2, y + height / 2);
    // The browser routes a click to the frame that was there until it has painted without it.
    await until('the click to be taken', async () => {
      await page.pointer.down();
      await page.pointer.up();
      return page.extensionFrames().length > 0;
    });
    await page.banner();
    await isOnScreen(page);
  });

  test.each(['bottom', 'left', 'right'] as const)('docks at the %s, and is there on the next page of the site', async (mode) => {
    const page = await open('plain.html');
    await say(await page.banner(), { type: 'dock', mode });
    const docked = (edge: string) => {
      const { left, top, right, bottom, width, height } = document.querySelector('pennon-frame')!.getBoundingClientRect();
      const { clientWidth } = document.documentElement;
      const room = getComputedStyle(document.documentElement).getPropertyValue(`border-${edge}-width`);
      const at = { bottom: bottom === innerHeight && left === 0, left: left === 0 && top === 0 && bottom === innerHeight, right: right === clientWidth && top === 0 }[edge];
      // The banner says itself how thick it is there.
      return at && room === `${edge === 'bottom' ? height : width}px` && width < innerWidth + height;
    };
    await page.waitFor(`the frame at the ${mode}`, docked, mode);
    await page.goto(`${sites.address}/other.html`);
    await page.banner();
    await page.waitFor(`the frame at the ${mode} again`, docked, mode);
  });

  test('grows while something is open, and gives the page its room all the same', async () => {
    const page = await open('plain.html');
    const banner = await page.banner();
    const before = await top(page, 'h1');
    await say(banner, { type: 'size', size: { total: 400 } });
    expect(await page.evaluate(frameBox)).toMatchObject({ y: 0, height: 400 });
    expect(await top(page, 'h1')).toBe(before);
    await say(banner, { type: 'size', size: { total: 48 } });
    expect(await page.evaluate(frameBox)).toMatchObject({ height: 48 });
  });

  test('pushes aside what a page has fixed to its edge, and puts it back', async () => {
    const page = await open('fixed.html');
    const banner = await page.banner();
    expect(await top(page, 'header')).toBe(48);
    const { windowHeight } = await page.evaluate(frameBox);
    expect(await page.evaluate(() => document.querySelector('main')!.getBoundingClientRect().bottom)).toBe(windowHeight);
    await collapse(banner);
    await page.waitFor('the header to go back', () => document.querySelector('header')!.getBoundingClientRect().top === 0);
  });

  test('floats and is dragged, stays on screen, and docks where it is let go at an edge', async () => {
    const page = await open('plain.html');
    const banner = await page.banner();
    await say(banner, { type: 'dock', mode: 'floating' });
    await page.waitFor('the frame to float', () => document.querySelector('pennon-frame')!.getBoundingClientRect().y === 24);
    await banner.waitFor('a handle to drag', () => document.querySelector('.handle') !== null);
    const { x, y } = await page.evaluate(frameBox);
    const grip = await banner.evaluate(() => {
      const { left, top, width, height } = document.querySelector('.handle')!.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    });
    await page.pointer.move(x + grip.x, y + grip.y);
    await page.pointer.down();
    // WebDriver sends the pointer to what is under it, capture or not: it must not outrun the frame.
    for (const step of [12, 24, 36, 48, 60]) {
      await until('the frame to follow', async () => {
        await page.pointer.move(x + grip.x + step, y + grip.y + step);
        return (await page.evaluate(frameBox)).y >= y + step - 2;
      });
    }
    await page.pointer.up();
    const floated = await page.evaluate(frameBox);
    expect(floated.x).toBeGreaterThan(x);
    await page.setWindow(700, 200);
    await page.waitFor('the frame to stay on screen', () => {
      const { right, bottom } = document.querySelector('pennon-frame')!.getBoundingClientRect();
      return right <= innerWidth && bottom <= innerHeight;
    });
  });

  test('is seen on a page that unsets and hides everything and covers it all', async () => {
    const page = await open('hostile.html');
    await page.banner();
    await isOnScreen(page);
  });

  test('stays when a page hides its host by inline styles and attributes', async () => {
    const page = await open('plain.html');
    await page.banner();
    await page.evaluate(() => {
      const host = document.querySelector<HTMLElement>('pennon-frame')!;
      host.hidden = true;
      host.inert = false;
      host.style.cssText = 'display:none!important;opacity:0!important;transform:scale(0)!important;position:static!important';
      host.hidePopover();
    });
    await isOnScreen(page);
  });

  test('comes back when a page takes it away, and gives up when the page insists', async () => {
    const page = await open('plain.html');
    await page.banner();
    await page.evaluate(() => document.querySelector('pennon-frame')!.remove());
    await page.waitFor('the frame to come back', () => document.querySelector('pennon-frame') !== null);
    await page.banner();
    const removals = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let removed = 0;
          let quiet = setTimeout(() => {}, 0);
          const clear = () => {
            const host = document.querySelector('pennon-frame');
            if (host) removed += 1;
            host?.remove();
            clearTimeout(quiet);
            quiet = setTimeout(() => resolve(removed), 3000);
          };
          new MutationObserver((changes) => {
            if (changes.some(({ addedNodes }) => addedNodes.length > 0)) setTimeout(clear, 0);
          }).observe(document.documentElement, { childList: true });
          clear();
        }),
    );
    expect(removals).toBeLessThanOrEqual(6);
    await page.waitFor('the room to be given back', () => !document.documentElement.getAttribute('style'));
  });

  /** New styles for a frame that is there already, as after its banner page said a new size: without a ticket. */
  const restyle = async (address: string): Promise<void> => {
    const draw = drawingOf({ mode: 'top', collapsed: false, x: 24, y: 24 }, DEFAULT_SIZE, null, { frame: 'Pennon', handle: 'Pennon' }, null);
    await (await browser().own()).evaluate(
      async ({ address, draw }) => {
        const { tabs } = (globalThis as unknown as { chrome: { tabs: ExtensionTabs } }).chrome;
        const tab = (await tabs.query({})).find(({ url }) => url === address);
        await tabs.sendMessage(tab!.id, { to: 'loader', draw }, { frameId: 0 });
      },
      { address, draw },
    );
  };

  test('comes back whole when it was to be drawn anew just as a page took it away', async () => {
    // Opened first: a tab that comes to the front looks for its frame.
    await browser().own();
    const page = await open('plain.html');
    const banner = await page.banner();
    // The word of the banner page that it is being taken away comes later than the new styles.
    await banner.evaluate(() => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), { capture: true }));
    await page.evaluate(() => document.querySelector('pennon-frame')!.remove());
    await restyle(page.url());
    await page.banner();
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 1, y: 0, height: 48 });
  });

  test('is not drawn before a page has loaded, whatever changes elsewhere', async () => {
    const address = `${sites.address}/loading.html`;
    await (await browser().own()).evaluate(async (url) => {
      const { tabs } = (globalThis as unknown as { chrome: { tabs: ExtensionTabs } }).chrome;
      await tabs.create({ url });
    }, address);
    const page = await until('the tab to open', async () => (await browser().pages()).find((each) => each.url() === address));
    await until('the script on it to listen', () => restyle(address).then(() => true));
    expect(await page.evaluate(() => document.readyState)).not.toBe('complete');
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 0 });
    sites.endLoading();
    await page.banner();
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 1, y: 0, height: 48 });
  });

  test('comes back when a page writes itself anew', async () => {
    const page = await open('plain.html');
    await page.banner();
    await page.evaluate(() => {
      document.documentElement.replaceChildren(document.createElement('body'));
      document.body.innerHTML = '<h1>Anew</h1>';
    });
    await page.waitFor('the frame to come back', () => document.querySelector('pennon-frame') !== null);
    await page.banner();
  });

  test('comes back when a page moves it about in its tree', async () => {
    const page = await open('plain.html');
    const first = await page.banner();
    await first.evaluate(() => document.documentElement.setAttribute('data-first', ''));
    await page.evaluate(() => document.body.append(document.querySelector('pennon-frame')!));
    await page.waitFor('a new frame', () => document.querySelector('html > pennon-frame') !== null);
    const again = await page.banner();
    expect(await again.evaluate(() => document.documentElement.hasAttribute('data-first'))).toBe(false);
  });

  test('is drawn under a policy that forbids everything, with isolation required', async () => {
    const page = await open('strict.html');
    await page.banner();
    await isOnScreen(page);
    expect(await top(page, 'h1')).toBeGreaterThanOrEqual(48);
  });

  test('lets the page hear nothing of what is typed and clicked in it', async () => {
    const page = await open('listener.html');
    const banner = await page.banner();
    await banner.evaluate(() => {
      const field = document.createElement('input');
      field.id = 'typed';
      Object.assign(field.style, { position: 'fixed', inset: '4px auto auto 4px', zIndex: '9' });
      document.body.append(field);
    });
    await banner.type('#typed', 'secret 42');
    expect(await banner.evaluate(() => document.querySelector<HTMLInputElement>('#typed')!.value)).toBe('secret 42');
    expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([]);
  });

  test('knows where the browser can tell it that something of the page lies over it', async () => {
    const page = await open('plain.html');
    const banner = await page.banner();
    const canTell = await banner.evaluate(() => 'isVisible' in IntersectionObserverEntry.prototype);
    // Firefox has no IntersectionObserver v2 yet.
    expect(canTell).toBe(browser().kind === 'chromium');
    if (!canTell) return;
    const seen = () =>
      banner.evaluate(
        () =>
          new Promise<boolean>((resolve) => {
            const options = { trackVisibility: true, delay: 100 } as IntersectionObserverInit;
            const observer = new IntersectionObserver(([entry]) => {
              observer.disconnect();
              resolve((entry as IntersectionObserverEntry & { isVisible: boolean }).isVisible);
            }, options);
            observer.observe(document.querySelector('button')!);
          }),
      );
    await until('the banner to know itself visible', seen);
    await page.evaluate(() => {
      const over = document.createElement('div');
      over.popover = 'manual';
      // A lure that lets clicks through to what it covers.
      over.style.cssText = 'position:fixed;inset:0;width:100vw;height:100vh;border:0;padding:0;pointer-events:none;background:white';
      document.body.append(over);
      over.showPopover();
    });
    await until('the banner to know itself covered', async () => !(await seen()));
  });

  test('gives the page no way in: no child frame, no shadow root, no entry in its timings', async () => {
    const page = await open('plain.html');
    await page.banner();
    const seen = await page.evaluate(() => ({
      frames: window.length,
      shadow: document.querySelector('pennon-frame')!.shadowRoot,
      children: document.querySelector('pennon-frame')!.childElementCount,
      timings: performance.getEntriesByType('resource').filter(({ name }) => name.includes('extension')).length,
    }));
    expect(seen).toEqual({ frames: 0, shadow: null, children: 0, timings: 0 });
  });

  test.each(['', '#', '#00000000-0000-4000-8000-000000000000'])('stays blank when a page frames the banner page itself (%j)', async (ticket) => {
    const page = await open('framing.html');
    await page.banner();
    await page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.append(frame);
    }, browser().extensionUrl(`banner.html${ticket}`));
    const blank = await until('the framed page to be refused', async () => {
      for (const frame of page.extensionFrames()) {
        if (await frame.evaluate(() => document.documentElement.dataset.frame === 'refused')) return frame;
      }
      return null;
    });
    expect(await blank.evaluate(() => document.body.innerText.trim())).toBe('');
    expect(await blank.evaluate(() => document.querySelectorAll('button').length)).toBe(0);
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 1, height: 48 });
  });

  test('stays as it is while a page navigates within itself', async () => {
    const page = await open('spa/home');
    const banner = await page.banner();
    await banner.evaluate(() => document.documentElement.setAttribute('data-same', ''));
    await page.evaluate(() => (globalThis as unknown as { route(name: string): void }).route('customers'));
    await page.evaluate(() => (globalThis as unknown as { route(name: string): void }).route('contracts'));
    await page.back();
    await page.waitFor('the way back', () => location.pathname === '/spa/customers');
    expect(await (await page.banner()).evaluate(() => document.documentElement.hasAttribute('data-same'))).toBe(true);
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 1, height: 48 });
  });

  test('is there once after going back and forward', async () => {
    const page = await open('plain.html');
    await page.banner();
    await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => (document.title = persisted ? 'from the cache' : 'anew')));
    await page.goto(`${sites.address}/other.html`);
    await page.banner();
    await page.back();
    await page.waitFor('the first page', () => document.querySelector('h1')?.textContent === 'Customers');
    await page.banner();
    await isOnScreen(page);
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 1 });
    await page.forward();
    await page.waitFor('the second page', () => document.querySelector('h1')?.textContent === 'Other customers');
    await page.banner();
    await isOnScreen(page);
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 1 });
  });

  test('has its own size whatever the page makes of a rem', async () => {
    const measureBanner = async (name: string) => {
      const page = await open(name);
      const banner = await page.banner();
      const button = await banner.evaluate(() => getComputedStyle(document.querySelector('button')!).fontSize);
      const { height } = await page.evaluate(frameBox);
      return { button, height };
    };
    expect(await measureBanner('small-root.html')).toEqual(await measureBanner('plain.html'));
  });

  test.each([0.5, 2])('fits the window at a zoom of %d', async (factor) => {
    const page = await open('plain.html');
    await page.banner();
    const { windowWidth } = await page.evaluate(frameBox);
    await browser().zoom(page, factor);
    await page.waitFor('the zoom', (before) => Math.abs(innerWidth - before) > 100, windowWidth);
    const zoomed = await page.evaluate(frameBox);
    expect(zoomed).toMatchObject({ x: 0, y: 0, height: 48 });
    expect(Math.abs(zoomed.width - zoomed.windowWidth)).toBeLessThanOrEqual(1);
    await browser().zoom(page, 1);
  });

  test('leaves no trace on paper', async () => {
    const page = await open('plain.html');
    await page.banner();
    const room = () => getComputedStyle(document.documentElement).borderTopWidth;
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.evaluate(room)).toBe('0px');
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.evaluate(room)).toBe('48px');
  });

  test('follows to the other tabs of a site when it is put elsewhere', async () => {
    const first = await open('plain.html');
    const banner = await first.banner();
    const second = await browser().openPage(`${sites.address}/other.html`);
    await second.banner();
    await say(banner, { type: 'dock', mode: 'bottom' });
    await second.waitFor('the frame at the bottom', () => document.querySelector('pennon-frame')!.getBoundingClientRect().bottom === innerHeight);
  });

  test('leaves open pages when their site is turned off, and comes when it is turned on', async () => {
    const page = await open('plain.html');
    await page.banner();
    const turn = async (on: boolean) => {
      const own = await browser().own();
      await own.evaluate(
        ({ key, value }) => (globalThis as unknown as { chrome: { storage: { local: { set(items: object): Promise<void> } } } }).chrome.storage.local.set({ [key]: value }),
        { key: `setting.site:${sites.address}`, value: on },
      );
    };
    await turn(false);
    await page.waitFor('the frame to leave', () => document.querySelector('pennon-frame') === null && !document.documentElement.getAttribute('style'));
    await page.reload();
    await turn(true);
    await page.bringToFront();
    await page.banner();
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 1, height: 48 });
  });

  test('is replaced, not doubled, when the extension is updated under open pages', async () => {
    const page = await open('plain.html');
    const old = await page.banner();
    await old.evaluate(() => document.documentElement.setAttribute('data-old', ''));
    await browser().reloadExtension();
    const fresh = await until('a new banner', async () => {
      const banner = await page.banner();
      return (await banner.evaluate(() => !document.documentElement.hasAttribute('data-old'))) && banner;
    });
    expect(await page.evaluate(frameBox)).toMatchObject({ count: 1, height: 48 });
    await collapse(fresh);
    await page.waitFor('the room to be given back', () => !document.documentElement.getAttribute('style'));
  });
});

interface ExtensionTabs {
  query(all: object): Promise<{ id: number; url?: string }[]>;
  create(tab: { url: string }): Promise<unknown>;
  sendMessage(tabId: number, message: object, to: { frameId: number }): Promise<unknown>;
}
