/** Markup for every text there is: where each of them went, which of them a document draws as text, and what became of any that is no text. */
import type { TestFrame, TestPage } from './browser.ts';

const RUNS = '<img src=x onerror=document.body.dataset.broken=1>';
const BOLD = '<b>bold</b>';

export interface Markup {
  /** A text of its own for this place, as much markup as `most` characters hold. */
  of(place: string, most?: number): string;
  /** The places whose text stands in what is read. */
  placesIn(read: string): ReadonlySet<string>;
}

export function createMarkup(): Markup {
  const places: string[] = [];
  return {
    of(place, most = 120) {
      const short = `${BOLD} ${places.push(place)}.`;
      const long = RUNS + short;
      const text = long.length <= most ? long : short;
      if (text.length > most) throw new Error(`${place} has no room for markup`);
      return text;
    },
    placesIn: (read) => new Set([...read.matchAll(/<b>bold<\/b>\s(\d+)\./g)].map(([, nth]) => places[Number(nth) - 1]!)),
  };
}

/**
 * What the document draws as text in all that the selector names: in shadow roots and in frames that are its own too, what
 * stands in fields, and what a list of choices offers.
 */
export const textOf = (frame: TestFrame, selector = 'body'): Promise<string> =>
  frame.evaluate((within) => {
    const beneath = (each: Element): Element[] => [...(each.shadowRoot?.children ?? []), ...((each as HTMLIFrameElement).contentDocument?.body.children ?? [])];
    const written = (each: Element): string[] => (each.localName === 'select' ? [...(each as HTMLSelectElement).options].map(({ text }) => text) : [(each as HTMLInputElement).value].filter((value) => typeof value === 'string'));
    const read = (each: Element): string[] => (each.checkVisibility() ? [...written(each), ...beneath(each).flatMap(whole)] : []);
    const whole = (each: Element): string[] => [(each as HTMLElement).innerText ?? '', ...[each, ...each.querySelectorAll('*')].flatMap(read)];
    return [...document.querySelectorAll(within)].flatMap(whole).join('\n');
  }, selector);

/** From now on the document remembers what its policy kept from running. */
export const watch = (frame: TestFrame): Promise<void> =>
  frame.evaluate(() => {
    const kept = globalThis as unknown as { refused?: string[] };
    if (kept.refused) return;
    const refused: string[] = (kept.refused = []);
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => refused.push(`${effectiveDirective} ${blockedURI} ${sample}`));
  });

/** Everything that any document of a page made of the markup instead of drawing it: elements, what they ran, what was kept from running. */
export async function harmIn(page: TestPage): Promise<readonly string[]> {
  const all = await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() => {
        const within = (root: ParentNode): Element[] =>
          [...root.querySelectorAll('*')].flatMap((each) => [each, ...[each.shadowRoot, (each as HTMLIFrameElement).contentDocument].flatMap((own) => (own ? within(own) : []))]);
        const made = within(document).filter((each) => each.matches('img[src="x"], [data-broken]') || (each.localName === 'b' && each.textContent === 'bold'));
        const { refused = [] } = globalThis as unknown as { refused?: string[] };
        return [...made.map((each) => each.outerHTML.slice(0, 120)), ...refused].map((what) => `${location.pathname}: ${what}`);
      }),
    ),
  );
  return all.flat();
}
