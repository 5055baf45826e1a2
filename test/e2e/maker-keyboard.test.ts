/** The Maker without a pointer: a profile is made, edited, published and rolled back by keys alone, and the focus is never lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPage } from './browser.ts';
import { says } from './by-name.ts';
import { type EndToEndHub, startHub } from './hub.ts';
import { accountOf, openMaker, saved } from './maker-page.ts';
import { describeInBrowsers } from './run.ts';

let hub: EndToEndHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

/** More than there are stops between any two places that are gone to here. */
const MOST_STOPS = 60;

describeInBrowsers('The Maker by the keyboard', (browser) => {
  let page: TestPage;

  test('makes a profile, edits it, publishes it twice and goes back to the first version', async () => {
    page = await openMaker(browser(), hub.url, accountOf('maya'));
    await page.waitFor('the list', () => document.querySelector('[data-action="create"]') !== null);
    const name = `By keys (${browser().kind})`;

    await tabTo('[data-action="create"]');
    await keys('Enter');
    await focusIn('the name of the new profile', 'dialog input');
    await page.write(name);
    await page.press('Enter');
    await focusIn('the heading of the profile', 'h1');
    await page.waitFor('the new profile', () => document.querySelector('[data-load="ready"]') !== null);
    expect(await page.evaluate(() => document.querySelector('h1')?.textContent)).toBe(name);

    await change('colleagues', 'users.colleagues');
    await publish('First version', 1);
    await change('history', 'history.access');
    await publish('With the history', 2);

    await tabTo('.tabs [data-tab="versions"]');
    await keys('Enter');
    await page.waitFor('both versions', () => document.querySelectorAll('[data-version]').length === 2);
    await focusIn('the tab of the versions', '[data-tab="versions"]');
    await tabTo('[data-version="1"] [data-action="roll-back"]');
    await keys('Enter');
    await focusIn('why to roll back', 'dialog :is(input, textarea)');
    await tabTo('[data-action="confirm-roll-back"]');
    await keys('Enter');
    await page.waitFor('version 3', () => document.querySelector('dialog[open]') === null && document.querySelector('[data-version="3"][data-current="true"]') !== null);
    await focusIn('where it was rolled back from', '[data-action="roll-back"]');

    const { versions } = await hub.call<{ versions: { version: number; rolledBackFrom: number | null; message: string }[] }>('maya', 'GET', `/api/profiles/${await profileId()}/versions`);
    expect(versions.map(({ version, rolledBackFrom, message }) => [version, rolledBackFrom, message])).toEqual([
      [3, 1, 'Back to version 1'],
      [2, null, 'With the history'],
      [1, null, 'First version'],
    ]);
  });

  test('leaves a draft by the keyboard: asked first, dropped, and back where one was', async () => {
    const { profileId: id } = await hub.call<{ profileId: string }>('maya', 'POST', '/api/profiles', { name: `Dropped (${browser().kind})` }, key());
    await hub.call('maya', 'POST', `/api/profiles/${id}/publish`, {}, key());
    page = await openMaker(browser(), hub.url, accountOf('maya'));
    await tabTo('[data-search]');
    await page.write(`Dropped (${browser().kind}`);
    await tabTo(`[role="grid"] [role="row"][tabindex="0"], [role="grid"] a[href*="${id}"]`);
    await keys('Enter');
    await focusIn('the heading of the profile', 'h1');
    await change('surveys', 'surveys.access');
    await tabTo('[data-action="close"]', 'Shift+Tab');
    await keys('Enter');
    await focusIn('what loses nothing', 'dialog [data-autofocus]');
    await tabTo('[data-action="drop"]');
    await keys('Enter');
    await page.waitFor('the draft to be gone', () => document.querySelector('dialog[open]') === null && document.querySelector('[data-editing="false"]') !== null);
    await focusIn('edit again', '[data-action="edit"]');
    const { summary } = await hub.call<{ summary: { hasDraft: boolean } }>('maya', 'GET', `/api/profiles/${id}`);
    expect(summary.hasDraft).toBe(false);
  });

  /** From wherever one is: into edit mode, to a setting by its search, and switches it on. */
  async function change(search: string, field: string): Promise<void> {
    await page.waitFor('what can be done', () => document.querySelector('[data-action="edit"]:not([aria-disabled])') !== null);
    await tabTo('[data-action="edit"]', await page.evaluate(() => (document.activeElement?.closest('.profile-content') ? 'Shift+Tab' : 'Tab')));
    await keys('Enter');
    await page.waitFor('edit mode', () => document.querySelector('[data-editing="true"]') !== null);
    await focusIn('the way out of edit mode', '[data-action="done"], [data-action="close"]');
    await keys('/');
    await focusIn('the search', '.profile-toolbar [data-search]');
    await page.write(search);
    await page.waitFor(`${field} to be found`, (wanted) => document.querySelector(`[data-field="${wanted}"]`) !== null, field);
    await tabTo(`[data-field="${field}"] [role="switch"]`);
    await keys(' ');
    await page.waitFor(`${field} to be on`, (wanted) => document.querySelector(`[data-field="${wanted}"] [role="switch"]`)?.getAttribute('aria-checked') === 'true', field);
    await focusIn('the switch', `[data-field="${field}"] [role="switch"]`);
    await saved(page);
    await tabTo('.profile-toolbar [data-search]', 'Shift+Tab');
    await keys('Escape');
    await focusIn('the search', '.profile-toolbar [data-search]');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('');
  }

  async function publish(why: string, version: number): Promise<void> {
    await tabTo('[data-action="publish"]', 'Shift+Tab');
    await keys('Enter');
    await focusIn('why', 'dialog textarea');
    await page.write(why);
    await tabTo('[data-action="confirm-publish"]');
    await keys('Enter');
    await says(page, new RegExp(`version ${version}`, 'i'));
    await focusIn('that it is published', 'dialog h2');
    await tabTo('dialog footer button');
    await keys('Enter');
    await page.waitFor('the dialog to close', () => document.querySelector('dialog[open]') === null);
    await focusIn('what can be done with the profile', '.publish-actions button');
  }

  /** Presses a key, and the focus is somewhere still, where one sees it. */
  async function keys(...pressed: readonly string[]): Promise<void> {
    for (const each of pressed) await page.press(each);
    await focusIn(`somewhere after ${pressed.join(', ')}`, '*');
  }

  async function tabTo(selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const passed: string[] = [];
    if ((await page.evaluate(focused, selector)).there) return;
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await page.press(key);
      const at = await page.evaluate(focused, selector);
      passed.push(at.is);
      expect(at.lost, `${key} to ${selector}: ${passed.join(' → ')}`).toBe(null);
      if (at.there) return;
    }
    throw new Error(`${selector} is not among the stops: ${passed.join(' → ')}`);
  }

  const focusIn = (what: string, selector: string): Promise<unknown> =>
    page.waitFor(`the focus on ${what}`, focusedThere, selector).catch(async (error: unknown) => {
      throw new Error(`${String(error)}; it is on ${JSON.stringify(await page.evaluate(focused, selector))}`);
    });

  const profileId = (): Promise<string> => page.evaluate(() => /#\/profiles\/([0-9a-f-]{36})/.exec(location.hash)![1]!);
});

const key = () => ({ 'idempotency-key': crypto.randomUUID() });

/** Runs in the document: what has the focus, whether that is what is meant, and what is wrong with it. */
function focused(selector: string): { is: string; there: boolean; lost: string | null } {
  const element = document.activeElement;
  const is = element ? `${element.localName} “${(element.getAttribute('aria-label') ?? (element.textContent || element.id)).trim().slice(0, 40)}”` : 'nothing';
  if (!element || element === document.body || element === document.documentElement) return { is, there: false, lost: 'nothing has the focus' };
  const near = [element, element.parentElement, element.parentElement?.parentElement].filter((each) => each != null);
  const outlined = near.some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
  });
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const inSight = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return { is, there: element.matches(selector), lost: !outlined ? 'no outline' : !inSight ? 'out of sight' : null };
}

function focusedThere(selector: string): boolean {
  const element = document.activeElement;
  return element !== null && element !== document.body && element.matches(selector);
}
