/**
 * The background's side of all frames: puts the script on the pages it belongs on, gives out and redeems tickets, and
 * carries size, place, drag and focus between a banner page and the script on its page. Every message is checked for
 * who sent it; a page that frames our page itself gets nothing.
 */
import * as v from 'valibot';
import type { Runtime } from 'webextension-polyfill';
import { browser } from 'wxt/browser';
import { originOf, type Place } from '../settings/schema.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { type Drawing, drawingOf } from './drawing.ts';
import { createFramesStore, type Frame } from './frames-store.ts';
import {
  type BannerMessage,
  bannerMessage,
  type BannerOrder,
  type FrameView,
  type LoaderMessage,
  loaderMessage,
  type LoaderOrder,
  type Measure,
  measure,
  pageMessage,
} from './messages.ts';
import { type Ask, DEFAULT_SIZE, dropped, growth, within } from './placement.ts';
import { createScripts } from './scripts.ts';
import { createTurns } from './turns.ts';
import { belongsOn, builtInSites } from './sites.ts';

export interface Frames {
  /** Registers every listener; to be called synchronously when the background starts. */
  listen(): void;
  /** Tabs whose banner is not put away, the one looked at last first. */
  tabs(): Promise<readonly number[]>;
}

export interface FramesDependencies {
  readonly settings: SettingsStore;
  /** Match patterns of the build, comma separated: `PENNON_SITES`. */
  readonly sites: string | undefined;
  readonly newTicket?: () => string;
  readonly now?: () => number;
}

const BANNER = 'banner.html';

export function createFrames({
  settings,
  sites,
  newTicket = () => crypto.randomUUID(),
  now = Date.now,
}: FramesDependencies): Frames {
  const builtIn = builtInSites(sites);
  const store = createFramesStore(browser.storage.session as never);
  const inTurn = createTurns<number>();
  /** Tabs that have a frame, for what cannot wait for storage; null until it was read. */
  let framed: Set<number> | null = null;
  const scripts = createScripts(settings, builtIn, (tabId) => order(tabId, { to: 'loader', do: 'leave' }));

  // —— to the script on a page ——

  async function order(tabId: number, message: LoaderOrder): Promise<Measure | null> {
    const answer: unknown = await browser.tabs.sendMessage(tabId, message, { frameId: 0 }).catch(() => null);
    if (!v.is(measure, answer)) return null;
    const [, , , , width, height] = answer;
    await change(tabId, (frame) =>
      frame === null || (frame.window?.width === width && frame.window.height === height)
        ? frame
        : viewed({ ...frame, window: { width, height } }),
    );
    return answer;
  }

  // —— to a banner page ——

  /** Changes what is known of a frame, and tells its banner page what that page sees of it. */
  async function change(tabId: number, how: (frame: Frame | null) => Frame | null): Promise<Frame | null> {
    let before: Frame | null = null;
    const after = await store.update(tabId, (frame) => how((before = frame)));
    if (after !== null && after.frameId !== null && after !== before) {
      const told: BannerOrder = { to: 'banner', view: viewOf(after) };
      // Not waited for: a banner page that is being taken away never answers.
      void browser.tabs.sendMessage(tabId, told, { frameId: after.frameId }).catch(() => {});
    }
    return after;
  }

  const drawing = (frame: Frame): Drawing =>
    drawingOf(frame.place, frame.size, frame.window, LABELS(), frame.ticket === null ? null : src(frame.ticket), frame.calls);

  const draw = async (tabId: number, frame: Frame | null): Promise<Measure | null> =>
    frame === null ? null : order(tabId, { to: 'loader', draw: drawing(frame) });

  const redraw = async (tabId: number, how: (frame: Frame) => Partial<Frame>): Promise<Measure | null> =>
    draw(tabId, await change(tabId, (frame) => (frame === null ? null : viewed({ ...frame, ...how(frame) }))));

  // —— from the script on a page ——

  async function hello(tabId: number, address: string): Promise<Drawing | null> {
    const origin = originOf(address);
    const held = await settings.read();
    if (origin === null) return null;
    if (!belongsOn(address, { settings: held, builtIn }) && !(await store.isAllowedHere(tabId, origin))) return null;
    const place = held.places[origin] ?? held.place.value;
    return open(tabId, origin, () => place);
  }

  /** A new page, or a new frame on it: either way a new ticket, and nothing an earlier frame may still do. */
  async function open(tabId: number, origin: string, place: (before: Frame | null) => Place): Promise<Drawing> {
    const frame = await store.update(tabId, (before) =>
      viewed({
        origin,
        place: place(before),
        size: DEFAULT_SIZE,
        window: before?.window ?? null,
        frameId: null,
        ticket: newTicket(),
        ask: null,
        placement: { ...place(before), grows: 'down' },
        calls: false,
      }),
    );
    framed?.add(tabId);
    return drawing(frame!);
  }

  async function fromLoader(message: LoaderMessage, tabId: number, address: string): Promise<Drawing | null> {
    switch (message.type) {
      case 'hello':
        return hello(tabId, address);
      case 'expand':
        return expand(tabId);
      case 'gaveUp':
        await warn(tabId);
        return null;
      case 'call':
        await call(tabId, message.number);
        return null;
    }
  }

  async function expand(tabId: number): Promise<Drawing | null> {
    const frame = await store.get(tabId);
    if (frame === null) return null;
    await remember(frame.origin, { ...frame.place, collapsed: false });
    return open(tabId, frame.origin, () => ({ ...frame.place, collapsed: false }));
  }

  /** A telephone link was pressed: the form of a call opens in that tab's banner, with the keyboard in it. */
  async function call(tabId: number, number: string): Promise<void> {
    const asked = await change(tabId, (frame) => (frame?.calls ? { ...frame, ask: { what: 'call', at: now(), number: numberOf(number) } } : frame));
    if (asked?.calls) await order(tabId, { to: 'loader', do: 'focus' });
  }

  const remember = async (origin: string, place: Place): Promise<void> =>
    void (await settings.write({ places: { [origin]: place } }));

  /** The toolbar button says what the page cannot: it takes the banner away; the side panel stays. */
  async function warn(tabId: number): Promise<void> {
    await browser.action.setBadgeText({ tabId, text: '!' });
    await browser.action.setTitle({ tabId, title: text('frame_pageRemoves') });
  }

  // —— from a banner page ——

  async function redeem(tabId: number, frameId: number, ticket: string): Promise<FrameView | null> {
    let right = false;
    const frame = await store.update(tabId, (held) => {
      right = held !== null && held.ticket !== null && held.ticket === ticket;
      return right ? { ...held!, ticket: null, frameId } : held;
    });
    return right ? viewOf(frame!) : null;
  }

  async function fromBanner(message: BannerMessage, tabId: number, frameId: number): Promise<unknown> {
    if (message.type === 'redeem') return redeem(tabId, frameId, message.ticket);
    const frame = await store.get(tabId);
    if (frame?.frameId !== frameId) return null;
    switch (message.type) {
      case 'size':
        return redraw(tabId, ({ size }) => ({ size: { ...size, ...defined(message.size) } }));
      case 'calls':
        return redraw(tabId, () => ({ calls: message.on }));
      case 'dock':
        return settle(tabId, frame, { ...frame.place, mode: message.mode });
      case 'collapse':
        return settle(tabId, frame, { ...frame.place, collapsed: true });
      case 'measure':
        return order(tabId, { to: 'loader', do: 'measure' });
      case 'drag':
        return redraw(tabId, ({ place }) => ({ place: { ...place, mode: 'floating', x: message.x, y: message.y } }));
      case 'drop':
        return settle(tabId, frame, dropped(frame.place, message, message.pointer, frame.window ?? EVERYWHERE));
      case 'move':
        return settle(tabId, frame, {
          ...frame.place,
          ...within({ x: frame.place.x + message.dx, y: frame.place.y + message.dy }, frame.window ?? EVERYWHERE),
        });
      case 'gone':
        return order(tabId, { to: 'loader', do: 'check' });
    }
  }

  /** Drawn before it is remembered: the hand is on it. */
  async function settle(tabId: number, { origin }: Frame, place: Place): Promise<null> {
    await redraw(tabId, () => ({ place }));
    await remember(origin, place);
    return null;
  }

  // —— from the keyboard ——

  async function onCommand(name: string, tabId: number): Promise<void> {
    // A panel opens only while the key press still counts as the person's act: before anything is awaited.
    if (framed !== null && !framed.has(tabId)) return openPanel(tabId);
    const frame = await store.get(tabId);
    if (frame === null) return openPanel(tabId);
    if (name === 'collapse-banner' && !frame.place.collapsed) return void (await settle(tabId, frame, { ...frame.place, collapsed: true }));
    if (frame.place.collapsed) {
      const opened = await expand(tabId);
      if (opened !== null) await order(tabId, { to: 'loader', draw: opened });
    }
    if (name === 'collapse-banner') return;
    await order(tabId, { to: 'loader', do: 'focus' });
    const what: Ask = name === 'switch-profile' ? 'switchProfile' : 'focus';
    await change(tabId, (held) => (held === null ? null : { ...held, ask: { what, at: now() } }));
  }

  // —— listeners ——

  /** Answers undefined, at once, to what is not ours: another listener may answer that. */
  function onMessage(message: unknown, sender: Runtime.MessageSender): Promise<unknown> | undefined {
    if ((message as { to?: unknown } | null)?.to !== 'frames' || sender.id !== browser.runtime.id) return undefined;
    const tabId = sender.tab?.id;
    const address = sender.url ?? '';
    if (isOwnPage(address)) {
      if (tabId !== undefined && isBanner(address) && v.is(bannerMessage, message)) {
        return inTurn(tabId, () => fromBanner(message, tabId, sender.frameId ?? 0));
      }
      return v.is(pageMessage, message) && isTopPage(sender) ? showHere(message.tabId) : Promise.resolve(null);
    }
    if (tabId === undefined || sender.frameId !== 0 || !v.is(loaderMessage, message)) return Promise.resolve(null);
    return inTurn(tabId, () => fromLoader(message, tabId, address));
  }

  async function showHere(tabId: number): Promise<boolean> {
    const tab = await browser.tabs.get(tabId);
    const origin = originOf(tab.url ?? '');
    if (origin === null) return false;
    await store.allowHere(tabId, origin);
    return scripts.inject(tabId);
  }

  /** In the other tabs of a site, when its place was changed in one or in the options. */
  async function onPlacesChanged(): Promise<void> {
    for (const [tabId] of await store.all()) await inTurn(tabId, () => follow(tabId));
  }

  /** Reads both in the tab's turn: neither may be older than the other. */
  async function follow(tabId: number): Promise<void> {
    const frame = await store.get(tabId);
    const { places, place } = await settings.read();
    if (frame === null) return;
    const wanted = places[frame.origin] ?? place.value;
    if (isEqual(wanted, frame.place)) return;
    if (frame.place.collapsed && !wanted.collapsed) {
      await order(tabId, { to: 'loader', draw: await open(tabId, frame.origin, () => wanted) });
    } else {
      await redraw(tabId, () => ({ place: wanted }));
    }
  }

  /** Chromium tells when a tab was last looked at without any permission, Firefox too. */
  async function tabsWithBanner(): Promise<readonly number[]> {
    const shown = new Set((await store.all()).flatMap(([tabId, { place, frameId }]) => (place.collapsed || frameId === null ? [] : [tabId])));
    const tabs = (await browser.tabs.query({})).filter(({ id }) => id !== undefined && shown.has(id));
    return tabs.toSorted((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0)).map(({ id }) => id!);
  }

  return {
    tabs: tabsWithBanner,
    listen() {
      void store.all().then((all) => (framed = new Set([...(framed ?? []), ...all.map(([tabId]) => tabId)])));
      browser.runtime.onMessage.addListener(onMessage as never);
      browser.tabs.onRemoved.addListener((tabId) => {
        framed?.delete(tabId);
        void store.remove(tabId);
      });
      browser.commands.onCommand.addListener((name, tab) => {
        if (tab?.id !== undefined && OWN_COMMANDS.has(name)) void onCommand(name, tab.id);
      });
      settings.watch(() => void onPlacesChanged());
      scripts.listen();
    },
  };
}

/** What of a `tel:` address is the number (RFC 3966): without its parameters, and as it was before it was an address. */
function numberOf(link: string): string {
  const [number = ''] = link.split(';');
  try {
    return decodeURIComponent(number);
  } catch {
    return number;
  }
}

/** The other shortcuts are about what is offered (lib/alerts). */
const OWN_COMMANDS: ReadonlySet<string> = new Set(['focus-banner', 'collapse-banner', 'switch-profile']);

/** Where nothing was measured yet, nothing is off screen. */
const EVERYWHERE = { width: 10_000, height: 10_000 };

/** Not `#i18n`: its types are for components, and these three are all the texts there are outside our own pages. */
const text = (key: string): string => browser.i18n.getMessage(key as never);

const LABELS = () => ({
  frame: text('frame_label'),
  handle: text('frame_handle'),
});

const src = (ticket: string): string => `${browser.runtime.getURL(`/${BANNER}` as '/')}#${ticket}`;

const isOwnPage = (address: string): boolean => address.startsWith(browser.runtime.getURL('/' as never));
const isBanner = (address: string): boolean => address.split(/[?#]/)[0] === browser.runtime.getURL(`/${BANNER}` as '/');
/** Not in somebody's frame: the popup, a window or a tab of its own. */
const isTopPage = (sender: Runtime.MessageSender): boolean => sender.tab === undefined || sender.frameId === 0;

const isEqual = (one: Place, other: Place): boolean =>
  one.mode === other.mode && one.collapsed === other.collapsed && one.x === other.x && one.y === other.y;

const viewOf = ({ placement, ask }: Frame): FrameView => ({ placement, ask });
const viewed = (frame: Frame): Frame => ({
  ...frame,
  placement: { ...frame.place, grows: growth(frame.place, frame.size, frame.window) },
});

const defined = <T extends object>(partial: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined)) as never;

/** Chromium's side panel, Firefox's sidebar: where there is no frame, the banner is there. */
async function openPanel(tabId: number): Promise<void> {
  const { sidePanel, sidebarAction } = browser as unknown as {
    sidePanel?: { open(target: { tabId: number }): Promise<void> };
    sidebarAction?: { open(): Promise<void> };
  };
  await (sidePanel?.open({ tabId }) ?? sidebarAction?.open())?.catch(() => {});
}
