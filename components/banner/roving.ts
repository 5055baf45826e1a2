/** The keyboard in the toolbar: one tab stop for each group, arrow keys, Home and End through all of it. */
import { isKeyboardLost } from '../ui/keyboard.ts';

const ITEM = '[data-item]';
const itemsIn = (root: Element): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(ITEM)];

/** Gives each group its one tab stop: the item that had the keyboard last, else the first. Writes only what is another. */
export function setTabStops(toolbar: HTMLElement): void {
  const focused = document.activeElement;
  for (const group of toolbar.querySelectorAll('[role="group"]')) {
    const items = itemsIn(group);
    const stop = items.find((item) => item === focused) ?? items.find((item) => item.tabIndex === 0 && 'met' in item.dataset) ?? items[0];
    for (const item of items) setTabStop(item, item === stop);
  }
}

function setTabStop(item: HTMLElement, is: boolean): void {
  const index = is ? '0' : '-1';
  if (item.getAttribute('tabindex') !== index) item.setAttribute('tabindex', index);
  if (item.hasAttribute('data-met') !== is) item.toggleAttribute('data-met', is);
}

export function moveInToolbar(event: KeyboardEvent, toolbar: HTMLElement): void {
  const items = itemsIn(toolbar);
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const vertical = toolbar.getAttribute('aria-orientation') === 'vertical';
  const mirrored = !vertical && getComputedStyle(toolbar).direction === 'rtl';
  const [back, forth] = vertical ? ['ArrowUp', 'ArrowDown'] : mirrored ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
  const to =
    event.key === forth
      ? items[(at + 1) % items.length]
      : event.key === back
        ? items.at(at - 1)
        : event.key === 'Home'
          ? items[0]
          : event.key === 'End'
            ? items.at(-1)
            : undefined;
  if (!to) return;
  event.preventDefault();
  to.focus();
  setTabStops(toolbar);
}

/**
 * Keeps the keyboard where it was when the item that had it went: on its group's tab stop, or the toolbar's first.
 * Returns what to call after each change of the bar.
 */
export function createFocusKeeper(toolbar: HTMLElement): () => void {
  let group: string | null = null;
  toolbar.addEventListener('focusin', ({ target }) => {
    group = (target as Element).closest<HTMLElement>('[role="group"]')?.dataset.group ?? null;
  });
  toolbar.addEventListener('focusout', ({ target }) => {
    // A browser may say that focus left just before it removes the element: only one still there was left.
    queueMicrotask(() => {
      if ((target as Element).isConnected && document.activeElement !== target) group = toolbar.contains(document.activeElement) ? group : null;
    });
  });
  return () => {
    setTabStops(toolbar);
    if (group === null || !isKeyboardLost()) return;
    const items = itemsIn(toolbar.querySelector(`[data-group="${group}"]`) ?? toolbar);
    (items.find((item) => item.tabIndex === 0) ?? itemsIn(toolbar)[0])?.focus();
  };
}
