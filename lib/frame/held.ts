/**
 * The frames that are held, one a tab: what is known of each, drawn by the script on its page and told to the banner page
 * in it. Whoever calls sees to it that what is done for one tab is done in turn.
 */
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { Place } from '../settings/schema.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { type Drawing, drawingOf } from './drawing.ts';
import type { Frame, FramesStore } from './frames-store.ts';
import { type BannerOrder, type FrameView, type LoaderOrder, type Measure, measure } from './messages.ts';
import { bannerAddress } from './own-pages.ts';
import { DEFAULT_SIZE, growth } from './placement.ts';
import { frameText } from './texts.ts';

export interface HeldFramesDependencies {
  readonly store: FramesStore;
  readonly settings: Pick<SettingsStore, 'read' | 'write'>;
  readonly newTicket: () => string;
  /** At once, when a tab has a frame. */
  readonly onOpen: (tabId: number) => unknown;
}

export function createHeldFrames({ store, settings, newTicket, onOpen }: HeldFramesDependencies) {
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
    drawingOf(frame.place, frame.size, frame.window, labels(), frame.ticket === null ? null : bannerAddress(frame.ticket), frame.calls);

  const draw = async (tabId: number, frame: Frame | null): Promise<Measure | null> =>
    frame === null ? null : order(tabId, { to: 'loader', draw: drawing(frame) });

  const redraw = async (tabId: number, how: (frame: Frame) => Partial<Frame>): Promise<Measure | null> =>
    draw(tabId, await change(tabId, (frame) => (frame === null ? null : viewed({ ...frame, ...how(frame) }))));

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
        redeemed: null,
        ask: null,
        placement: { ...place(before), grows: 'down' },
        calls: false,
      }),
    );
    onOpen(tabId);
    return drawing(frame!);
  }

  async function expand(tabId: number): Promise<Drawing | null> {
    const frame = await store.get(tabId);
    if (frame === null) return null;
    await remember(frame.origin, { ...frame.place, collapsed: false });
    return open(tabId, frame.origin, () => ({ ...frame.place, collapsed: false }));
  }

  const remember = async (origin: string, place: Place): Promise<void> =>
    void (await settings.write({ places: { [origin]: place } }));

  /** Drawn before it is remembered: the hand is on it. */
  async function settle(tabId: number, { origin }: Frame, place: Place): Promise<null> {
    await redraw(tabId, () => ({ place }));
    await remember(origin, place);
    return null;
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

  return { order, change, redraw, open, expand, settle, follow };
}

const labels = () => ({
  frame: frameText('frame_label'),
  handle: frameText('frame_handle'),
});

const isEqual = (one: Place, other: Place): boolean =>
  one.mode === other.mode && one.collapsed === other.collapsed && one.x === other.x && one.y === other.y;

export const viewOf = ({ placement, ask }: Frame): FrameView => ({ placement, ask });
const viewed = (frame: Frame): Frame => ({
  ...frame,
  placement: { ...frame.place, grows: growth(frame.place, frame.size, frame.window) },
});
