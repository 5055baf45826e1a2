/**
 * Dragging a frame from inside it. The pointer stays captured by the banner page, so the page below never sees it; the
 * wanted corner goes out as messages, one at a time, and the pointer is read again only when the frame has moved:
 * positions are relative to the frame, which makes this right at any zoom.
 */
import type { BannerMessage, Measure } from './messages.ts';

/** How far the pointer moves before it is a drag and not a click, in CSS pixels. */
const SLACK = 4;

type Send = (message: BannerMessage) => Promise<Measure | null>;
interface Point {
  readonly x: number;
  readonly y: number;
}

export function createDrag(send: Send): { start(event: PointerEvent): void } {
  return {
    start(event) {
      if (event.button !== 0 || !(event.target instanceof Element)) return;
      const handle = event.target;
      handle.setPointerCapture(event.pointerId);
      const drag = follow(send, { x: event.clientX, y: event.clientY });
      const stop = new AbortController();
      const on = (type: string, listener: (event: PointerEvent) => void) =>
        handle.addEventListener(type, listener as EventListener, { signal: stop.signal });
      on('pointermove', (moved) => drag.to({ x: moved.clientX, y: moved.clientY }));
      for (const end of ['pointerup', 'pointercancel']) {
        on(end, () => {
          stop.abort();
          drag.drop();
        });
      }
    },
  };
}

function follow(send: Send, grabbed: Point) {
  let grab = grabbed;
  let box: Measure | null = null;
  let wanted: Point | null = null;
  /** On the page: not the frame's corner plus the grip, since the frame stops at the window's edge. */
  let pointer = grabbed;
  let over = false;
  let running = false;

  const run = async () => {
    running = true;
    while (wanted !== null) {
      const to: Point = wanted;
      wanted = null;
      const began: boolean = box !== null;
      if (!began && Math.hypot(to.x - grab.x, to.y - grab.y) < SLACK) break;
      box ??= await send({ to: 'frames', type: 'measure' });
      if (box === null) break;
      pointer = { x: box[0] + to.x, y: box[1] + to.y };
      const moved: Measure | null = await send({ to: 'frames', type: 'drag', x: box[0] + to.x - grab.x, y: box[1] + to.y - grab.y });
      if (moved === null) break;
      box = moved;
      // Undocked, the frame is narrower: the pointer must stay over it.
      if (!began) grab = { x: Math.min(grab.x, box[2] / 2), y: Math.min(grab.y, box[3] / 2) };
      await settled();
    }
    running = false;
    if (over && box !== null) await drop(box);
  };

  const drop = (at: Measure) => send({ to: 'frames', type: 'drop', x: at[0], y: at[1], pointer });

  return {
    to(point: Point) {
      wanted = point;
      if (!running) void run();
    },
    drop() {
      over = true;
      if (!running && box !== null) void drop(box);
    },
  };
}

/** Two frames: one to lay the page out anew, one for pointer positions to follow it. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
