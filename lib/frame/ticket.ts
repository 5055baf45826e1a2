/**
 * The banner page's way into its frame, before anything is there that could draw: it redeems the ticket the page was
 * framed with, and from then on hears how its frame stands.
 */
import { browser } from 'wxt/browser';
import type { BannerOrder, FrameView } from './messages.ts';
import { createTell } from './tell.ts';

/** Somebody else's page framed this one, or its ticket was used before. */
export class NotFramedByPennon extends Error {
  override readonly name = 'NotFramedByPennon';
  constructor() {
    super('This page was framed without a ticket, or with one that was used before.');
  }
}

export const tellFrames = createTell((message) => browser.runtime.sendMessage(message));

type Listener = (now: FrameView, before: FrameView) => void;

/** How the frame stands, now and with every change. */
export interface FrameViews {
  now(): FrameView;
  /** Returns how to stop. */
  watch(listener: Listener): () => void;
}

/**
 * @returns how the frame stands; null where the page stands by itself (`window.top === window`)
 * @throws `NotFramedByPennon` where the page must stay blank and connect to nothing
 */
export async function redeemTicket(): Promise<FrameViews | null> {
  if (window.top === window) return null;
  const ticket = location.hash.slice(1);
  // Out of the address at once: a reload must not look like a second use by somebody else.
  history.replaceState(null, '', location.pathname);
  const redeemed = await tellFrames<FrameView>({ to: 'frames', type: 'redeem', ticket });
  if (redeemed === null) {
    document.documentElement.dataset.frame = 'refused';
    throw new NotFramedByPennon();
  }
  addEventListener('pagehide', () => void tellFrames({ to: 'frames', type: 'gone' }));
  return watchView(redeemed);
}

function watchView(first: FrameView): FrameViews {
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
