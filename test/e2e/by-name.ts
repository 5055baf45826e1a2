/** Finds what a person sees by the name a screen reader would say, and uses it with real clicks and keys. */
import { type TestFrame, until } from './browser.ts';

export interface Named {
  /** Of the visible element: its accessible name, whole; or a part of it with `part`. */
  readonly name: string;
  readonly part?: boolean;
  /** Selector of what it may be; buttons, links and fields where absent. */
  readonly among?: string;
  /** Only inside the visible element that this selector names. */
  readonly within?: string;
}
export type Name = string | Named;

const USABLE = 'button,a[href],input,select,textarea,summary,[role="button"],[role="menuitem"],[role="option"],[role="tab"],[role="switch"],[role="radio"],[role="checkbox"]';
const MARK = 'data-found-by-name';

const named = (wanted: Name): Named => (typeof wanted === 'string' ? { name: wanted } : wanted);

/** Runs in the document: marks the first visible element of that name, and answers whether there is one. */
function mark({ name, part, among, within, attribute }: Named & { among: string; attribute: string }): boolean {
  const visible = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
  const words = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const textOf = (ids: string) => words(ids.split(' ').map((id) => document.getElementById(id)?.textContent).join(' '));
  const names = (element: Element): string[] => {
    const labels = [...((element as HTMLInputElement).labels ?? [])].map((label) => words(label.textContent));
    const by = element.getAttribute('aria-labelledby');
    return [words(element.getAttribute('aria-label')), by ? textOf(by) : '', ...labels, words(element.textContent), words((element as HTMLElement).title)];
  };
  for (const before of document.querySelectorAll(`[${attribute}]`)) before.removeAttribute(attribute);
  const modal = [...document.querySelectorAll('dialog:modal')].at(-1);
  const root = modal ?? document;
  const scopes = within === undefined ? [root] : [...root.querySelectorAll(within), ...(modal?.matches(within) ? [modal] : [])];
  const all = scopes.flatMap((scope) => [...scope.querySelectorAll(among)]);
  // A checkbox drawn as something else has its label seen instead.
  const found = all.find((element) => names(element).some((each) => (part ? each.includes(name) : each === name)) && (visible(element) || [...((element as HTMLInputElement).labels ?? [])].some(visible)));
  found?.setAttribute(attribute, '');
  found?.scrollIntoView({ block: 'center', behavior: 'instant' });
  return found !== undefined;
}

/** Does it to the element of that name, and again where that element went before it was done. */
async function use(frame: TestFrame, wanted: Name, among: string, act: (selector: string) => Promise<boolean>): Promise<void> {
  const sought = { among, ...named(wanted) };
  await until(`“${sought.name}”`, async () => (await frame.evaluate(mark, { ...sought, attribute: MARK })) && act(`[${MARK}]`));
}

/** Clicks it, as a person does. */
export const press = (frame: TestFrame, wanted: Name): Promise<void> => use(frame, wanted, USABLE, (selector) => frame.clickNow(selector));

/** Empties the field and types. */
export async function fill(frame: TestFrame, wanted: Name, text: string): Promise<void> {
  await use(frame, wanted, 'input,textarea', async (selector) => (await frame.evaluate(empty, selector)) && frame.clickNow(selector));
  await frame.write(text);
}

/** By the keyboard alone it cannot be emptied alike everywhere: what is selected is let go by the click before typing. */
function empty(selector: string): boolean {
  const input = document.querySelector<HTMLInputElement>(selector);
  if (!input || input.value === '') return input !== null;
  input.value = '';
  input.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}

/** Chooses an option of a native list by what it says. */
export const choose = (frame: TestFrame, wanted: Name, option: string): Promise<void> =>
  use(frame, wanted, 'select', (selector) =>
    frame.evaluate(
      ({ selector, option }) => {
        const select = document.querySelector<HTMLSelectElement>(selector);
        if (!select) return false;
        const found = [...select.options].find(({ text }) => text.trim() === option);
        if (!found) throw new Error(`no option ${option} among ${[...select.options].map(({ text }) => text).join(', ')}`);
        select.value = found.value;
        select.dispatchEvent(new Event('input', { bubbles: true }));
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return true;
      },
      { selector, option },
    ),
  );

/** Whether there is something visible of that name now. */
export const has = (frame: TestFrame, wanted: Name): Promise<boolean> =>
  frame.evaluate(mark, { among: USABLE, ...named(wanted), attribute: MARK });

/** Waits until the page says it somewhere. */
export const says = (frame: TestFrame, text: string | RegExp): Promise<unknown> =>
  frame.waitFor(
    `the page to say ${text}`,
    ({ source, flags }) => new RegExp(source, flags).test(document.body.innerText),
    typeof text === 'string' ? { source: text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags: '' } : { source: text.source, flags: text.flags },
  );
