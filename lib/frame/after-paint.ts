/** A tab behind others paints nothing: then it is not waited for. Milliseconds. */
const LONGEST_MS = 300;

/** Does it once what is drawn now is on screen: what nobody waits for does not take the processor from what they do. */
export function afterPaint(act: () => void): void {
  let done = false;
  const once = () => {
    if (!done) act();
    done = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, LONGEST_MS);
}
