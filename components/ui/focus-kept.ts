import { useLayoutEffect } from 'preact/hooks';
import { isKeyboardLost } from './keyboard.ts';

/** Keeps the keyboard within an element when what it was on is gone. @param homes where it goes, the first that is there */
export function useFocusKept(ref: { readonly current: HTMLElement | null }, homes: readonly string[], how?: FocusOptions): void {
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
      if (!had || !isKeyboardLost()) return;
      homes.map((home) => root.querySelector<HTMLElement>(home)).find(Boolean)?.focus(how);
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

/** Gives it the keyboard, once what had it is gone from the page. */
export function focusWhereLost(selector: string): void {
  requestAnimationFrame(() => isKeyboardLost() && document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true }));
}
