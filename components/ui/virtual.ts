/** Draws of a long list only what is to be seen of it. */
import { useSignal } from '@preact/signals';
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, type VirtualItem } from '@tanstack/virtual-core';
import { useLayoutEffect, useState } from 'preact/hooks';

export interface Windowed {
  readonly items: readonly VirtualItem[];
  /** Of the whole list, in pixels. */
  readonly size: number;
  /** Brings one into sight. */
  show(index: number): void;
  /** How many are in sight. */
  readonly seen: number;
}

export interface WindowOptions {
  readonly count: number;
  /** In pixels, all the same. */
  readonly rowHeight: number;
  readonly scroller: { readonly current: HTMLElement | null };
  /** What stands over the list inside of the scroller, in pixels: a head that stays. */
  readonly above?: number;
}

export function useWindow({ count, rowHeight, scroller, above = 0 }: WindowOptions): Windowed {
  const drawn = useSignal(0);
  // Read, so that a scroll draws again.
  void drawn.value;
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    overscan: 4,
    scrollPaddingStart: above,
    // Before it is measured: about a window of them.
    initialRect: { width: 800, height: 700 },
    onChange: () => {
      drawn.value += 1;
    },
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer['_didMount'](), []);
  useLayoutEffect(() => virtualizer['_willUpdate']());
  // What was measured at another height is forgotten.
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);
  return {
    items: virtualizer.getVirtualItems(),
    size: virtualizer.getTotalSize(),
    show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    seen: Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - above) / rowHeight)),
  };
}
