/** Evaluations on a grid, hub and browser: answered with the score following, changed, refused to who may not; and the grid itself, made in the Maker. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CriteriaSection } from '../../lib/catalogue/index.ts';
import { demoId } from '../../server/demo/identity.ts';
import type { PersonKey } from '../../server/demo/people.ts';
import type { TestFrame, TestPage } from './browser.ts';
import { choose, fill, press, says } from './by-name.ts';
import { type EndToEndHub, startHub } from './hub.ts';
import { accountOf, goTo, openMaker } from './maker-page.ts';
import { signIn, signOut, stateOf, useHub } from './person.ts';
import { describeInBrowsers } from './run.ts';

const CRM = '/demo/customers/20418';

let hub: EndToEndHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const gridCalled = async (name: string) => {
  const { resources } = await hub.call<{ resources: { id: string; name: string; attributes: { sections: CriteriaSection[] } }[] }>('maya', 'GET', '/api/resources/evaluationGrid');
  return resources.find((each) => each.name === name);
};

describeInBrowsers('An evaluation on a grid', (browser) => {
  let page: TestPage;
  let banner: TestFrame;

  const live = () => banner.waitFor('the link to be live', () => document.querySelector<HTMLElement>('[data-control="core.connection"]')?.dataset['state'] === 'live');
  const there = (selector: string) => banner.waitFor(selector, (wanted) => document.querySelector(wanted) !== null, selector);
  const gone = (selector: string) => banner.waitFor(`no ${selector}`, (what) => document.querySelector(what) === null, selector);
  const textOf = (selector: string) => banner.evaluate((what) => document.querySelector(what)?.textContent ?? '', selector);
  async function bannerOf(person: PersonKey): Promise<void> {
    page = await browser().openPage(hub.url + CRM);
    banner = await page.banner();
    const state = await stateOf(browser());
    if (state?.phase !== 'open') await signIn(browser(), hub.url, banner, person);
    await live();
  }
  async function open(module: string): Promise<void> {
    await there(`[data-control="${module}"]`);
    await banner.evaluate((id) => document.querySelector<HTMLElement>(`[data-control="${id}"]`)!.click(), module);
    await there(`[data-module="${module}"]`);
    await gone('.skeleton');
  }
  const answer = (criterion: string, value: string) => banner.evaluate(({ criterion, value }) => document.querySelector<HTMLElement>(`[data-criterion="${criterion}"] input[value="${value}"]`)!.click(), { criterion, value });
  const score = (expected: string) => banner.waitFor(`a score of ${expected}`, (wanted) => document.querySelector<HTMLElement>('.live-score')?.dataset['score'] === wanted, expected);
  /** Rows of one browser are none of the other's. */
  const note = () => `Heard on Monday, ${browser().kind}`;

  beforeAll(() => useHub(browser(), hub.url));

  test('has a score that follows each answer, is kept with it, and changed', async () => {
    await bannerOf('karin');
    await open('mod.evaluations');
    await banner.click('[data-control="eval.add"]');
    await there('.form-view');
    await choose(banner, 'Advisor', 'Amira Haddad');
    await choose(banner, 'Evaluation grid', 'Written answer');
    await there('[data-criterion="answer"]');
    expect(await textOf('.live-score strong')).toBe('No score yet');
    // All but one: it says which, and nothing is sent.
    await answer('answer', '5');
    await score('100');
    await answer('right', '3');
    await answer('data', '1');
    await answer('plain', '4');
    await answer('spelling', '3');
    await banner.click('[data-do]');
    await there('[data-criterion="language"][data-wrong="true"]');
    await answer('language', 'none');
    // 30, 15 of 25, 15, 12 of 15 and 10 of 95.
    await score('86');
    await answer('data', '0');
    await score('71');
    expect(await textOf('.live-score small')).toBe('Not passed: critical');
    await answer('data', '1');
    await banner.click('[data-criterion="plain"] .add-comment');
    await banner.type('[data-criterion="plain"] textarea', 'Two sentences too long.');
    await banner.type('.form-view > .form-field textarea', note());
    await banner.click('[data-do]');
    await there('[data-said="done"]');
    await banner.click('.line-open');
    await there('.evaluation');
    await banner.waitFor('what was said', (wanted) => document.querySelector('[data-column="note"] p')?.textContent === wanted, note());
    expect(await textOf('.outcome strong')).toBe('Score 86: Passed');
    expect(await textOf('[data-criterion="plain"]')).toContain('Two sentences too long.');
    expect(await textOf('[data-criterion="language"] strong')).toBe('Does not apply');

    await banner.click('.deeds [data-control="eval.edit"]');
    await there('.form-view [data-criterion="right"]');
    await score('86');
    await answer('right', '0');
    await score('71');
    await banner.click('[data-do]');
    await gone('.form-view');
    await banner.waitFor('the new score', () => document.querySelector('.outcome strong')?.textContent === 'Score 71: Passed');
  });

  test('of a recorded call begins at the recording', async () => {
    await bannerOf('karin');
    await open('mod.recordings');
    await banner.click('.line-open');
    await there('.deeds [data-control="eval.add"]');
    await banner.click('.deeds [data-control="eval.add"]');
    await there('.form-view .player');
    expect(await banner.evaluate(() => document.querySelectorAll('.form-view select').length)).toBe(1);
    await choose(banner, 'Evaluation grid', 'Claim call');
    await there('.criterion');
    await banner.evaluate(() => {
      for (const points of document.querySelectorAll('.criterion')) points.querySelector<HTMLElement>('input[value="1"]')!.click();
    });
    await banner.type('.form-view > .form-field textarea', `Recorded: ${note()}`);
    await banner.click('[data-do]');
    await there('[data-said="done"]');
    await open('mod.evaluations');
    await banner.click('.line-open');
    await banner.waitFor('the interaction it is of', (wanted) => document.querySelector('[data-column="note"] p')?.textContent === wanted && document.querySelector('[data-column="heldAt"]') !== null, `Recorded: ${note()}`);
    await signOut(banner);
  });

  test('is not for somebody without the right', async () => {
    await bannerOf('amira');
    expect(await banner.evaluate(() => document.querySelectorAll('[data-control="mod.evaluations"], [data-control="eval.add"]').length)).toBe(0);
    const grid = demoId('evaluationGrid', 'writing');
    const refused = await hub.call('amira', 'POST', '/api/commands/eval.add', { values: { owner: demoId('person', 'ben'), resourceId: grid, answers: {} } }).catch((error: unknown) => String(error));
    expect(String(refused)).toContain('control.refused');
    await signOut(banner);
  });

  test('is made on what the Maker says is asked', async () => {
    const maker = await openMaker(browser(), hub.url, accountOf('maya'));
    await goTo(maker, '#/resources/evaluationGrid/new');
    const name = `Short call, ${browser().kind}`;
    await fill(maker, { name: 'Name', within: '.record-panel' }, name);
    await press(maker, 'Add a section');
    await fill(maker, 'Section', 'Opening');
    await fill(maker, 'Criterion', 'Greeting');
    await press(maker, 'Add a criterion');
    await maker.waitFor('the second criterion', () => document.querySelectorAll('.grid-criterion').length === 2);
    // What is new has the keyboard.
    await maker.waitFor('the keyboard in its name', () => document.activeElement!.matches('.grid-criterion:last-child [data-part="name"] input'));
    await press(maker, 'Create');
    await says(maker, 'It needs a name.');
    await maker.evaluate(() => document.querySelector<HTMLInputElement>('.grid-criterion:last-child [data-part="name"] input')!.focus());
    await maker.type('.grid-criterion:last-child [data-part="name"] input', 'Identity');
    const order = () => maker.evaluate(() => [...document.querySelectorAll('.grid-criterion strong')].map(({ textContent }) => textContent));
    await maker.evaluate(() => document.querySelector<HTMLElement>('.grid-criterion:last-child [data-part="open"]')!.focus());
    await maker.press('Alt+ArrowUp');
    await maker.waitFor('another order', () => document.querySelector('.grid-criterion strong')?.textContent === 'Identity');
    expect(await order()).toEqual(['Identity', 'Greeting']);
    expect(await maker.evaluate(() => (document.activeElement as HTMLElement).matches('.grid-criterion:first-child [data-part="open"]'))).toBe(true);
    await press(maker, 'Remove: Greeting');
    await press(maker, 'Undo');
    await maker.waitFor('what was removed', () => document.querySelectorAll('.grid-criterion').length === 2);
    await press(maker, 'Create');
    await says(maker, `Made: ${name}`);
    const kept = await gridCalled(name);
    expect(kept!.attributes.sections).toMatchObject([{ name: 'Opening', criteria: [{ name: 'Identity', max: 5, weight: 10 }, { name: 'Greeting' }] }]);
  });
});
