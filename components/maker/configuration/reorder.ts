/** Rows drawn to another place by their grip. The same is done by keyboard with Alt and the arrows, and by buttons. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

export interface Drag {
  /** The index of the row drawn. */
  readonly from: number;
  /** The gap it would fall into: before the row of this index. */
  readonly to: number;
}

export interface ReorderOptions {
  readonly scroller: { readonly current: HTMLElement | null };
  readonly body: { readonly current: HTMLElement | null };
  readonly rowHeight: number;
  readonly count: number;
  readonly onDrop: (drag: Drag) => unknown;
}

/** Within so many pixels of an edge the list scrolls, so many pixels a frame. */
const EDGE = 36;
const SPEED = 8;

export function useReorder({ scroller, body, rowHeight, count, onDrop }: ReorderOptions) {
  const drag = useSignal<Drag | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const start = (event: PointerEvent, from: number) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget as HTMLElement;
    grip.setPointerCapture(event.pointerId);
    let y = event.clientY;
    const gap = () => {
      const top = body.current!.getBoundingClientRect().top;
      return Math.min(count, Math.max(0, Math.round((y - top) / rowHeight)));
    };
    const update = () => (drag.value = { from, to: gap() });
    const ending = new AbortController();
    const end = (dropped: boolean) => {
      ending.abort();
      stop.current = null;
      const done = drag.peek();
      drag.value = null;
      if (dropped && done && done.to !== done.from && done.to !== done.from + 1) onDrop(done);
    };
    const scroll = () => {
      const box = scroller.current;
      if (ending.signal.aborted || !box) return;
      const { top, bottom } = box.getBoundingClientRect();
      const by = y < top + EDGE ? -SPEED : y > bottom - EDGE ? SPEED : 0;
      if (by !== 0) {
        box.scrollBy({ top: by });
        update();
      }
      requestAnimationFrame(scroll);
    };
    const listen = { signal: ending.signal };
    grip.addEventListener('pointermove', (move) => {
      y = move.clientY;
      update();
    }, listen);
    grip.addEventListener('pointerup', () => end(true), listen);
    grip.addEventListener('pointercancel', () => end(false), listen);
    addEventListener('keydown', (key) => {
      if (key.key !== 'Escape') return;
      key.stopPropagation();
      end(false);
    }, { ...listen, capture: true });
    stop.current = () => end(false);
    requestAnimationFrame(scroll);
  };
  return { drag, start };
}
