/**
 * The background's side of all frames: puts the script on the pages it belongs on, gives out and redeems tickets, and
 * carries size, place, drag and focus between a banner page and the script on its page. Every message is checked for
 * who sent it; a page that frames our page itself gets nothing.
 */
import * as v from 'valibot';
import type { Runtime } from 'webextension-polyfill';
import { browser } from 'wxt/browser';
import { originOf } from '../settings/schema.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { Drawing } from './drawing.ts';
import { createFramesStore } from './frames-store.ts';
import { createHeldFrames, viewOf } from './held.ts';
import { type BannerMessage, bannerMessage, type FrameView, type LoaderMessage, loaderMessage, pageMessage } from './messages.ts';
import { isBanner, isOwnPage, isTopPage, openPanel } from './own-pages.ts';
import { type Ask, dropped, within } from './placement.ts';
import { redeem } from './redeem.ts';
import { createScripts } from './scripts.ts';
import { belongsOn, builtInSites } from './sites.ts';
import { frameText } from './texts.ts';
import { createTurns } from './turns.ts';

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
  const { order, change, redraw, open, expand, settle, follow } = createHeldFrames({ store, settings, newTicket, onOpen: (tabId) => framed?.add(tabId) });
  const scripts = createScripts(settings, builtIn, (tabId) => order(tabId, { to: 'loader', do: 'leave' }));

  // —— from the script on a page ——

  async function hello(tabId: number, address: string): Promise<Drawing | null> {
    const origin = originOf(address);
    const held = await settings.read();
    if (origin === null) return null;
    if (!belongsOn(address, { settings: held, builtIn }) && !(await store.isAllowedHere(tabId, origin))) return null;
    const place = held.places[origin] ?? held.place.value;
    return open(tabId, origin, () => place);
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

  /** A telephone link was pressed: the form of a call opens in that tab's banner, with the keyboard in it. */
  async function call(tabId: number, number: string): Promise<void> {
    const asked = await change(tabId, (frame) => (frame?.calls ? { ...frame, ask: { what: 'call', at: now(), number: numberOf(number) } } : frame));
    if (asked?.calls) await order(tabId, { to: 'loader', do: 'focus' });
  }

  /** The toolbar button says what the page cannot: it takes the banner away; the side panel stays. */
  async function warn(tabId: number): Promise<void> {
    await browser.action.setBadgeText({ tabId, text: '!' });
    await browser.action.setTitle({ tabId, title: frameText('frame_pageRemoves') });
  }

  // —— from a banner page ——

  async function redeemed(tabId: number, frameId: number, ticket: string): Promise<FrameView | null> {
    const frame = await store.update(tabId, (held) => redeem(held, frameId, ticket));
    return frame && viewOf(frame);
  }

  async function fromBanner(message: BannerMessage, tabId: number, frameId: number): Promise<unknown> {
    if (message.type === 'redeem') return redeemed(tabId, frameId, message.ticket);
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

const defined = <T extends object>(partial: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined)) as never;
