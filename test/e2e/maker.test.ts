/** The Maker, whole: a profile is made, previewed, published and seen to arrive; scheduled, rolled back, quarrelled over. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonKey } from '../../server/demo/people.ts';
import { launch, type TestBrowser, type TestFrame, type TestPage, until } from './browser.ts';
import { fill, press, says } from './by-name.ts';
import { type EndToEndHub, listAs, profileIdOf, startHub } from './hub.ts';
import { type Account, accountOf, edit, goTo, openMaker, openProfile, publish, saved, toggle } from './maker-page.ts';
import { controlsOf, signIn, useHub } from './person.ts';
import { describeInBrowsers, extensionFor, otherKind } from './run.ts';

const SECOND: Account = { email: 'nadia@harbour.example', password: 'harbour-second' };
const CRM = '/demo/customers/20418';

let hub: EndToEndHub;
beforeAll(async () => {
  hub = await startHub();
  await hub.call('maya', 'POST', '/api/people', { name: 'Nadia Berg', email: SECOND.email, password: SECOND.password, type: 'administrator', licence: 'smart' }, key());
});
afterAll(() => hub?.stop());

const key = () => ({ 'idempotency-key': crypto.randomUUID() });
const shown = (banner: TestFrame, control: string, is: boolean) =>
  banner.waitFor(`${control} to be ${is ? 'there' : 'gone'}`, ({ control, is }) => (document.querySelector(`[data-control="${control}"]`) !== null) === is, { control, is });
const personId = async (as: PersonKey): Promise<string> => {
  const people = await listAs<{ id: string; email: string }>(hub.call, 'people');
  return people.find(({ email }) => email === accountOf(as).email)!.id;
};

describeInBrowsers('The Maker', (browser) => {
  let page: TestPage;
  /** Of the other kind: what is published in one must arrive in both. */
  let other: TestBrowser;
  let profileId: string;

  beforeAll(async () => {
    const kind = otherKind(browser().kind);
    other = await launch(kind, extensionFor(kind));
    await useHub(other, hub.url);
  });
  afterAll(() => other?.close());

  const open = async () => {
    page = await openMaker(browser(), hub.url, accountOf('maya'));
  };

  test('makes a profile, previews it, publishes it, and sees it arrive in three banners of two browsers', async () => {
    const name = `Evening desk (${browser().kind})`;
    await open();
    await goTo(page, '#/profiles');
    await page.click('[data-action="create"]');
    await fill(page, 'Name', name);
    await press(page, 'Create');
    await page.waitFor('the new profile', () => location.hash.includes('/settings'));
    profileId = await profileIdOf(hub.call, name);
    await openProfile(page, profileId);
    await edit(page);
    await toggle(page, 'users.colleagues');
    await publish(page, 'First version');
    await says(page, /version 1/i);
    await press(page, { name: 'Close', among: 'dialog button' });

    for (const person of ['maya', 'amira'] as const) {
      await hub.call('maya', 'PUT', `/api/profiles/${profileId}/assignments/${await personId(person)}`, { atLogin: true }, key());
    }
    const own = await browser().openPage(hub.url + CRM);
    const first = await own.banner();
    await first.click('[data-control="core.profile"]');
    await first.click(`[data-profile="${profileId}"]`);
    await first.click(`[data-switch="${profileId}"]`);
    await shown(first, 'mod.colleagues', true);
    const second = await other.openPage(hub.url + CRM);
    await signIn(other, hub.url, await second.banner(), 'amira');
    const third = await other.openPage(hub.url + CRM);
    const banners = [first, await second.banner(), await third.banner()];
    for (const banner of banners) await shown(banner, 'mod.colleagues', true);

    await page.bringToFront();
    await edit(page);
    await toggle(page, 'history.access');
    await page.click('[data-action="preview"]');
    await page.waitFor('the banner of the preview to show it', () =>
      document.querySelector<HTMLIFrameElement>('dialog iframe')?.contentDocument?.querySelector('[data-control="mod.history"]') != null,
    );
    expect((await controlsOf(first))['mod.history']).toBeUndefined();
    // The card itself, of a customer who is nobody.
    await page.evaluate(() => document.querySelector<HTMLElement>('input[name="preview-phase"][value="live"]')!.click());
    await page.waitFor('the card of the preview', () =>
      document.querySelector<HTMLIFrameElement>('dialog iframe')?.contentDocument?.querySelector('.strip.card [data-control="int.hangup"][data-state="ready"]') != null,
    );
    await press(page, { name: 'Close', among: 'dialog button' });
    await publish(page, 'History in the evening');
    for (const banner of banners) await shown(banner, 'mod.history', true);
    await says(page, /2 applied|All 2 have it|All 2 online have it/);
    const { version, receipts } = await hub.call<{ version: number; receipts: { state: string }[] }>('maya', 'GET', `/api/profiles/${profileId}/receipts`);
    expect([version, receipts.map(({ state }) => state)]).toEqual([2, ['applied', 'applied']]);
    await press(page, { name: 'Close', among: 'dialog button' });
    await own.close();
  });

  test('rolls back in one step, which is itself a version', async () => {
    await open();
    const banner = await (await other.openPage(hub.url + CRM)).banner();
    await shown(banner, 'mod.history', true);
    await openProfile(page, profileId, 'versions');
    await page.waitFor('both versions', () => document.querySelectorAll('[data-version]').length >= 2);
    await press(page, { name: 'Roll back', among: '[data-version="1"] button' });
    await press(page, { name: 'Roll back', among: 'dialog .actions button, dialog footer button, dialog button[data-action]', part: true });
    await shown(banner, 'mod.history', false);
    const { versions } = await hub.call<{ versions: { version: number; rolledBackFrom: number | null }[] }>('maya', 'GET', `/api/profiles/${profileId}/versions`);
    expect(versions[0]).toMatchObject({ version: 3, rolledBackFrom: 1 });
  });

  test('publishes at a time and until a time: the banner takes it and gives it back by itself', async () => {
    await open();
    const banner = await (await other.openPage(hub.url + CRM)).banner();
    await shown(banner, 'mod.colleagues', true);
    await openProfile(page, profileId);
    await edit(page);
    await toggle(page, 'statistics.access');
    const at = Date.now() + 3000;
    await hub.call('maya', 'POST', `/api/profiles/${profileId}/schedules`, { at, until: at + 4000, message: 'For a moment' }, key());
    await shown(banner, 'mod.statistics', true);
    expect(Date.now()).toBeGreaterThanOrEqual(at);
    await shown(banner, 'mod.statistics', false);
    expect(Date.now()).toBeGreaterThanOrEqual(at + 4000);
    await openProfile(page, profileId, 'versions');
    await says(page, 'For a moment');
    await until('both ends to be done', async () => {
      const { schedules } = await hub.call<{ schedules: { state: string }[] }>('maya', 'GET', `/api/profiles/${profileId}/schedules`);
      return schedules.length === 2 && schedules.every(({ state }) => state === 'done');
    });
  });

  test('shows two administrators each other, and merges what they did, asking only about what both changed', async () => {
    await open();
    await openProfile(page, profileId);
    await edit(page);
    const theirs = await openMaker(await signedOut(), hub.url, SECOND);
    await openProfile(theirs, profileId);
    await edit(theirs);
    for (const each of [page, theirs]) await each.waitFor('the other one', () => document.querySelector('.presence')?.getAttribute('data-others') === '1');

    await toggle(page, 'surveys.access');
    await theirs.waitFor('what the other one changed', () => document.querySelector('[data-field="surveys.access"] [role="switch"]')?.getAttribute('aria-checked') === 'true');
    // Both at once, before either has heard of the other: one saves, the other is asked.
    await quarrel([page, theirs], 'general.alias', ['Evening', 'Night']);
    const loser = await until('one of them to be asked', async () => {
      for (const each of [page, theirs]) if (await each.evaluate(() => document.querySelector('[data-conflict="general.alias"]') !== null)) return each;
      return null;
    });
    const winner = loser === page ? 'Night' : 'Evening';
    await says(loser, winner);
    await press(loser, 'Mine for all');
    await press(loser, 'Keep what is chosen');
    await saved(loser);
    const draft = await hub.call<{ document: { settings: Record<string, unknown> } }>('maya', 'GET', `/api/profiles/${profileId}/draft`);
    expect(draft.document.settings).toMatchObject({ 'surveys.access': true, 'general.alias': winner === 'Night' ? 'Evening' : 'Night' });
  });

  test('refuses what one cannot grant, in the Maker and at the hub', async () => {
    const supervisor = await openMaker(await signedOut(), hub.url, await delegate());
    await openProfile(supervisor, profileId);
    await edit(supervisor);
    const locked = await supervisor.waitFor('the switch of what they lack', () => {
      const field = document.querySelector('[data-field="recording.delete"] [role="switch"]');
      return field && { disabled: field.getAttribute('aria-disabled'), why: document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent ?? '' };
    });
    expect(locked).toEqual({ disabled: 'true', why: expect.stringContaining('You do not have it yourself') });
    expect(await tryToGrant('recording.delete')).toBe('grant.refused');
    expect(await tryToGrant('history.access')).toBe('saved');
  });

  /** The other browser without anybody in it. */
  async function signedOut(): Promise<TestBrowser> {
    await other.close();
    other = await launch(other.kind, extensionFor(other.kind));
    return other;
  }

  const DELEGATE: Account = { email: 'dora@harbour.example', password: 'harbour-delegate' };
  let delegateToken = '';
  /** A manager who may edit profiles, and read the history, and nothing else. */
  async function delegate(): Promise<Account> {
    const { profileId: id } = await hub.call<{ profileId: string }>('maya', 'POST', '/api/profiles', {
      name: `Delegates (${browser().kind})`,
      document: {
        schema: 1,
        settings: {
          'history.access': true,
          'console.profiles.read': 'allow',
          'console.profiles.update': 'allow',
          'console.profiles.elements': 'all',
        },
        configuration: {},
      },
    }, key());
    await hub.call('maya', 'POST', `/api/profiles/${id}/publish`, {}, key());
    const email = DELEGATE.email.replace('@', `.${browser().kind}@`);
    await hub.call('maya', 'POST', '/api/people', { name: `Dora Lind ${browser().kind}`, email, password: DELEGATE.password, type: 'manager', licence: 'smart', profiles: [{ id, atLogin: true, score: 50 }] }, key());
    delegateToken = await hub.tokenFor(email);
    return { email, password: DELEGATE.password };
  }

  async function tryToGrant(field: string): Promise<string> {
    const path = `${hub.url}/api/profiles/${profileId}/draft`;
    const headers = { authorization: `Bearer ${delegateToken}`, 'content-type': 'application/json' };
    const read = await fetch(path, { headers });
    const { document } = (await read.json()) as { document: { settings: Record<string, unknown> } };
    const changed = { ...document, settings: { ...document.settings, [field]: true } };
    const answer = await fetch(path, { method: 'PUT', headers: { ...headers, 'if-match': read.headers.get('etag')! }, body: JSON.stringify({ document: changed }) });
    return answer.ok ? 'saved' : ((await answer.json()) as { code: string }).code;
  }
});

/** Types in one field on both pages, so that both save from the same draft. */
async function quarrel([one, two]: readonly [TestPage, TestPage], field: string, [mine, theirs]: readonly [string, string]): Promise<void> {
  const put = (page: TestPage, value: string) =>
    page.evaluate(
      ({ field, value }) => {
        const input = document.querySelector<HTMLInputElement>(`[data-field="${field}"] input`)!;
        input.focus();
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(input, value);
        input.dispatchEvent(new Event('input', { bubbles: true }));
        input.dispatchEvent(new Event('change', { bubbles: true }));
      },
      { field, value },
    );
  await Promise.all([put(one, mine), put(two, theirs)]);
}
