/**
 * The banner page's side of its frame: how it asks for room on the page it stands on, and hears where it stands. As a
 * side panel, a sidebar, a window or the popup the page has no host: there is nothing to ask.
 */
import type { PlaceMode } from '../settings/schema.ts';
import { createDrag } from './drag.ts';
import type { BannerMessage, Measure } from './messages.ts';
import type { Ask, FrameSize, Placement } from './placement.ts';
import { type FrameViews, tellFrames } from './ticket.ts';

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

const order = async (message: BannerMessage): Promise<void> => void (await tellFrames(message));

/** The host of a page whose ticket was redeemed. */
export function createHost(view: FrameViews): FrameHost {
  let unheard = view.now().ask;
  const drag = createDrag((message) => tellFrames<Measure>(message));
  // All of it each time: what was said before may be lost, and is not said again after this.
  let said: Partial<FrameSize> = {};
  return {
    setSize: (size) => order({ to: 'frames', type: 'size', size: (said = { ...said, ...size }) }),
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
    setCalls: (on) => order({ to: 'frames', type: 'calls', on }),
    collapse: () => order({ to: 'frames', type: 'collapse' }),
    dock: (mode) => order({ to: 'frames', type: 'dock', mode }),
    startDrag: drag.start,
    moveBy: (dx, dy) => order({ to: 'frames', type: 'move', dx, dy }),
  };
}
