/** The panels of the modules, hub and browser: rows found, made, changed, deleted and had back; sounds heard; rights lost on the way. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { controls } from '../../lib/catalogue/index.ts';
import { FRESH_MS } from '../../lib/models/modules/fresh.ts';
import { panels } from '../../lib/modules/panels.ts';
import { people } from '../../server/demo/people.ts';
import type { TestFrame, TestPage } from './browser.ts';
import { type EndToEndHub, listAs, profileIdOf, startHub } from './hub.ts';
import { activeProfile, chooseProfile, signIn, signOut, stateOf, switched, useHub } from './person.ts';
import { describeInBrowsers } from './run.ts';
import { startTraffic, type TrafficProcess } from './traffic.ts';

const CRM = '/demo/customers/20418';
const PROFILE = 'Everything';
/** Longer than what cannot be undone must have been in sight before a press counts. */
const SEEN_MS = 600;

let hub: EndToEndHub;
let traffic: TrafficProcess;
beforeAll(async () => {
  hub = await startHub();
  traffic = await startTraffic(hub);
});
afterAll(async () => {
  await traffic?.stop();
  await hub?.stop();
});

describeInBrowsers('The panel of a module', (browser) => {
  let page: TestPage;
  let banner: TestFrame;

  beforeAll(() => useHub(browser(), hub.url));
  beforeEach(async () => {
    page = await browser().openPage(hub.url + CRM);
    banner = await page.banner();
    if ((await stateOf(browser()))?.phase !== 'open') await signIn(browser(), hub.url, banner, 'maya');
    await banner.waitFor('the link to be live', () => document.querySelector<HTMLElement>('[data-control="core.connection"]')?.dataset.state === 'live');
  });

  // One person has one session: the next browser is to have it.
  afterAll(async () => {
    page = await browser().openPage(hub.url + CRM);
    banner = await page.banner();
    await signOut(banner);
  });

  const count = (selector: string) => banner.evaluate((what) => document.querySelectorAll(what).length, selector);
  const there = (selector: string, least = 1) =>
    banner.waitFor(selector, (wanted) => document.querySelectorAll(wanted.selector).length >= wanted.least, { selector, least });
  const gone = (selector: string) => banner.waitFor(`no ${selector}`, (what) => document.querySelector(what) === null, selector);
  const said = (kind: string) => there(`[data-said="${kind}"]`);
  const focused = () => banner.evaluate(() => (document.activeElement as HTMLElement).className || document.activeElement!.tagName);
  async function open(module: string): Promise<void> {
    // In "More" it is there once that is loaded.
    await there(`[data-control="${module}"]`);
    await banner.evaluate((id) => document.querySelector<HTMLElement>(`[data-control="${id}"]`)!.click(), module);
    await there(`[data-module="${module}"]`);
    await gone('.skeleton');
  }
  const find = async (text: string) => {
    await banner.type('input[type=search]', text);
    await banner.waitFor(`only “${text}”`, (title) => {
      const all = [...document.querySelectorAll('.line strong')];
      return all.length > 0 && all.every(({ textContent }) => textContent === title);
    }, text);
  };

  test('opens for every module of the profile, with rows or with what would be there', async () => {
    expect(await activeProfile(browser())).toBe(PROFILE);
    await there('[role="menuitem"]');
    const shown = await banner.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-control^="mod."]')].map(({ dataset }) => dataset.control!));
    const known = panels.map(({ module }) => module as string).filter((id) => shown.includes(id));
    expect(known.length).toBeGreaterThan(15);
    for (const module of known) {
      await open(module);
      await there('.line, .blank h3, .tile');
      await banner.evaluate(() => document.querySelector<HTMLElement>('[data-surface] [data-close]')!.click());
      await gone('.module');
    }
  });

  test('makes a row, changes it, deletes it and has it back', async () => {
    const title = `Hail on the A6, ${browser().kind}`;
    await open('mod.cases');
    await banner.click('[data-control="case.create"]');
    await banner.click('[data-do]');
    await there('[aria-invalid="true"]');
    await banner.type('.form-view input', title);
    await banner.click('[data-do]');
    await said('done');
    await find(title);
    await banner.click('.line [data-control="case.edit"]');
    await banner.type('.form-view textarea', 'Photographs follow.');
    await banner.click('[data-do]');
    await gone('.form-view');
    await banner.click('.line-open');
    await there('.row-view [data-column="text"]');
    await new Promise((seen) => setTimeout(seen, SEEN_MS));
    await banner.click('.deeds [data-control="case.delete"]');
    await said('undoable');
    await gone('.line');
    await banner.click('[data-undo]');
    await said('undone');
    expect(await count('.line')).toBe(1);
  });

  test('is gone through by keyboard: search, rows, a row, and back step by step', async () => {
    await open('mod.cases');
    await there('.line', 3);
    await banner.waitFor('the keyboard in the search', () => document.activeElement?.matches('input[type=search]') === true);
    await page.press('ArrowDown');
    await page.press('ArrowDown');
    const second = await banner.evaluate(() => document.activeElement!.closest<HTMLElement>('[data-row]')!.dataset['row']!);
    await page.press('Enter');
    await there(`[data-opened="${second}"]`);
    await page.press('Escape');
    await gone('.over');
    await banner.waitFor('the keyboard on the row again', (id) => document.activeElement!.closest<HTMLElement>('[data-row]')?.dataset['row'] === id, second);
    expect(await focused()).toBe('line-open');
    await page.press('Escape');
    await gone('.module');
  });

  test('keeps what is typed when a publish takes the right, says so and sends nothing', async () => {
    await open('mod.cases');
    await banner.click('.line [data-control="case.edit"]');
    await banner.type('.form-view textarea', 'Not to be lost. ');
    const grant = (granted: boolean) => hub.publish(PROFILE, (document) => ({ ...document, settings: { ...document.settings, 'cases.edit': granted } }));
    await grant(false);
    await there('.form-view .said-line.bad');
    const state = await banner.evaluate(() => ({
      disabled: document.querySelector('[data-do]')!.getAttribute('aria-disabled'),
      typed: document.querySelector('textarea')!.value,
      others: document.querySelectorAll('.line [data-control="case.edit"]').length,
    }));
    expect(state).toMatchObject({ disabled: 'true', others: 0 });
    expect(state.typed).toContain('Not to be lost.');
    await grant(true);
    await gone('.form-view .said-line.bad');
  });

  test('shows at once what a colleague adds', async () => {
    // Not by being read again now and then: those timers never ring here.
    await banner.evaluate((wait) => {
      const page = window as unknown as { setTimeout: (run: () => void, after?: number) => unknown; held?: number };
      const after = page.setTimeout.bind(window);
      page.setTimeout = (run, milliseconds) => (milliseconds === wait ? (page.held = (page.held ?? 0) + 1) : after(run, milliseconds));
    }, FRESH_MS);
    const title = `Storm at the harbour, ${browser().kind}`;
    await open('mod.cases');
    await banner.type('input[type=search]', title);
    await there('.blank h3');
    expect(await banner.evaluate(() => (window as unknown as { held?: number }).held)).toBeGreaterThan(0);
    await hub.call('amira', 'POST', '/api/session', { browser: 'A test', takeOver: true });
    await hub.call('amira', 'POST', '/api/commands/case.create', { values: { title, priority: 'high' } });
    await banner.waitFor('the new case', (wanted) => [...document.querySelectorAll('.line strong')].some(({ textContent }) => textContent === wanted), title);
    await hub.call('amira', 'DELETE', '/api/session');
  });

  test('plays a recording from its bytes', async () => {
    await open('mod.recordings');
    await banner.click('.line [data-play]');
    await banner.waitFor('a sound', () => (document.querySelector('audio')?.duration ?? 0) > 0);
    await banner.click('.back');
    await gone('audio');
  });

  test('writes in a conversation', async () => {
    const text = `Good morning from ${browser().kind}`;
    await open('mod.conversations');
    await banner.click('.line-open');
    await banner.type('.write textarea', text);
    await banner.click('.write [data-control]');
    await banner.waitFor('the message', (wanted) => [...document.querySelectorAll('.conversation li p')].at(-1)?.textContent === wanted, text);
    expect(await banner.evaluate(() => document.querySelector<HTMLTextAreaElement>('.write textarea')!.value)).toBe('');
  });

  test('opens for none under a profile without rights: each is missing with its reason, and the hub refuses each', async () => {
    const key = () => ({ 'idempotency-key': crypto.randomUUID() });
    const name = `Without rights (${browser().kind})`;
    await hub.call('maya', 'POST', '/api/profiles', { name }, key());
    const bare = await profileIdOf(hub.call, name);
    await hub.call('maya', 'POST', `/api/profiles/${bare}/publish`, { message: 'Nothing at all' }, key());
    const all = await listAs<{ id: string; email: string }>(hub.call, 'people');
    const maya = all.find(({ email }) => email === people.maya.email)!.id;
    await hub.call('maya', 'PUT', `/api/profiles/${bare}/assignments/${maya}`, {}, key());
    await (await chooseProfile(banner, bare)).confirm();
    await switched(browser(), bare);

    const modules = controls.filter(({ id }) => id.startsWith('mod.')).map(({ id }) => id as string);
    await gone('[data-control^="mod."]');
    await banner.click('[data-opens="why"]');
    await there('[data-missing]');
    const missing = await banner.evaluate(() => Object.fromEntries([...document.querySelectorAll<HTMLElement>('[data-missing]')].map(({ dataset }) => [dataset['missing']!, dataset['reason']!])));
    expect(modules.filter((id) => !missing[id])).toEqual([]);
    for (const { module } of panels) {
      const { status, body } = await hub.ask<{ code: string }>(people.maya.email, 'GET', `/api/modules/${module}`);
      expect([module, status, body.code]).toEqual([module, 403, 'control.refused']);
    }

    const everything = await profileIdOf(hub.call, PROFILE);
    await (await chooseProfile(banner, everything)).confirm();
    await switched(browser(), everything);
  });
});
