/**
 * What travels between the three parts of a frame: the script on the page (*loader*), the background (*frames*) and
 * the banner page. All of it as extension messages: a page hears `window.postMessage`, never these.
 */
import * as v from 'valibot';
import { PLACE_MODES } from '../settings/schema.ts';
import type { Drawing } from './drawing.ts';
import type { Ask, Placement } from './placement.ts';

const pixels = v.pipe(v.number(), v.finite());
const length = v.pipe(pixels, v.minValue(0), v.maxValue(10_000));
const point = { x: pixels, y: pixels };

/** From the script on a page: it may only ask for its own drawing. */
export const loaderMessage = v.variant('type', [
  v.object({ to: v.literal('frames'), type: v.literal('hello') }),
  v.object({ to: v.literal('frames'), type: v.literal('expand') }),
  /** The page took the frame away so often that the script stopped putting it back. */
  v.object({ to: v.literal('frames'), type: v.literal('gaveUp') }),
  /** A person pressed a telephone link, of which this is the number. */
  v.object({ to: v.literal('frames'), type: v.literal('call'), number: v.pipe(v.string(), v.maxLength(100)) }),
]);
export type LoaderMessage = v.InferOutput<typeof loaderMessage>;

/** From a banner page: `redeem` first, the others only once that was granted. */
export const bannerMessage = v.variant('type', [
  v.object({ to: v.literal('frames'), type: v.literal('redeem'), ticket: v.pipe(v.string(), v.maxLength(100)) }),
  v.object({
    to: v.literal('frames'),
    type: v.literal('size'),
    size: v.partial(v.object({ bar: length, total: length, width: length, beyond: v.nullable(v.object({ from: length, to: length })) })),
  }),
  v.object({ to: v.literal('frames'), type: v.literal('dock'), mode: v.picklist(PLACE_MODES) }),
  v.object({ to: v.literal('frames'), type: v.literal('collapse') }),
  v.object({ to: v.literal('frames'), type: v.literal('measure') }),
  v.object({ to: v.literal('frames'), type: v.literal('drag'), ...point }),
  v.object({ to: v.literal('frames'), type: v.literal('drop'), ...point, pointer: v.object(point) }),
  v.object({ to: v.literal('frames'), type: v.literal('move'), dx: pixels, dy: pixels }),
  /** Whether telephone links on the page become calls. */
  v.object({ to: v.literal('frames'), type: v.literal('calls'), on: v.boolean() }),
  /** The page it stands on took it away, or is going away itself. */
  v.object({ to: v.literal('frames'), type: v.literal('gone') }),
]);
export type BannerMessage = v.InferOutput<typeof bannerMessage>;

/** From an extension page that is not in a frame: the popup. */
export const pageMessage = v.variant('type', [
  v.object({ to: v.literal('frames'), type: v.literal('showHere'), tabId: v.pipe(v.number(), v.integer()) }),
]);
export type PageMessage = v.InferOutput<typeof pageMessage>;

/** To the script on a page. Each is answered with a `Measure`. */
export type LoaderOrder =
  | { readonly to: 'loader'; readonly draw: Drawing }
  | { readonly to: 'loader'; readonly do: 'measure' | 'focus' | 'check' | 'leave' };

/** The frame's box and the window's size, in CSS pixels of the page. */
export const measure = v.tuple([pixels, pixels, pixels, pixels, pixels, pixels]);
/** `[left, top, width, height, windowWidth, windowHeight]` */
export type Measure = v.InferOutput<typeof measure>;

/** What a banner page knows of its frame. */
export interface FrameView {
  readonly placement: Placement;
  /** The last thing asked by keyboard or link; `at` tells two alike apart. With `call`, the link's number. */
  readonly ask: { readonly what: Ask; readonly at: number; readonly number?: string } | null;
}

/**
 * To a banner page. Not through `storage.session`, which a frame on another site's page has in Chromium only, and not
 * through a port, which would have to be opened anew whenever the browser stops the background.
 */
export interface BannerOrder {
  readonly to: 'banner';
  readonly view: FrameView;
}
