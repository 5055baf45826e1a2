/** Where the banner stands on a page and how much room it takes. The place is kept in the settings, for each site. */
import type { Place, PlaceMode } from '../settings/schema.ts';

/** The edge a banner is docked to, or `floating`. */
export type Dock = PlaceMode;

/** A place as the banner page hears of it. */
export interface Placement extends Place {
  /** To which side of the bar there is room: menus and panels open there, the bar stands at the other end. */
  readonly grows: 'down' | 'up' | 'left' | 'right';
}

/** How much room the banner page takes, in CSS pixels. */
export interface FrameSize {
  /** Thickness of the bar at rest: its height, or docked left or right its width. The page makes room for this much. */
  readonly bar: number;
  /** The same with what is open beyond the bar; never less than `bar`. The frame is transparent there. */
  readonly total: number;
  /** Floating: width of the bar. Wider than the window, it is cut to it. */
  readonly width: number;
  /**
   * Of the room beyond the bar, the stretch along it that something stands in: the page around takes the clicks on
   * the rest. Null: all of it is the banner's.
   */
  readonly beyond?: Stretch | null;
}

/** From and to, in CSS pixels along the bar: from its left end where it lies, from its top where it stands. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export const DEFAULT_SIZE: FrameSize = { bar: 48, total: 48, width: 720 };

/** What the keyboard shortcuts ask of a banner, and what a telephone link on its page does. */
export type Ask = 'focus' | 'switchProfile' | 'call';

/** Of a page's window, in CSS pixels. */
export interface View {
  readonly width: number;
  readonly height: number;
}

/** Which way the frame grows. A floating one grows to the larger side. */
export function growth(place: Place, size: FrameSize, view: View | null): Placement['grows'] {
  switch (place.mode) {
    case 'top':
      return 'down';
    case 'bottom':
      return 'up';
    case 'left':
      return 'right';
    case 'right':
      return 'left';
    case 'floating':
      return view !== null && place.y + size.bar / 2 > view.height / 2 ? 'up' : 'down';
  }
}

/** How near to an edge the pointer lets go of the frame for it to dock there, in CSS pixels. */
const SNAP = 16;

/** Where a frame comes to stand that was let go at `at`, the pointer being at `pointer`. */
export function dropped(
  place: Place,
  at: { readonly x: number; readonly y: number },
  pointer: { readonly x: number; readonly y: number },
  view: View,
): Place {
  const mode =
    pointer.y <= SNAP
      ? 'top'
      : pointer.y >= view.height - SNAP
        ? 'bottom'
        : pointer.x <= SNAP
          ? 'left'
          : pointer.x >= view.width - SNAP
            ? 'right'
            : 'floating';
  return mode === 'floating' ? { ...place, mode, ...within(at, view) } : { ...place, mode };
}

/** Never negative, never off the far side: what is kept must be on screen in a window of this size. */
export const within = (at: { readonly x: number; readonly y: number }, view: View): { x: number; y: number } => ({
  x: Math.round(Math.max(0, Math.min(at.x, view.width - 32))),
  y: Math.round(Math.max(0, Math.min(at.y, view.height - 32))),
});
