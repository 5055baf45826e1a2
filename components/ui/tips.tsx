/** One tooltip for the whole page: of whatever says one in `data-tip`, under the pointer or with the keyboard on it. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { placeTip } from './place.ts';

/** A pointer that only passes asks for nothing. */
const WAIT_MS = 400;

export function Tips() {
  const on = useSignal<HTMLElement | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => watch((element) => (on.value = element)), []);
  const element = on.value;
  useLayoutEffect(() => {
    if (!element || !box.current) return;
    box.current.showPopover();
    placeTip(box.current, element);
  }, [element]);
  return element?.isConnected ? (
    <div ref={box} key={element.dataset['tip']} class="tooltip" popover="manual" aria-hidden="true">
      {element.dataset['tip']}
    </div>
  ) : null;
}

/** Whether the name of an element is to be read on it: then a tooltip would only say it again. */
const isWritten = (element: HTMLElement): boolean => {
  const label = element.querySelector<HTMLElement>('.label');
  return label !== null && label.clientWidth > 1 && label.scrollWidth <= label.clientWidth;
};

/** Calls back with what the pointer or the keyboard rests on, or null. Returns how to stop. */
function watch(show: (element: HTMLElement | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let on: HTMLElement | null = null;
  /** Was pressed, and knows its use: quiet until the pointer has been elsewhere. */
  let pressed: Element | null = null;
  const hide = () => {
    clearTimeout(timer);
    on = null;
    show(null);
  };
  const tipped = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null);
  const rest = (target: EventTarget | null, wait: number) => {
    const element = tipped(target);
    if (element === on) return;
    hide();
    if (!element?.dataset['tip'] || (element.dataset['tipWhen'] === 'hidden' && isWritten(element))) return;
    on = element;
    timer = setTimeout(() => show(element), wait);
  };
  const ending = new AbortController();
  const listen = <K extends keyof DocumentEventMap>(type: K, listener: (event: DocumentEventMap[K]) => unknown) =>
    document.addEventListener(type, listener, { signal: ending.signal, capture: true });
  listen('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch' || (pressed !== null && tipped(target) === pressed)) return;
    pressed = null;
    rest(target, WAIT_MS);
  });
  listen('pointerdown', ({ target }) => {
    hide();
    pressed = tipped(target);
    // A press on what cannot be used says why at once.
    if (target instanceof Element && target.closest('[data-tip][aria-disabled="true"], [data-tip]:has([aria-disabled="true"])')) rest(target, 0);
  });
  listen('focusin', ({ target }) => {
    // What was under the pointer is not what the keyboard is on now.
    if (tipped(target) !== on) hide();
    if (target instanceof Element && target.matches(':focus-visible') && tipped(target) !== pressed) rest(target, 0);
  });
  listen('focusout', hide);
  listen('scroll', hide);
  listen('keydown', ({ key }) => key === 'Escape' && hide());
  return () => {
    clearTimeout(timer);
    ending.abort();
  };
}
