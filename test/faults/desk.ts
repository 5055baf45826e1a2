/** Somebody at a real browser with the extension in it: the pages they have open, and what they press. One thing after the other, as a person does. */
import { type TestBrowser, type TestFrame, type TestPage, until } from '../e2e/browser.ts';

/** What became of a press, as the banner said it: `left` where its page was left before that, `closed` where the profile took its panel, `unsaid` where its form went and nothing was said. */
export type Outcome = 'done' | 'refused' | 'left' | 'closed' | 'unsaid';

export interface Pressed {
  readonly title: string;
  readonly outcome: Outcome;
}

export interface Desk {
  pages(): readonly TestPage[];
  /** Another page, and the oldest closed where there are too many, with `then` as it begins to load; resolves once its banner is drawn. */
  open(then: () => Promise<void>): Promise<void>;
  /** The same. @param waits for what is still to be said of a press on it */
  reload(page: number, waits: boolean, then: () => Promise<void>): Promise<void>;
  /** Makes a case by the panel's form, and calls `then` at the press. False where it cannot be pressed: no profile, no link. */
  makeCase(title: string, then: () => Promise<unknown>): Promise<boolean>;
  /** Resolves once of each press it was said what became of it, or cannot be any more. */
  pressed(): Promise<readonly Pressed[]>;
}

/** Longer than all tries of a call together: by then it must have been said. */
const SAID_MS = 60_000;
/** So long for what a panel shows by itself: under faults that may be nothing, and there is no press. */
const SHOWN_MS = 3000;

interface Waiting {
  readonly page: TestPage;
  over: boolean;
  readonly said: Promise<Pressed>;
}

export async function sitAt(browser: TestBrowser, address: string, most: number): Promise<Desk> {
  const pages: TestPage[] = [];
  const waiting: Waiting[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act);
    last = turn.catch(() => {});
    return turn;
  };
  const leave = async (page: TestPage, waits: boolean) => {
    for (const each of waiting.filter((one) => one.page === page && !one.over)) {
      if (waits) await each.said;
      each.over = true;
    }
  };
  const reload = async (page: TestPage, waits: boolean, then = nothing) => {
    await leave(page, waits);
    // There is no banner on a page before it is looked at.
    await page.bringToFront();
    await Promise.all([page.reload(), then()]);
    await drawnOn(page);
  };
  const open = async (then = nothing) => {
    if (pages.length === most) {
      const oldest = pages.shift()!;
      await leave(oldest, true);
      await oldest.close();
    }
    const [page] = await Promise.all([browser.openPage(address), then()]);
    pages.push(page);
    await drawnOn(page);
  };
  const makeCase = async (title: string, then: () => Promise<unknown>) => {
    const page = pages.at(-1)!;
    await leave(page, true);
    await page.bringToFront();
    // What could not be made before is given up.
    if (await (await page.banner()).evaluate(() => document.querySelector('.form-view') !== null)) await reload(page, true);
    const banner = await page.banner();
    if (!(await fillForm(banner, title).catch(() => false)) || !(await banner.clickNow('.form-view [data-do][aria-disabled="false"]'))) return false;
    const one: Waiting = { page, over: false, said: outcomeOf(banner, () => one.over).then((outcome) => ({ title, outcome })) };
    // Who fails is told where all are waited for.
    one.said.catch(() => {});
    waiting.push(one);
    await then();
    return true;
  };
  await open();
  return {
    pages: () => pages,
    open: (then) => inTurn(() => open(then)),
    reload: (at, waits, then) => inTurn(() => reload(pages[at % pages.length]!, waits, then)),
    makeCase: (title, then) => inTurn(() => makeCase(title, then)),
    pressed: () => inTurn(() => Promise.all(waiting.map(({ said }) => said))),
  };
}

const nothing = async (): Promise<void> => {};

/** In front: there is no banner on a page before it is looked at, and to suspend the background may take another there. */
async function drawnOn(page: TestPage): Promise<void> {
  await page.bringToFront();
  await page.banner();
}

/** As far as it can be filled in now. */
async function fillForm(banner: TestFrame, title: string): Promise<boolean> {
  const there = (selector: string) => until(selector, () => banner.evaluate((wanted) => document.querySelector(wanted) !== null, selector), SHOWN_MS);
  const opened = await banner.evaluate(() => {
    if (document.querySelector('[data-module="mod.cases"]')) return true;
    const button = document.querySelector<HTMLElement>('[data-control="mod.cases"]');
    button?.click();
    return button !== null;
  });
  if (!opened) return false;
  await there('[data-module="mod.cases"] [data-control="case.create"][aria-disabled="false"]');
  await until('the form', async () => (await banner.clickNow('[data-control="case.create"]')) && there('.form-view input'), SHOWN_MS);
  await until('the field', () => banner.clickNow('.form-view input'), SHOWN_MS);
  await banner.write(title);
  return banner.evaluate((typed) => document.querySelector<HTMLInputElement>('.form-view input')?.value === typed, title);
}

/** @param over nobody can read it any more */
function outcomeOf(banner: TestFrame, over: () => boolean): Promise<Outcome> {
  const look = () =>
    banner.evaluate((): Outcome | null => {
      const form = document.querySelector('.form-view');
      if (!form) return document.querySelector('[data-said="done"]') ? 'done' : document.querySelector('[data-control="mod.cases"]') ? 'unsaid' : 'closed';
      const busy = form.querySelector('[data-do]')?.ariaBusy === 'true';
      const said = form.querySelector('[role="alert"]')?.textContent || form.querySelector('[aria-invalid="true"]');
      return !busy && said ? 'refused' : null;
    });
  return until('what became of a press to be said', () => (over() ? 'left' : look()), SAID_MS);
}
