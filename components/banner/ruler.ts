import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { useParts } from './context.ts';

/** Widths of labels in the bar's own type, measured off the page: the bar never lays itself out to find what fits. */
function createRuler(element: Element): (text: string) => number {
  const { fontFamily, fontSize } = getComputedStyle(element);
  const context = document.createElement('canvas').getContext('2d')!;
  context.font = `550 ${fontSize} ${fontFamily}`;
  const widths = new Map<string, number>();
  return (text) => {
    const known = widths.get(text);
    if (known !== undefined) return known;
    const width = Math.ceil(context.measureText(text).width) + 1;
    widths.set(text, width);
    return width;
  };
}

export interface Fitting {
  /** CSS pixels along the bar: the height in a rail, else the width. */
  readonly room: ReadonlySignal<number>;
  /** Null until the element is in the page: what is drawn before that would be drawn anew in the same moment. */
  readonly ruler: ReadonlySignal<((text: string) => number) | null>;
}

/** How much room the element, which has neither padding nor border, has now and when its size changes, and how long a text is in it. */
export function useFitting(ref: { readonly current: HTMLElement | null }): Fitting {
  const { layout } = useParts();
  const room = useSignal(0);
  const ruler = useSignal<((text: string) => number) | null>(null);
  useLayoutEffect(() => {
    const element = ref.current!;
    const measure = () => {
      const { width, height } = element.getBoundingClientRect();
      room.value = layout.peek() === 'rail' ? height : width;
    };
    // At once, so that what fits is drawn in the same moment as what is around it.
    measure();
    ruler.value = createRuler(element);
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  return { room, ruler };
}
