/** What the Maker keeps besides settings: people, buttons, rows, files, receipts, the audit and who can; each seen at the hub too. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BROWSER_KINDS } from '../../scripts/browsers.ts';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { demoId } from '../../server/demo/identity.ts';
import { people } from '../../server/demo/people.ts';
import { launch, type TestBrowser, type TestFrame, type TestPage, until } from './browser.ts';
import { choose, fill, press, says } from './by-name.ts';
import { type EndToEndHub, listAs, startHub } from './hub.ts';
import { type Account, accountOf, downloaded, edit, giveFile, goTo, keepDownloads, openMaker, openProfile, publish, saved } from './maker-page.ts';
import { signIn, stateOf, useHub } from './person.ts';
import { describeInBrowsers, extensionFor } from './run.ts';

const CRM = '/demo/customers/20418';
const PASSWORD = 'harbour-records';
/** As a browser writes the green of the swatches. */
const GREEN = 'rgb(18, 119, 74)';
const ADMINISTRATOR = people.maya.email;

let hub: EndToEndHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const key = () => ({ 'idempotency-key': crypto.randomUUID() });
const make = async <T>(path: string, body: object): Promise<T> => await hub.call<T>('maya', 'POST', path, body, key());
const withPerson = async (name: string, more: object = {}): Promise<Account & { readonly id: string; readonly name: string }> => {
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@harbour.example`;
  const { id } = await make<{ id: string }>('/api/people', { name, email, password: PASSWORD, type: 'agent', licence: 'smart', profiles: [], ...more });
  return { id, name, email, password: PASSWORD };
};
const withProfile = async (name: string, settings: object, configuration: object = {}): Promise<string> => {
  const { profileId } = await make<{ profileId: string }>('/api/profiles', { name, document: { schema: 1, settings, configuration } });
  await make(`/api/profiles/${profileId}/publish`, {});
  return profileId;
};
const atLogin = (id: string) => ({ profiles: [{ id, atLogin: true, score: 50 }] });
const documentOf = async (profileId: string): Promise<ProfileDocument> =>
  (await hub.call<{ published: { document: ProfileDocument } }>('maya', 'GET', `/api/profiles/${profileId}`)).published.document;
const profileNames = async (): Promise<string[]> =>
  (await listAs<{ name: string }>(hub.call, 'profiles')).map(({ name }) => name);

describeInBrowsers('Records in the Maker', (browser) => {
  let page: TestPage;
  /** Of the other kind: whose banner it is that follows. */
  let other: TestBrowser;
  let rita: Awaited<ReturnType<typeof withPerson>>;
  const named = (what: string) => `${what} ${browser().kind}`;

  beforeAll(async () => {
    const kind = BROWSER_KINDS.find((each) => each !== browser().kind)!;
    other = await launch(kind, extensionFor(kind));
    await useHub(other, hub.url);
    rita = await withPerson(named('Rita Moss'));
  });
  afterAll(() => other?.close());

  const open = async (hash: string) => {
    page = await openMaker(browser(), hub.url, accountOf('maya'));
    await goTo(page, hash);
  };

  /** Rita, on her profile at login, in the other browser. */
  async function bannerOfRita(profiles: object): Promise<TestFrame> {
    for (const opened of await other.pages()) if (opened.url().startsWith(hub.url)) await opened.close();
    await hub.ask(rita.email, 'DELETE', '/api/session');
    await hub.call('maya', 'PUT', `/api/people/${rita.id}`, { licence: 'smart', allow: [], deny: [], ...profiles }, { 'if-match': '*' });
    const banner = await (await other.openPage(hub.url + CRM)).banner();
    await banner.waitFor('the way in', () => document.querySelector('[data-action="signIn"]') !== null);
    await signIn(other, hub.url, banner, rita);
    return banner;
  }
  const shown = (banner: TestFrame, control: string, is: boolean) =>
    banner.waitFor(`${control} to be ${is ? 'there' : 'gone'}`, ({ control, is }) => (document.querySelector(`[data-control="${control}"]`) !== null) === is, { control, is });
  const saveRecord = async (says: string) => {
    await press(page, { name: 'Save', among: '.save-bar button' });
    await page.waitFor(`it to say “${says}”`, (wanted) => document.querySelector('.save-bar .said')?.textContent?.includes(wanted), says);
  };

  test('changes a person, whose open banner follows at once', async () => {
    const colleagues = { 'users.colleagues': true, 'flow.voice.access': true, 'flow.voice.canToggle': true };
    const front = await withProfile(named('Front'), colleagues);
    const back = await withProfile(named('Back'), { ...colleagues, 'history.access': true });
    const banner = await bannerOfRita({ profiles: [{ id: front, atLogin: true, score: 50 }, { id: back, atLogin: false, score: 50 }] });
    for (const control of ['flow.voice', 'mod.colleagues']) await shown(banner, control, true);

    await open(`#/people/${rita.id}`);
    await choose(page, 'Licence', 'Essentials');
    await says(page, 'They are online and see it at once.');
    await saveRecord('They have it now');
    await shown(banner, 'flow.voice', false);

    await fill(page, 'Search all rights', 'colleagues');
    await press(page, { name: 'Deny', within: '[data-field="users.colleagues"]', among: 'label' });
    await page.waitFor('what it comes to', () => document.querySelector('[data-field="users.colleagues"]')?.textContent?.includes('Denied, though'));
    await saveRecord('They have it now');
    await shown(banner, 'mod.colleagues', false);

    await press(page, { name: named('Back'), part: true, among: '.choice-line' });
    await saveRecord('They have it now');
    await until('the profile at login to be the other one', async () => (await stateOf(other))?.snapshot?.person.profiles[0]?.id === back);
    await press(page, `Take away ${named('Front')}`);
    await saveRecord('They have it now');
    await shown(banner, 'mod.history', true);

    const person = await hub.call<Record<string, unknown>>('maya', 'GET', `/api/people/${rita.id}`);
    expect(person).toMatchObject({ licence: 'essentials', allow: [], deny: ['users.colleagues'], profiles: [{ id: back, atLogin: true }] });
  });

  test('renames and recolours a custom button, seen before it is saved and then by whoever has it', async () => {
    const target = `${hub.url}/demo/tariffs`;
    const attributes = { place: 'topBar', opens: 'url', target, icon: 'book-open', colour: '#7c3aed', trigger: 'byHand', condition: '' };
    const { id } = await make<{ id: string }>('/api/resources/customButton', { name: named('Rates'), attributes });
    const profileId = await withProfile(named('Buttons'), {}, { customButtons: { rows: [{ id }] } });
    const banner = await bannerOfRita(atLogin(profileId));
    const control = `top.custom.${id}`;
    const drawn = (frame: TestFrame) => frame.evaluate((control) => {
      const button = document.querySelector(`[data-control="${control}"]`);
      return button && { name: button.getAttribute('aria-label'), colour: button.querySelector('.slot-icon')!.getAttribute('style') };
    }, control);
    await shown(banner, control, true);
    expect(await drawn(banner)).toEqual({ name: named('Rates'), colour: expect.stringContaining('rgb(124, 58, 237)') });

    await open(`#/resources/customButton/${id}`);
    await fill(page, { name: 'Name', within: '.record-panel' }, named('Prices'));
    await press(page, { name: 'Green', among: '.swatch input' });
    await page.waitFor('the preview to follow', ({ name, colour }) => {
      const button = document.querySelector('.preview-bar')!.shadowRoot!.querySelector(`[aria-label="${name}"]`);
      return button?.textContent.includes(name) && button.querySelector('.slot-icon')!.getAttribute('style')!.includes(colour);
    }, { name: named('Prices'), colour: GREEN });
    expect(await drawn(banner)).toMatchObject({ name: named('Rates') });
    await saveRecord('Saved');
    await banner.waitFor('the new name', ({ control, name }) => document.querySelector(`[data-control="${control}"]`)?.getAttribute('aria-label') === name, { control, name: named('Prices') });
    expect(await drawn(banner)).toEqual({ name: named('Prices'), colour: expect.stringContaining(GREEN) });
  });

  test('fills the queues of a profile, many at once, and orders its buttons; what is published is exactly that', async () => {
    const [motor, home, fresh, complaints] = (['motorClaims', 'homeClaims', 'newCustomers', 'complaints'] as const).map((each) => demoId('queue', each));
    const [crm, claim, tariffs] = (['crm', 'newClaim', 'tariffs'] as const).map((each) => demoId('customButton', each));
    const profileId = await withProfile(named('Rows'), { 'history.access': true }, { queues: { rows: [{ id: motor, voice: true }] }, customButtons: { rows: [{ id: crm }, { id: claim }, { id: tariffs }] } });
    const before = await documentOf(profileId);
    await open('#/profiles');
    await openProfile(page, profileId, 'configuration/queues');
    await edit(page);
    await press(page, { name: 'Add', among: '.tab-head button' });
    for (const name of ['Home claims', 'New customers', 'Complaints']) {
      await fill(page, { name: 'Search', part: true, within: 'dialog' }, name);
      await press(page, { name, part: true, among: '[role="option"]', within: 'dialog' });
    }
    await press(page, { name: 'Add', within: 'dialog' });
    await page.waitFor('the rows', () => document.querySelectorAll('[role="grid"] .line[data-key]').length === 4);
    await press(page, { name: 'Choose all', among: '[role="grid"] input' });
    await choose(page, 'What to change', 'Supervision');
    await press(page, { name: 'Switch on', among: '.bulk button' });
    await page.waitFor('supervision of all', () => document.querySelectorAll('[data-attribute="supervision"] [role="switch"][aria-checked="true"]').length === 4);
    await press(page, 'Undo the changes of Motor claims');
    await page.waitFor('one of them as it was', () => document.querySelectorAll('[data-attribute="supervision"] [role="switch"][aria-checked="true"]').length === 3);
    await saved(page);

    await goTo(page, `#/profiles/${profileId}/configuration/customButtons`);
    await page.click(`[data-key="${crm}"] .name-cell`);
    await page.press('Alt+ArrowDown');
    await page.press('Alt+ArrowDown');
    await page.waitFor('the order', (wanted) => [...document.querySelectorAll<HTMLElement>('.line[data-key]')].toSorted((a, b) => a.ariaRowIndex!.localeCompare(b.ariaRowIndex!)).at(-1)?.dataset.key === wanted, crm!);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.key)).toBe(crm);
    await saved(page);
    await publish(page, 'Rows of the desk');
    await says(page, /version 2/i);

    const published = await documentOf(profileId);
    expect(published).toEqual({
      ...before,
      configuration: {
        ...before.configuration,
        queues: { rows: [before.configuration.queues!.rows[0], ...[complaints, home, fresh].map((id) => ({ id, supervision: true }))] },
        customButtons: { rows: [{ id: claim }, { id: tariffs }, { id: crm }] },
      },
    });
  });

  test('exports a profile and makes another one of the file; of a broken file it makes nothing and says each error', async () => {
    const name = named('Travels');
    const profileId = await withProfile(name, { 'history.access': true, 'flow.voice.access': true }, { queues: { rows: [{ id: demoId('queue', 'chat'), messages: true, scoreMessages: 70 }] } });
    await open('#/profiles');
    await keepDownloads(page);
    await fill(page, 'Search by name or reference', name);
    await press(page, `Actions: ${name}`);
    await press(page, { name: 'Export', among: '[role="menuitem"]' });
    const file = await downloaded(page);
    expect(file.name).toMatch(/^travels-.*\.json$/);
    const exported = JSON.parse(file.text) as { profiles: { name: string; document: ProfileDocument }[] };
    const [only] = exported.profiles;
    expect([exported.profiles.length, only!.document]).toEqual([1, await documentOf(profileId)]);

    const again = named('Arrives');
    await press(page, { name: 'Import', part: true, among: '[data-action="import"]' });
    await giveFile(page, 'profile.json', JSON.stringify({ ...exported, profiles: [{ ...only, name: again }] }));
    await press(page, 'Make the profile');
    await press(page, { name: again, among: 'dialog a' });
    const made = await page.waitFor('the new profile', (not) => {
      const id = /#\/profiles\/([0-9a-f-]{36})/.exec(location.hash)?.[1];
      return id !== not && id;
    }, profileId);
    const draft = await hub.call<{ document: ProfileDocument }>('maya', 'GET', `/api/profiles/${made}/draft`);
    expect(draft.document).toEqual({ ...only!.document, settings: { ...only!.document.settings, 'general.name': again } });

    const names = await profileNames();
    await goTo(page, '#/profiles');
    await press(page, { name: 'Import', part: true, among: '[data-action="import"]' });
    await giveFile(page, 'broken.json', '{ "format": ');
    await says(page, 'This is no JSON file');
    const wrong = { ...only!.document, settings: { ...only!.document.settings, 'history.access': 'perhaps' }, configuration: { queues: { rows: [{ id: demoId('queue', 'chat'), scoreMessages: 700 }] } } };
    await giveFile(page, 'wrong.json', JSON.stringify({ ...exported, profiles: [{ ...only, name: named('Wrong'), document: wrong }] }));
    const errors = await page.waitFor('the errors', () => {
      const all = [...document.querySelectorAll('.file-errors li')].map((line) => line.textContent);
      return all.length > 1 && all;
    });
    expect(errors).toEqual([
      `${named('Wrong')} → Interaction history → AccessIt is on or off (true or false), not perhaps.`,
      `${named('Wrong')} → Queues → Website chat → Messages scoreIt is at most 100, not 700.`,
    ]);
    await giveFile(page, 'taken.json', JSON.stringify({ ...exported, profiles: [{ ...only, name: named('New') }, { ...only, name: again }] }));
    await says(page, 'A profile here has this name already.');
    await says(page, 'Nothing was changed');
    expect(await profileNames()).toEqual(names);
  });

  test('refreshes who is online, shows each receipt as it comes, and gives them as a file', async () => {
    const profileId = await withProfile(named('Round'), { 'history.access': true });
    const away = await withPerson(named('Olga Away'), atLogin(profileId));
    await hub.ask(rita.email, 'DELETE', '/api/session');
    await hub.call('maya', 'PUT', `/api/people/${rita.id}`, atLogin(profileId), { 'if-match': '*' });
    await open('#/profiles');
    await keepDownloads(page);
    await openProfile(page, profileId);
    await page.click('[data-action="refresh"]');
    const receipts = () => page.evaluate(() => Object.fromEntries([...document.querySelectorAll('dialog [role="row"]')].flatMap((row) => {
      const state = row.querySelector('[data-receipt]')?.getAttribute('data-receipt');
      return state ? [[row.querySelector('[role="gridcell"]')!.textContent, state]] : [];
    })));
    const are = (wanted: Record<string, string>) => until(`the receipts to be ${JSON.stringify(wanted)}`, async () => {
      expect(await receipts()).toEqual(wanted);
      return true;
    });
    await are({ [rita.name]: 'offline', [away.name]: 'offline' });
    await page.click('[data-action="refresh-everyone"]');
    await are({ [rita.name]: 'offline', [away.name]: 'offline' });
    await bannerOfRita(atLogin(profileId));
    await page.bringToFront();
    await are({ [rita.name]: 'applied', [away.name]: 'offline' });

    const atOf = async () => (await hub.call<{ receipts: { name: string; state: string; at: number }[] }>('maya', 'GET', `/api/profiles/${profileId}/receipts`)).receipts.find(({ name }) => name === rita.name)!;
    const first = await atOf();
    await page.click('[data-action="refresh-everyone"]');
    await says(page, 'Pushed to 1 person online');
    await until('her banner to have it anew', async () => {
      const now = await atOf();
      return now.state === 'applied' && now.at > first.at;
    });
    await are({ [rita.name]: 'applied', [away.name]: 'offline' });
    await page.click('[data-action="export-receipts"]');
    const { name, text } = await downloaded(page);
    expect(name).toBe(`${named('Round')} version 1 receipts.csv`);
    const lines = text.replace(/^\uFEFF/, '').trim().split('\r\n').map((line) => line.split(','));
    expect(lines.map(([who, state, , version]) => [who, state, version])).toEqual([['Name', 'State', 'Version'], [rita.name, 'applied', '1'], [away.name, 'offline', '1']]);
    expect(lines.slice(1).every(([, , at]) => !Number.isNaN(Date.parse(at!)))).toBe(true);
  });

  test('finds in the audit what was published, why and by whom, person by person', async () => {
    const name = named('Written down');
    const profileId = await withProfile(name, { 'history.access': true });
    const next = { schema: 1, settings: { 'general.name': name, 'statistics.access': true }, configuration: {} };
    await hub.call('maya', 'PUT', `/api/profiles/${profileId}/draft`, { document: next }, { 'if-match': '*' });
    await make(`/api/profiles/${profileId}/publish`, { message: named('So that they can look back') });
    await hub.call('petra', 'PUT', `/api/resources/voiceCampaign/${demoId('voiceCampaign', 'winback')}`, { attributes: { note: named('Called in') } }, { 'if-match': '*' });
    await open('#/audit');
    await fill(page, 'Of what', name);
    const entry = '[data-action="profile.publish"]';
    await page.waitFor('both publishes alone', (entry) => document.querySelectorAll(entry).length === 2, entry);
    const said = await page.evaluate((entry) => document.querySelector(`${entry} .deed`)!.textContent, entry);
    expect(said).toMatch(new RegExp(`Maya Cohen.*version 2.*${name}`));
    await page.click(`${entry} summary`);
    await page.waitFor('why', ({ entry, why }) => document.querySelector(`${entry} .changes-of`)?.textContent?.includes(why), { entry, why: named('So that they can look back') });

    const whoOf = () => page.evaluate(() => [...new Set([...document.querySelectorAll('.deed strong')].map(({ textContent }) => textContent))]);
    await press(page, 'Clear filters');
    await until('everybody', async () => (await whoOf()).length > 1);
    await fill(page, 'By whom', 'Petra');
    await until('Petra alone', async () => (await whoOf()).join() === people.petra.name);
    await fill(page, 'By whom', ADMINISTRATOR);
    await until('Maya alone', async () => (await whoOf()).join() === people.maya.name);
  });

  test('says who can delete recordings as the hub then lets them', async () => {
    const may = await withProfile(named('Deletes'), { 'recording.access': true, 'recording.delete': true });
    const mayNot = await withProfile(named('Listens'), { 'recording.access': true });
    const all = await Promise.all([
      withPerson(named('Ada By Profile'), atLogin(may)),
      withPerson(named('Ida Denied'), { ...atLogin(may), deny: ['recording.delete'] }),
      withPerson(named('Ola Allowed'), { ...atLogin(mayNot), allow: ['recording.delete'] }),
      withPerson(named('Una Without'), atLogin(mayNot)),
    ]);
    const heard = await Promise.all(all.map(async ({ name, email }) => {
      await hub.ask(email, 'POST', '/api/session', { browser: 'A script' }, key());
      const { status, body } = await hub.ask<{ code?: string } | undefined>(email, 'POST', '/api/commands/rec.delete', {}, key());
      await hub.ask(email, 'DELETE', '/api/session');
      return [name, status === 403 || body?.code === 'control.refused' ? 'No' : 'Yes'] as const;
    }));
    expect(heard.map(([, can]) => can)).toEqual(['Yes', 'No', 'Yes', 'No']);

    await open('#/who-can');
    await fill(page, 'Search controls and rights', 'rec.delete');
    await page.click('[data-right="rec.delete"]');
    await page.waitFor('the answer', () => document.querySelector('.answer [data-number="people"]') !== null);
    for (const [name, can] of heard) {
      await fill(page, 'Search by name', name);
      const row = await page.waitFor(`${name} alone`, (name) => {
        const rows = [...document.querySelectorAll('.answer [role="grid"] [role="row"]')].map((row) => [...row.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent)).filter(({ length }) => length > 0);
        return rows.length === 1 && rows[0]![0]!.includes(name) && rows[0];
      }, name) as string[];
      expect([name, row[1]]).toEqual([name, can]);
    }
    const { people: known } = await hub.call<{ people: { allowed: boolean; through: unknown[] }[] }>('maya', 'GET', '/api/who-can?right=rec.delete');
    expect(await page.evaluate(() => Number(document.querySelector('[data-number="people"] strong')!.textContent))).toBe(known.filter(({ allowed, through }) => allowed || through.length > 0).length);
  });

  test('opens to a person only what they may see, and says why the rest is closed', async () => {
    await hub.ask(rita.email, 'DELETE', '/api/session');
    const theirs = await openMaker(other, hub.url, accountOf('petra'));
    const modules = await theirs.waitFor('their menu', () => {
      const all = [...document.querySelectorAll<HTMLElement>('aside.side nav [data-module]')].map(({ dataset }) => dataset.module);
      return all.length > 0 && all;
    });
    expect(modules).toEqual(['people', 'campaigns', 'outboundHubs', 'ivrs', 'wallboards']);
    for (const [hash, name] of [['#/profiles', 'Profiles'], ['#/audit', 'Audit'], ['#/resources/queue', 'Queues'], ['#/who-can', 'Who can?']] as const) {
      await goTo(theirs, hash);
      const refused = await theirs.waitFor(`${hash} to be closed`, (name) => {
        const text = document.querySelector('[data-refused]')?.textContent;
        return text?.includes(name) && text;
      }, `“${name}”`);
      expect(refused).toContain('The permission type of Sales supervisors does not give this');
    }
    await press(theirs, { name: 'Sign out', within: 'aside.side' });
    await theirs.waitFor('to be signed out', () => document.querySelector('[data-action="signIn"]') !== null);
  });
});
