/** Where what opens over the page stands. By measuring: not every browser it runs on has anchor positioning. */
const GAP = 4;
const EDGE = 8;

/** Below an element, or above where there is no room; its end at the element's end where it would leave the window. */
export function placeBelow(box: HTMLElement, anchor: Element): void {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const rightToLeft = getComputedStyle(box).direction === 'rtl';
  const wished = rightToLeft ? from.right - width : from.left;
  const fits = wished >= EDGE && wished + width <= innerWidth - EDGE;
  const left = fits ? wished : rightToLeft ? from.left : from.right - width;
  const below = from.bottom + GAP;
  const top = below + height <= innerHeight - EDGE ? below : Math.max(EDGE, from.top - GAP - height);
  box.style.left = `${Math.min(Math.max(EDGE, left), Math.max(EDGE, innerWidth - EDGE - width))}px`;
  box.style.top = `${top}px`;
}

/** Above an element in its middle, or below where there is no room. */
export function placeTip(box: HTMLElement, anchor: Element): void {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = from.left + from.width / 2 - width / 2;
  const above = from.top - GAP - height;
  box.style.left = `${Math.min(Math.max(EDGE, left), Math.max(EDGE, innerWidth - EDGE - width))}px`;
  box.style.top = `${above >= EDGE ? above : from.bottom + GAP}px`;
}
