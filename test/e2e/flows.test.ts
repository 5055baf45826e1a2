/** The whole way, hub and browser: the banner follows the active profile. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { decide, type Decisions, rightsOf } from '../../lib/decide/index.ts';
import { barItems } from '../../lib/models/items.ts';
import { personOf, profileOf, situationOf } from '../../lib/models/situation.ts';
import { panelByModule } from '../../lib/modules/panels.ts';
import type { ClientState } from '../../lib/session/client-state.ts';
import { people } from '../../server/demo/people.ts';
import { profiles } from '../../server/demo/profiles.ts';
import { type TestFrame, type TestPage, until } from './browser.ts';
import { callNobody, type EndToEndHub, listAs, profileIdOf, startHub } from './hub.ts';
import { activeProfile, askToSwitch, chooseProfile, controlsOf, signIn, signOut, stateOf, switched, useHub } from './person.ts';
import { describeInBrowsers } from './run.ts';

let hub: EndToEndHub;
beforeAll(async () => {
  hub = await startHub();
  await callNobody(hub);
});
afterAll(() => hub?.stop());

const CRM = '/demo/customers/20418';
const has = (control: string) => (banner: TestFrame) =>
  banner.waitFor(`${control} to be shown`, (id) => document.querySelector(`[data-control="${id}"]`) !== null, control);
const hasNot = (control: string) => (banner: TestFrame) =>
  banner.waitFor(`${control} to be gone`, (id) => document.querySelector(`[data-control="${id}"]`) === null, control);
const linkIs = (banner: TestFrame, state: string) =>
  banner.waitFor(`the link to be ${state}`, (wanted) => document.querySelector<HTMLElement>('[data-control="core.connection"]')?.dataset.state === wanted, state);

describeInBrowsers('The banner', (browser) => {
  let page: TestPage;
  let banner: TestFrame;

  beforeAll(async () => {
    await useHub(browser(), hub.url);
  });
  beforeEach(async () => {
    page = await browser().openPage(hub.url + CRM);
    banner = await page.banner();
    if ((await stateOf(browser()))?.phase !== 'open') await signIn(browser(), hub.url, banner, 'amira');
    await linkIs(banner, 'live');
  });

  test('is signed in to from a page, and the page learns nothing of it', async () => {
    expect(await activeProfile(browser())).toBe('Inbound advisor');
    expect(await page.evaluate(() => document.body.innerText.includes('Inbound advisor'))).toBe(false);
    expect(await page.evaluate(() => [...Object.keys(localStorage), document.cookie].join())).not.toMatch(/token|pennon/i);
  });

  test('closes “More” where a wider window has room for all that was in it', async () => {
    await page.setWindow(320, 700);
    await banner.click('[data-opens="more"]');
    await banner.waitFor('more to be open', () => document.querySelector('[data-surface="more"]:popover-open [data-control]') !== null);
    await page.setWindow(2400, 900);
    await banner.waitFor('all to stand in the bar, and nothing to be open', () => document.querySelector('[data-opens="more"], :popover-open') === null);
    await banner.waitFor('the keyboard to be in the bar', () => document.activeElement?.matches('.bar [data-item]'));
    await page.setWindow(1280, 800);
  });

  test('scrolls by a bar of its own, narrow in each browser', async () => {
    await page.setWindow(320, 700);
    await banner.click('[data-opens="more"]');
    await banner.waitFor('more to be open', () => document.querySelector('[data-surface="more"]:popover-open [data-control]') !== null);
    const { beyond, bar } = await banner.evaluate(() => {
      const more = document.querySelector<HTMLElement>('[data-surface="more"]')!;
      return { beyond: more.scrollHeight - more.clientHeight, bar: more.offsetWidth - more.clientWidth };
    });
    expect(beyond).toBeGreaterThan(0);
    expect(bar).toBeLessThanOrEqual(12);
    await page.setWindow(1280, 800);
  });

  test('leaves the keyboard to the page where what was open goes by itself', async () => {
    await page.setWindow(320, 700);
    await banner.click('[data-opens="more"]');
    await banner.waitFor('more to be open', () => document.querySelector('[data-surface="more"]:popover-open [data-control]') !== null);
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<input id="note" style="position: fixed; z-index: 9; bottom: 8px; left: 8px">'));
    await page.type('#note', 'Called ');
    await page.setWindow(2400, 900);
    await banner.waitFor('nothing to be open', () => document.querySelector('[data-opens="more"], :popover-open') === null);
    await page.write('back');
    expect(await page.evaluate(() => document.querySelector<HTMLInputElement>('#note')!.value)).toBe('Called back');
    await page.setWindow(1280, 800);
  });

  test('draws each control of the bar once: what has no room is never drawn in it', async () => {
    await signOut(banner);
    await banner.evaluate(() => {
      const counted = { drawn: 0, taken: 0 };
      Object.assign(globalThis, { counted });
      const controls = (nodes: NodeList) =>
        [...nodes].flatMap((node) => (node instanceof Element ? (node.matches('.control') ? node : [...node.querySelectorAll('.work .control, .items .control')]) : [])).length;
      new MutationObserver((records) => {
        for (const { addedNodes, removedNodes } of records) {
          counted.drawn += controls(addedNodes);
          counted.taken += controls(removedNodes);
        }
      }).observe(document.querySelector('.bar')!, { childList: true, subtree: true });
    });
    await signIn(browser(), hub.url, banner, 'amira');
    await linkIs(banner, 'live');
    await has('flow.voice')(banner);
    const { drawn, taken } = await banner.evaluate(() => (globalThis as unknown as { counted: { drawn: number; taken: number } }).counted);
    expect(drawn).toBeGreaterThan(5);
    expect(taken).toBe(0);
  });

  test.each(Object.entries(profiles))('equals the decision of the profile, control by control: %s', async (_, profile) => {
    const { name } = profile;
    const profileId = await profileIdOf(hub.call, name);
    await letTake(profileId, 'amira');
    if ((await activeProfile(browser())) !== name) {
      await until('the profile to be assigned', async () =>
        (await stateOf(browser()))?.snapshot?.person.profiles.some(({ id }) => id === profileId),
      );
      await (await chooseProfile(banner, profileId)).confirm();
      await switched(browser(), profileId);
    }
    await until('the banner to equal the decision', async () => {
      const drawn = await controlsOf(banner);
      const decided = await decidedNow();
      return JSON.stringify(sorted(drawn)) === JSON.stringify(sorted(decided));
    }).catch(async () => expect(sorted(await controlsOf(banner))).toEqual(sorted(await decidedNow())));
    const [drawn, decisions] = [await actionsDrawn(), await decisionsNow()];
    for (const [id, actions] of Object.entries(drawn)) {
      expect(actions).toEqual(Object.fromEntries(Object.keys(actions).map((control) => [control, decisions.of(control).state])));
      expect(Object.keys(actions)).toEqual(expect.arrayContaining(standing(id, decisions)));
    }
    const { published } = await hub.call<{ published: { document: unknown } }>('maya', 'GET', `/api/profiles/${profileId}`);
    expect((await stateOf(browser()))?.snapshot?.profile.active?.document).toEqual(published.document);
  });

  test('says which activity turns a channel off, and what is missing besides', async () => {
    const inbound = await profileIdOf(hub.call, 'Inbound advisor');
    if ((await activeProfile(browser())) !== 'Inbound advisor') {
      await (await chooseProfile(banner, inbound)).confirm();
      await switched(browser(), inbound);
    }
    await banner.waitFor('the email flow to be off', () => document.querySelector<HTMLElement>('[data-control="flow.email"]')?.dataset.state === 'forcedOff');
    const why = await banner.evaluate(() => document.getElementById(document.querySelector('[data-control="flow.email"]')!.getAttribute('aria-describedby')!)!.textContent);
    expect(why).toContain('The activity Calls turns this channel off');
    expect(why).toContain('May switch it');
  });

  test('says what a switch would bring and take, then switches every tab at once', async () => {
    const second = await browser().openPage(hub.url + CRM);
    const other = await second.banner();
    const from = await activeProfile(browser());
    const target = from === 'Outbound campaigns' ? 'Inbound advisor' : 'Outbound campaigns';
    const profileId = await profileIdOf(hub.call, target);
    await page.bringToFront();
    const before = await controlsOf(banner);
    const choice = await chooseProfile(banner, profileId);
    const said = await banner.evaluate(() => document.querySelector('.consequences')!.textContent);
    expect(await controlsOf(banner)).toEqual(before);
    expect(said).toMatch(/\+ \d|− \d/);
    await choice.confirm();
    await switched(browser(), profileId);
    for (const each of [banner, other]) {
      await each.waitFor('the new name', (name) => document.querySelector('[data-control="core.profile"]')?.textContent?.includes(name), target);
    }
  });

  test('takes a publish in every open tab and window, and the receipts arrive', async () => {
    const name = (await activeProfile(browser()))!;
    const second = await browser().openPage(hub.url + CRM);
    const window = await browser().extensionPage('banner.html');
    const everywhere = [banner, await second.banner(), window];
    const { version, profileId } = await hub.publish(name, (document) => ({
      ...document,
      settings: { ...document.settings, 'history.access': document.settings['history.access'] !== true },
    }));
    const gained = (await hub.call<{ published: { document: { settings: Record<string, unknown> } } }>('maya', 'GET', `/api/profiles/${profileId}`)).published.document.settings['history.access'] === true;
    for (const each of everywhere) await (gained ? has : hasNot)('mod.history')(each);
    await until('the receipt', async () => {
      const { receipts } = await hub.call<{ receipts: { name: string; state: string; version: number }[] }>('maya', 'GET', `/api/profiles/${profileId}/receipts?version=${version}`);
      return receipts.some((receipt) => receipt.name === 'Amira Haddad' && receipt.state === 'applied');
    });
  });

  test('keeps the slot of what is taken away for a moment, moves the focus to its group and says it once', async () => {
    const name = (await activeProfile(browser()))!;
    const colleagues = (granted: boolean) =>
      hub.publish(name, (document) => ({ ...document, settings: { ...document.settings, 'users.colleagues': granted } }));
    const { version: granted } = await colleagues(true);
    await until('the right', async () => (await stateOf(browser()))?.snapshot?.profile.active?.version === granted);
    await has('mod.colleagues')(banner);
    await page.bringToFront();
    await banner.evaluate(() => {
      const seen = { said: [] as string[], slots: 0 };
      Object.assign(window, { seen });
      for (const live of document.querySelectorAll('[role="status"][aria-live="polite"]')) {
        new MutationObserver(() => {
          const text = live.textContent!.trim();
          if (text && seen.said.at(-1) !== text) seen.said.push(text);
        }).observe(live, { childList: true, subtree: true, characterData: true });
      }
      new MutationObserver(() => {
        seen.slots = Math.max(seen.slots, document.querySelectorAll('.gone').length);
      }).observe(document.body, { childList: true, subtree: true, attributes: true });
      document.querySelector<HTMLElement>('[data-control="mod.colleagues"]')!.focus();
    });
    const { version } = await colleagues(false);
    await hasNot('mod.colleagues')(banner);
    await banner.waitFor('the slot to close', () => document.querySelectorAll('.gone').length === 0);
    const { said, slots, focused } = await banner.evaluate(() => ({
      ...(window as unknown as { seen: { said: string[]; slots: number } }).seen,
      focused: (document.activeElement as HTMLElement | null)?.closest('[role="group"]') !== null && document.activeElement !== document.body,
    }));
    expect(slots).toBe(1);
    expect(focused).toBe(true);
    expect(said.filter((each) => each.includes(String(version)))).toHaveLength(1);
  });

  test('resumes when the hub was killed and comes back, and takes what changed meanwhile', async () => {
    await hub.kill();
    await banner.waitFor('the link to be missed', () => document.querySelector<HTMLElement>('[data-control="core.connection"]')?.dataset.state !== 'live');
    await hub.start();
    const name = (await activeProfile(browser()))!;
    const { version } = await hub.publish(name, (document) => ({ ...document, settings: { ...document.settings, 'surveys.access': false, 'general.alias': 'after the kill' } }));
    await linkIs(banner, 'live');
    await until('the new version', async () => (await stateOf(browser()))?.snapshot?.profile.active?.version === version);
    expect((await stateOf(browser()))?.confirmed).toBe(true);
  });

  test('goes on after the browser stopped the background', async () => {
    await browser().stopBackground();
    const name = (await activeProfile(browser()))!;
    const { version } = await hub.publish(name, (document) => ({ ...document, settings: { ...document.settings, 'general.alias': 'after the stop' } }));
    // Nobody touches anything: the open banner wakes the background, and its first look finds what is new.
    await until('the new version', async () => (await stateOf(browser()))?.snapshot?.profile.active?.version === version);
    await linkIs(banner, 'live');
    expect((await stateOf(browser()))?.phase).toBe('open');
  });

  test('falls to the profile at login when the active one is taken away, and says so', async () => {
    const active = await activeProfile(browser());
    if (active === 'Inbound advisor') {
      const away = await profileIdOf(hub.call, 'Messaging');
      await (await chooseProfile(banner, away)).confirm();
      await switched(browser(), away);
    }
    const lost = (await stateOf(browser()))!.snapshot!.profile.active!.id;
    await hub.call('maya', 'DELETE', `/api/profiles/${lost}/assignments/${await idOf('Amira Haddad')}`, undefined, { 'idempotency-key': crypto.randomUUID() });
    await banner.waitFor('the profile at login', () => document.querySelector('[data-control="core.profile"]')?.textContent?.includes('Inbound advisor'));
    await banner.waitFor('it to be said', () => [...document.querySelectorAll('[role="status"][aria-live="polite"]')].some((live) => live.textContent!.trim() !== ''));
    await letTake(lost, 'amira');
  });

  test('is one toolbar to the keyboard: arrows, Home and End', async () => {
    const stops = await banner.evaluate(() => document.querySelector('[data-control="core.profile"]')!.closest('[role="toolbar"]')!.getAttribute('aria-label'));
    expect(stops).toBe('Agent banner');
    await banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="core.profile"]')!.focus());
    const focused = () => (document.activeElement as HTMLElement).dataset.control ?? (document.activeElement as HTMLElement).dataset.opens ?? null;
    const first = await banner.evaluate(focused);
    for (const [key, expected] of [
      ['ArrowRight', 'core.activity'],
      ['ArrowRight', 'core.status'],
      ['Home', first],
    ] as const) {
      await banner.evaluate((pressed) => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true })), key);
      expect(await banner.evaluate(focused)).toBe(expected);
    }
    await banner.evaluate(() => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true })));
    expect(await banner.evaluate(focused)).not.toBe(first);
  });

  test('ends in one profile when two tabs switch at once', async () => {
    const second = await browser().openPage(hub.url + CRM);
    const other = await second.banner();
    await linkIs(other, 'live');
    const active = await activeProfile(browser());
    const [one, two] = ['Inbound advisor', 'Outbound campaigns', 'Messaging'].filter((name) => name !== active);
    const ids = await Promise.all([one!, two!].map((name) => profileIdOf(hub.call, name)));
    const answers = await Promise.all([askToSwitch(banner, ids[0]!), askToSwitch(other, ids[1]!)]);
    expect(answers.some((answer) => answer)).toBe(true);
    await until('both banners to show the one profile', async () => {
      const state = await stateOf(browser());
      const name = state?.snapshot?.profile.active?.name;
      if (!name || state.pending.length > 0 || !ids.includes(state.snapshot!.profile.active!.id)) return false;
      for (const each of [banner, other]) {
        const label = await each.evaluate(() => document.querySelector('[data-control="core.profile"]')?.textContent ?? '');
        if (!label.includes(name)) return false;
        if (JSON.stringify(sorted(await controlsOf(each))) !== JSON.stringify(sorted(await decidedNow()))) return false;
      }
      return true;
    });
  });

  test('signs out in every tab', async () => {
    const second = await browser().openPage(hub.url + CRM);
    const other = await second.banner();
    await page.bringToFront();
    await signOut(banner);
    await other.waitFor('the way back in', () => document.querySelector('[data-action="signIn"]') !== null);
    expect((await stateOf(browser()))?.snapshot).toBe(null);
  });

  const decisionsOf = (state: ClientState): Decisions => {
    const hubNow = Date.now() + state.clockOffset;
    return decide(rightsOf(profileOf(state.snapshot, hubNow), personOf(state.snapshot!)), situationOf(state, hubNow));
  };
  const decisionsNow = async (): Promise<Decisions> => decisionsOf((await stateOf(browser()))!);

  /** What stands in the bar and "More" by the decision, made here from what the hub sent. */
  async function decidedNow(): Promise<Record<string, string>> {
    const state = (await stateOf(browser()))!;
    const decisions = decisionsOf(state);
    const bar = barItems(decisions, state.snapshot!.profile.active?.resources ?? {}).map(({ id, decision }) => [id, decision.state] as const);
    const logout = ['core.logout', decisions.of('core.logout').state] as const;
    return Object.fromEntries([...bar, ['core.connection', state.connection.state] as const, logout]);
  }

  /** The actions in the panel of each module shown, with their states. */
  async function actionsDrawn(): Promise<Record<string, Record<string, string>>> {
    const modules = Object.keys(await controlsOf(banner)).filter((id) => id.startsWith('mod.'));
    const drawn: Record<string, Record<string, string>> = {};
    for (const id of modules.toSorted()) {
      await banner.evaluate((control) => document.querySelector<HTMLElement>(`[data-control="${control}"]`)!.click(), id);
      await banner.waitFor(`the panel of ${id}`, (name) => document.querySelector(`[data-surface="${name}"] :is(.module, .trouble)`) !== null, id);
      drawn[id] = await banner.evaluate(
        (name) =>
          Object.fromEntries(
            [...document.querySelectorAll<HTMLElement>(`[data-surface="${name}"] [data-control]`)].map(({ dataset }) => [dataset.control!, dataset.state!]),
          ),
        id,
      );
      await banner.evaluate((name) => document.querySelector<HTMLElement>(`[data-surface="${name}"] [data-close]`)!.click(), id);
    }
    return drawn;
  }

  /** What stands in a panel whatever is in it: the actions of the module itself. */
  const standing = (module: string, decisions: Decisions): string[] =>
    (panelByModule.get(module)?.verbs ?? []).filter(({ on, control }) => on === 'module' && decisions.of(control).shown).map(({ control }) => control);

  async function letTake(profileId: string, person: 'amira'): Promise<void> {
    await hub.call('maya', 'PUT', `/api/profiles/${profileId}/assignments/${await idOf(people[person].name)}`, {}, { 'idempotency-key': crypto.randomUUID() });
  }

  async function idOf(person: string): Promise<string> {
    const all = await listAs<{ id: string; name: string }>(hub.call, 'people');
    return all.find(({ name }) => name === person)!.id;
  }
});

const sorted = (record: Record<string, string>): [string, string][] => Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
