/** Keys and focus that belong to the page as a whole. */

const isTyping = (element: Element | null): boolean => element?.matches('input, textarea, select, [contenteditable="true"]') ?? false;

/** `/` puts the keyboard into the search of the dialog that is open, else of the page. Returns how to stop. */
export function watchKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(document.activeElement)) return;
    const open = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.querySelector('main');
    const search = [...(open?.querySelectorAll<HTMLElement>('[data-search]') ?? [])].find((each) => each.checkVisibility());
    if (!search) return;
    event.preventDefault();
    search.focus();
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

/** Which the page was last used with: a heading that is only read out shows where it is to the keyboard alone. */
export function watchModality(root: HTMLElement): () => void {
  const ending = new AbortController();
  const used = (by: 'keyboard' | 'pointer') => () => (root.dataset['by'] = by);
  document.addEventListener('keydown', used('keyboard'), { signal: ending.signal, capture: true });
  document.addEventListener('pointerdown', used('pointer'), { signal: ending.signal, capture: true });
  return () => ending.abort();
}

/** The heading may come with a page that is still being loaded: so long it is waited for. */
const WAIT_MS = 3000;

/** Puts the keyboard on the heading of the page, so that it is read and Tab goes on from there. Returns how to stop. */
export function focusHeading(main: HTMLElement): () => void {
  const focus = () => {
    const heading = main.querySelector('h1');
    if (!heading) return false;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    return true;
  };
  if (focus()) return () => {};
  const observer = new MutationObserver(() => focus() && observer.disconnect());
  observer.observe(main, { childList: true, subtree: true });
  const timer = setTimeout(() => observer.disconnect(), WAIT_MS);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
