/** The keyboard in a panel. */
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Hears the keys pressed within an element: a group that itself is nothing to press. */
export function useKeys(ref: { readonly current: HTMLElement | null }, onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useLayoutEffect(() => {
    const element = ref.current!;
    const listener = (event: KeyboardEvent) => latest.current(event);
    element.addEventListener('keydown', listener);
    return () => element.removeEventListener('keydown', listener);
  }, []);
}

/** Where the keyboard goes when a row is deleted under it, or a step is left. */
export const HOMES = ['.over [data-autofocus]', '.over h3', '.line-open[tabindex="0"]', 'input[type=search]', '[data-close]'];
