/** A centre of more people than one page of the list has: what the Maker shows of them, and says while they come. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPage } from './browser.ts';
import { type EndToEndHub, listAs, startHub } from './hub.ts';
import { accountOf, goTo, openMaker } from './maker-page.ts';
import { describeInBrowsers } from './run.ts';

/** Two pages of the most there is, and one more: after the first small one. */
const MORE = 2300;

let hub: EndToEndHub;
let everybody: readonly { readonly id: string; readonly name: string }[];
beforeAll(async () => {
  hub = await startHub();
  const lines = Array.from({ length: MORE }, (_, at) => ({ name: `Zelda Number ${String(at).padStart(4, '0')}`, email: `zelda-${at}@harbour.example` }));
  await hub.call('maya', 'POST', '/api/people/import', { people: lines }, { 'idempotency-key': crypto.randomUUID() });
  everybody = await listAs(hub.call, 'people');
});
afterAll(() => hub?.stop());

const COUNTS = '.records-head .counts';
const TABLE = '.records-list .data-table';
/** Whatever the page says of how many there are, from now on. */
const watchCounts = (page: TestPage) =>
  page.evaluate((counts) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => {
      const text = document.querySelector(counts)?.textContent ?? '';
      // What may be chosen while it is said.
      const all = document.querySelector('.records-list .data-table .head input')?.getAttribute('aria-disabled') ?? 'false';
      if (text !== '' && !said.includes(`${text} ${all}`)) said.push(`${text} ${all}`);
    }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  }, COUNTS);

describeInBrowsers('Lists of thousands in the Maker', (browser) => {
  test('people are there from the first page on, and are counted once all have come', async () => {
    const page = await openMaker(browser(), hub.url, accountOf('maya'));
    await watchCounts(page);
    await goTo(page, '#/people');
    const whole = new RegExp(`^${everybody.length.toLocaleString('en')} people · \\d+ online$`);
    await page.waitFor('all people', ({ counts, end }) => (document.querySelector(counts)?.textContent ?? '').endsWith(end), { counts: COUNTS, end: 'online' });
    expect(await page.evaluate((counts) => document.querySelector(counts)!.textContent, COUNTS)).toMatch(whole);
    const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    expect(said[0]).toBe('100 people so far true');
    expect(said.at(-1)).toMatch(new RegExp(`${whole.source.slice(1, -1)} false$`));
    // All that came before said that it was not all, and let nobody choose all.
    expect(said.slice(0, -1).filter((each) => !each.endsWith(' so far true'))).toEqual([]);
    expect(await page.evaluate((table) => document.querySelector(table)!.getAttribute('aria-rowcount'), TABLE)).toBe(String(everybody.length + 1));
    // Icons come with the page, each with what it draws.
    expect(await page.evaluate(() => [...document.querySelectorAll('svg.icon')].map(({ childElementCount }) => childElementCount > 0))).not.toContain(false);
  });

  test('all of them are there at once another time, the last is found by a search, and all are chosen by one press', async () => {
    const page = await openMaker(browser(), hub.url, accountOf('maya'));
    await watchCounts(page);
    await goTo(page, '#/people');
    await page.waitFor('the people', (counts) => (document.querySelector(counts)?.textContent ?? '') !== '', COUNTS);
    await page.click('.records-bar input[type="search"]');
    await page.write(`number ${MORE - 1}`);
    await page.waitFor('one person', (table) => document.querySelector(table)?.getAttribute('aria-rowcount') === '2', TABLE);
    await page.press('Escape');
    await page.waitFor('all of them', ({ table, count }) => document.querySelector(table)?.getAttribute('aria-rowcount') === count, { table: TABLE, count: String(everybody.length + 1) });
    await page.click(`${TABLE} .head input`);
    const chosen = await page.waitFor('those chosen', () => document.querySelector('.bulk-bar strong')?.textContent);
    expect(chosen).toBe(`${everybody.length} chosen`);
    expect((await page.evaluate(() => (globalThis as unknown as { said: string[] }).said)).filter((each) => each.includes('so far'))).toEqual([]);
  });
});
