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

/** Where the keyboard goes when what it was on is gone, the first that is there. */
const HOMES = ['.over [data-autofocus]', '.over h3', '.line-open[tabindex="0"]', 'input[type=search]', '[data-close]'];

/** Keeps the keyboard in the panel when a row is deleted under it, or a step is left. */
export function useFocusKept(ref: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const root = ref.current!;
    let had = root.contains(document.activeElement);
    const onIn = () => (had = true);
    // A browser may say that focus left just before it removes the element: only one still there was left.
    const onOut = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        if ((target as Element).isConnected && !(target as Element).closest('[inert]')) had = root.contains(document.activeElement);
      });
    const changes = new MutationObserver(() => {
      if (!had || document.activeElement !== document.body || !document.hasFocus()) return;
      HOMES.map((home) => root.querySelector<HTMLElement>(home)).find(Boolean)?.focus();
    });
    root.addEventListener('focusin', onIn);
    root.addEventListener('focusout', onOut);
    changes.observe(root, { childList: true, subtree: true, attributeFilter: ['inert'] });
    return () => {
      changes.disconnect();
      root.removeEventListener('focusin', onIn);
      root.removeEventListener('focusout', onOut);
    };
  }, []);
}
