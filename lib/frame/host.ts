/**
 * The banner page's side of its frame: how it asks for room on the page it stands on, and hears where it stands. As a
 * side panel, a sidebar, a window or the popup the page has no host: there is nothing to ask.
 */
import { browser } from 'wxt/browser';
import type { PlaceMode } from '../settings/schema.ts';
import { createDrag } from './drag.ts';
import type { BannerMessage, BannerOrder, FrameView, Measure } from './messages.ts';
import type { Ask, FrameSize, Placement } from './placement.ts';

export type { Ask, FrameSize, Placement } from './placement.ts';

export interface FrameHost {
  /**
   * Says how much room the page needs now; what is left out stays as it was. Call it before something opens beyond
   * the bar, await it, then open; the same the other way round after closing. The frame is transparent beyond the bar
   * as long as the page's root element has no `color-scheme` of its own: darken by tokens, not by `color-scheme`.
   */
  setSize(size: Partial<FrameSize>): Promise<void>;
  /** Calls back at once with the placement held, then with every later one. Returns how to stop. */
  onPlacement(listener: (placement: Placement) => void): () => void;
  /**
   * The keyboard shortcuts that are for the banner: focus its toolbar, open its profile switcher; and a telephone link on
   * the page, with its number. Returns how to stop.
   */
  onAsk(listener: (ask: Ask, number: string) => void): () => void;
  /** Whether telephone links on the page become calls. */
  setCalls(on: boolean): Promise<void>;
  /** Leaves only the handle on the page. The banner page is gone once this is done. */
  collapse(): Promise<void>;
  /** Docks to an edge, or floats. Remembered for this site. */
  dock(mode: PlaceMode): Promise<void>;
  /**
   * Moves the frame with the pointer, from a `pointerdown` on the banner's own handle until the button is let go. Near
   * an edge it docks there; elsewhere it floats.
   */
  startDrag(event: PointerEvent): void;
  /** Moves a floating frame by so many CSS pixels, for the arrow keys on the handle. */
  moveBy(dx: number, dy: number): Promise<void>;
}

/** Somebody else's page framed this one, or its ticket was used before. */
export class NotFramedByPennon extends Error {
  override readonly name = 'NotFramedByPennon';
  constructor() {
    super('This page was framed without a ticket, or with one that was used before.');
  }
}

const send = <T>(message: BannerMessage): Promise<T> => browser.runtime.sendMessage(message) as Promise<T>;

/**
 * Redeems the ticket this page was framed with.
 *
 * @returns the host; null where the page stands by itself (`window.top === window`): draw, and offer no placement.
 * @throws `NotFramedByPennon` where the page must stay blank and connect to nothing.
 */
export async function connectHost(): Promise<FrameHost | null> {
  if (window.top === window) return null;
  const ticket = location.hash.slice(1);
  // Out of the address at once: a reload must not look like a second use by somebody else.
  history.replaceState(null, '', location.pathname);
  const redeemed = await send<FrameView | null>({ to: 'frames', type: 'redeem', ticket });
  if (redeemed === null) {
    document.documentElement.dataset.frame = 'refused';
    throw new NotFramedByPennon();
  }
  addEventListener('pagehide', () => void send({ to: 'frames', type: 'gone' }).catch(() => {}));
  return createHost(redeemed);
}

function createHost(first: FrameView): FrameHost {
  const view = watchView(first);
  let unheard = first.ask;
  const drag = createDrag((message) => send<Measure | null>(message));
  return {
    setSize: (size) => send({ to: 'frames', type: 'size', size }),
    onPlacement(listener) {
      listener(view.now().placement);
      return view.watch((now, before) => {
        if (JSON.stringify(now.placement) !== JSON.stringify(before.placement)) listener(now.placement);
      });
    },
    onAsk(listener) {
      // Asked while this page was still loading: a shortcut on a collapsed banner opens it first.
      if (unheard !== null) listener(unheard.what, unheard.number ?? '');
      unheard = null;
      return view.watch((now, before) => {
        if (now.ask !== null && now.ask.at !== before.ask?.at) listener(now.ask.what, now.ask.number ?? '');
      });
    },
    setCalls: (on) => send({ to: 'frames', type: 'calls', on }),
    collapse: () => send({ to: 'frames', type: 'collapse' }),
    dock: (mode) => send({ to: 'frames', type: 'dock', mode }),
    startDrag: drag.start,
    moveBy: (dx, dy) => send({ to: 'frames', type: 'move', dx, dy }),
  };
}

type Listener = (now: FrameView, before: FrameView) => void;

function watchView(first: FrameView) {
  const listeners = new Set<Listener>();
  let held = first;
  browser.runtime.onMessage.addListener(((message: BannerOrder, sender: { tab?: unknown }) => {
    // From the background alone: what comes from a page's script comes from a tab.
    if (message?.to !== 'banner' || sender.tab !== undefined) return undefined;
    const before = held;
    held = message.view;
    for (const listener of listeners) listener(held, before);
    return Promise.resolve(true);
  }) as never);
  return {
    now: () => held,
    watch(listener: Listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
