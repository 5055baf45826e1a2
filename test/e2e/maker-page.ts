/** What an administrator does in the Maker, as a person: signs in, goes to a page, changes a field, publishes. */
import { DEMO_PASSWORD, people, type PersonKey } from '../../server/demo/people.ts';
import type { TestBrowser, TestPage } from './browser.ts';
import { fill, press } from './by-name.ts';
import { fillIn, useHub } from './person.ts';

export interface Account {
  readonly email: string;
  readonly password: string;
}
export const accountOf = (person: PersonKey): Account => ({ email: people[person].email, password: DEMO_PASSWORD });

/** Opens the Maker in a tab; signs in where nobody is. */
export async function openMaker(browser: TestBrowser, hub: string, account: Account): Promise<TestPage> {
  await useHub(browser, hub);
  const page = await browser.extensionPage('maker.html');
  const stands = await page.waitFor('the Maker or its way in', () =>
    document.querySelector('[data-action="signIn"]') ? 'out' : document.querySelector('aside.side') ? 'in' : null,
  );
  if (stands === 'out') {
    await page.click('[data-action="signIn"]');
    await fillIn(await browser.nextPage((url) => url.startsWith(`${hub}/oidc/`)), account.email, account.password);
    await page.waitFor('the Maker to open', () => document.querySelector('aside.side') !== null);
  }
  await page.bringToFront();
  return page;
}

/** To an address within the Maker: `#/profiles`. */
export const goTo = (page: TestPage, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

export async function openProfile(page: TestPage, profileId: string, tab = 'settings'): Promise<void> {
  await goTo(page, `#/profiles/${profileId}/${tab}`);
  await page.waitFor('the profile to be read', (wanted) => location.hash.includes(wanted) && document.querySelector('[data-load="ready"] [data-action="edit"], [data-load="ready"] [data-action="close"]') !== null, profileId);
}

export async function edit(page: TestPage): Promise<void> {
  await press(page, { name: 'Edit', among: '.publish-actions button' });
  await page.waitFor('edit mode', () => document.querySelector('[data-editing="true"]') !== null);
}

/** Presses the switch of a field, and waits until the hub has the draft. */
export async function toggle(page: TestPage, field: string): Promise<void> {
  const selector = `[data-field="${field}"] [role="switch"]`;
  const before = await page.waitFor(field, (wanted) => document.querySelector<HTMLInputElement>(wanted)?.getAttribute('aria-checked') ?? null, selector);
  await page.evaluate((wanted) => document.querySelector(wanted)!.scrollIntoView({ block: 'center', behavior: 'instant' }), selector);
  await page.click(selector);
  await page.waitFor(`${field} to change`, ({ selector, before }) => document.querySelector(selector)?.getAttribute('aria-checked') !== before, { selector, before });
  await saved(page);
}

export const saved = (page: TestPage): Promise<unknown> => page.waitFor('the draft to be saved', () => document.querySelector('.profile-page')?.getAttribute('data-save') === 'saved');

/** Save and apply, with a reason; leaves the dialog that shows the arrival open. */
export async function publish(page: TestPage, why: string): Promise<void> {
  await page.click('[data-action="publish"]');
  await fill(page, { name: 'Why', part: true }, why);
  await page.click('[data-action="confirm-publish"]');
}

export interface Downloaded {
  readonly name: string;
  readonly text: string;
}

/** From now on what the page gives as a file is kept for the test, and on no disk. */
export const keepDownloads = (page: TestPage): Promise<void> =>
  page.evaluate(() => {
    const given = new Map<string, Blob>();
    const kept: Promise<Downloaded>[] = [];
    const create = URL.createObjectURL;
    URL.createObjectURL = (what: Blob) => {
      const url = create(what);
      given.set(url, what);
      return url;
    };
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      const blob = given.get(this.href);
      if (!blob) return click.call(this);
      const name = this.download;
      kept.push(blob.text().then((text) => ({ name, text })));
      return undefined;
    };
    Object.assign(globalThis, { kept });
  });

/** What was given last, once it is. */
export const downloaded = (page: TestPage): Promise<Downloaded> =>
  page.waitFor('a file to be given', () => (globalThis as unknown as { kept: Promise<Downloaded>[] }).kept.pop() ?? null) as Promise<Downloaded>;

/** Drops a file on the field for files that is open. */
export async function giveFile(page: TestPage, name: string, text: string): Promise<void> {
  const selector = 'dialog input[type="file"]';
  await page.waitFor('the field for a file', (wanted) => document.querySelector(wanted) !== null, selector);
  await page.evaluate(
    ({ selector, name, text }) => {
      const input = document.querySelector<HTMLInputElement>(selector)!;
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      input.files = data.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    { selector, name, text },
  );
}
