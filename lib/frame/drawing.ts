/**
 * What the script on the page draws: everything it cannot know by itself comes to it as finished styles, so that it
 * stays small and the layout is here, pure.
 */
import type { Place } from '../settings/schema.ts';
import { DEFAULT_SIZE, type FrameSize, growth, type View } from './placement.ts';

export interface Drawing {
  /** Style sheet of the closed shadow root. */
  readonly css: string;
  /** Inline styles of the page's `<html>`, all `!important`: the room made for the bar. */
  readonly room: readonly (readonly [property: string, value: string])[];
  /** The room again: which edge, and how many CSS pixels, for what the page has fixed to that edge. */
  readonly edge: 'top' | 'bottom' | 'left' | 'right' | null;
  readonly depth: number;
  /** Only a handle, no banner page. */
  readonly collapsed: boolean;
  /** Name of the frame, or of the handle, to a screen reader. */
  readonly label: string;
  /** Address of the banner page with a ticket, where the script is to make a new frame. */
  readonly src: string | null;
  /** Telephone links become calls: the profile grants them, and there is a banner to open the form in. */
  readonly calls: boolean;
}

/**
 * `:host` with `!important` in a shadow root goes before everything a page can say about its host, inline styles and
 * `* { all: unset !important }` included: of important rules those of the inner tree win.
 */
export function drawingOf(
  place: Place,
  size: FrameSize,
  view: View | null,
  labels: { readonly frame: string; readonly handle: string },
  src: string | null,
  calls = false,
): Drawing {
  const docked = place.mode !== 'floating' && !place.collapsed;
  const edge = docked ? (place.mode as Exclude<Place['mode'], 'floating'>) : null;
  const box = place.collapsed ? handleBox(place) : { ...frameBox(place, size, view), 'clip-path': clipOf(place, size, view) };
  return {
    css: sheet(box) + (place.collapsed ? HANDLE : FRAME),
    room: edge === null ? [] : roomAt(edge, size.bar),
    edge,
    depth: size.bar,
    collapsed: place.collapsed,
    label: place.collapsed ? labels.handle : labels.frame,
    src: place.collapsed ? null : src,
    calls: calls && !place.collapsed,
  };
}

type Box = Readonly<Record<string, string>>;

const sheet = (box: Box): string => `:host{${important({ ...HOST, ...box })}}@media print{:host{display:none!important}}`;

const important = (styles: Box): string =>
  Object.entries(styles)
    .map(([property, value]) => `${property}:${value}!important;`)
    .join('');

/** `color-scheme` is the initial one, so that a banner page that sets none is painted transparent. */
const HOST: Box = {
  all: 'initial',
  display: 'block',
  position: 'fixed',
  inset: 'auto',
  margin: '0',
  padding: '0',
  border: '0',
  overflow: 'visible',
  background: 'none',
  opacity: '1',
  visibility: 'visible',
  'pointer-events': 'auto',
  'clip-path': 'none',
  'z-index': '2147483647',
  direction: 'ltr',
};

/** Inside the shadow root nothing of the page's applies: what would be inherited ends at the host. */
const FRAME = 'iframe{display:block;width:100%;height:100%;border:0}';

const px = (n: number): string => `${Math.round(n * 100) / 100}px`;

function frameBox(place: Place, size: FrameSize, view: View | null): Box {
  const total = `min(${px(Math.max(size.total, size.bar))},100%)`;
  switch (place.mode) {
    case 'top':
      return { inset: '0 0 auto', height: total };
    case 'bottom':
      return { inset: 'auto 0 0', height: total };
    case 'left':
      return { inset: '0 auto 0 0', width: total };
    case 'right':
      return { inset: '0 0 0 auto', width: total };
    case 'floating':
      return floatingBox(place, size, growth(place, size, view) === 'up', total);
  }
}

/** The bar whole, and beyond it only the stretch in use: what is clipped away takes no clicks. */
function clipOf(place: Place, size: FrameSize, view: View | null): string {
  const { bar, total, beyond } = size;
  if (!beyond || total <= bar) return 'none';
  const grows = growth(place, size, view);
  const stands = grows === 'left' || grows === 'right';
  const turned = grows === 'up' || grows === 'left';
  const [edge, inner, outer] = turned ? ['100%', `calc(100% - ${px(bar)})`, '0'] : ['0', px(bar), '100%'];
  const [from, to] = [px(beyond.from), px(beyond.to)];
  const corners = [
    ['0', edge], ['100%', edge], ['100%', inner], [to, inner], [to, outer], [from, outer], [from, inner], ['0', inner],
  ] as const;
  return `polygon(${corners.map(([along, across]) => (stands ? `${across} ${along}` : `${along} ${across}`)).join(',')})`;
}

/** The arithmetic is left to the browser, so that the frame stays on screen when the window is made smaller. */
function floatingBox(place: Place, size: FrameSize, up: boolean, total: string): Box {
  const width = `min(${px(size.width)},100%)`;
  const left = `clamp(0px,${px(place.x)},calc(100% - ${width}))`;
  const top = `clamp(0px,${px(place.y)},calc(100% - ${px(size.bar)}))`;
  return up
    ? { inset: `auto auto calc(100% - ${top} - ${px(size.bar)}) ${left}`, width, height: total, 'max-height': `calc(${top} + ${px(size.bar)})` }
    : { inset: `${top} auto auto ${left}`, width, height: total, 'max-height': `calc(100% - ${top})` };
}

/** 28 px by 44 px: a target one can hit, on the edge where the bar was. */
function handleBox({ mode, x, y }: Place): Box {
  const lying = { width: '44px', height: '28px' };
  const standing = { width: '28px', height: '44px' };
  switch (mode) {
    case 'top':
      return { inset: '0 32px auto auto', ...lying };
    case 'bottom':
      return { inset: 'auto 32px 0 auto', ...lying };
    case 'left':
      return { inset: '96px auto auto 0', ...standing };
    case 'right':
      return { inset: '96px 0 auto auto', ...standing };
    case 'floating':
      return { inset: `clamp(0px,${px(y)},calc(100% - 28px)) auto auto clamp(0px,${px(x)},calc(100% - 44px))`, ...lying };
  }
}

/** The pennant on a small tab. Forced colours keep its border and take the button's own. */
const HANDLE = [
  'button{all:initial;box-sizing:border-box;display:flex;align-items:center;justify-content:center;',
  'width:100%;height:100%;cursor:pointer;background:#fff;border:1px solid #8a93a3;border-radius:8px;',
  'box-shadow:0 1px 4px rgb(0 0 0/.25)}',
  'button:hover{background:#eef2fb}button:focus-visible{outline:3px solid #2456dc;outline-offset:-3px}',
  'button::before{content:"";width:14px;height:14px;background:#2456dc;clip-path:polygon(0 0,100% 35%,14% 70%,14% 100%,0 100%)}',
  '@media(prefers-color-scheme:dark){button{background:#1b2230;border-color:#727d91}button:hover{background:#28324a}',
  'button::before{background:#8fb0ff}}',
  '@media(forced-colors:active){button{background:ButtonFace;border-color:ButtonText}button::before{background:ButtonText;forced-color-adjust:none}}',
].join('');

/** The edges where room is made before a page is first drawn. How thick a rail is, the banner says itself. */
export const EARLY_EDGES = ['top', 'bottom'] as const;
export type EarlyEdge = (typeof EARLY_EDGES)[number];

/** The same room in a style sheet, for the time before the script on the page has its drawing: from then on that holds. */
export const roomSheet = (edge: EarlyEdge): string =>
  `@media screen{html:not([data-pennon]){${important(Object.fromEntries(roomAt(edge, DEFAULT_SIZE.bar)))}}}`;

/**
 * A transparent border of `<html>`, not a margin: with `border-box` a page that fills its window by percentages stays
 * whole inside it, and `position: relative` takes along what the page positions absolutely.
 */
function roomAt(edge: 'top' | 'bottom' | 'left' | 'right', depth: number): Drawing['room'] {
  return [
    [`border-${edge}`, `${px(depth)} solid transparent`],
    [`scroll-padding-${edge}`, px(depth)],
    ['box-sizing', 'border-box'],
    ['position', 'relative'],
    ['min-height', '100%'],
  ];
}
