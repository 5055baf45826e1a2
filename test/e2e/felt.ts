/** Whether it was the element that felt a click: what is around it may move between looking and pressing, as a frame that is given more room. */

/** How long a click that the element did not feel may be on its way, in milliseconds. */
const ON_ITS_WAY = 1000;

export interface Felt {
  readonly target: Element;
  pressed: boolean;
  clicked: boolean;
  /** Something there was clicked, this or another. */
  over: boolean;
}

/** Runs in the page, before the click. */
export function watchClick(target: Element): Felt {
  const held: Felt = { target, pressed: false, clicked: false, over: false };
  const options = { capture: true, once: true };
  addEventListener('pointerdown', (event) => (held.pressed = event.composedPath().includes(target)), options);
  addEventListener('click', (event) => Object.assign(held, { clicked: event.composedPath().includes(target), over: true }), options);
  return held;
}

/** Runs in the page, after it. What is taken away as it is pressed feels no click. */
export const seenOf = ({ target, pressed, clicked, over }: Felt): { felt: boolean; over: boolean } => ({ felt: clicked || (pressed && !target.isConnected), over });

/** What became of a click: null where the element felt it, else why not, in words for whoever reads that a test failed. */
export type Missed = string | null;

/** @param look asks the page with `seenOf` */
export async function lands(look: () => Promise<{ felt: boolean; over: boolean }>): Promise<Missed> {
  for (const end = Date.now() + ON_ITS_WAY; ; ) {
    // Where the page has gone there is nobody to be asked: the click did that.
    const { felt, over } = await look().catch(() => ({ felt: true, over: true }));
    if (felt) return null;
    if (over) return 'something else there was clicked';
    if (Date.now() > end) return `nothing there was clicked within ${ON_ITS_WAY} ms`;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** For those that ask again until it is so. @throws Error saying why not */
export async function landed(click: () => Promise<Missed>): Promise<true> {
  const missed = await click();
  if (missed !== null) throw new Error(missed);
  return true;
}
