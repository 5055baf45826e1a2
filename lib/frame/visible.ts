/**
 * Whether a person can really see an element: not covered, not faded, not moved off, in this frame and on every page
 * around it (IntersectionObserver v2). Irreversible commands ask this, so that a page that covers the banner cannot
 * have it clicked blindly.
 */

/** How long it must have been in sight before a click counts, in milliseconds: less than a person needs to aim. */
const SETTLED_MS = 300;

export interface Visibility {
  /** True where the browser cannot tell (Firefox): there the trusted event is all there is to ask for. */
  readonly reallyVisible: () => boolean;
  readonly stop: () => void;
}

/** Watch only while something irreversible is offered: tracking visibility costs the browser something each frame. */
export function watchVisibility(element: Element, now: () => number = () => performance.now()): Visibility {
  if (!('isVisible' in (globalThis.IntersectionObserverEntry?.prototype ?? {}))) {
    return { reallyVisible: () => true, stop: () => {} };
  }
  let since: number | null = null;
  const observer = new IntersectionObserver(
    (entries) => {
      const visible = (entries.at(-1) as IntersectionObserverEntry & { isVisible: boolean }).isVisible;
      since = visible ? (since ?? now()) : null;
    },
    // 100 ms is the shortest delay a browser takes with `trackVisibility`.
    { threshold: 1, trackVisibility: true, delay: 100 } as IntersectionObserverInit,
  );
  observer.observe(element);
  return {
    reallyVisible: () => since !== null && now() - since >= SETTLED_MS,
    stop: () => observer.disconnect(),
  };
}
