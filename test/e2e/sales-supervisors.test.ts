/** The worked example of the Maker's rights, built in the Maker, and verb by verb what the hub then lets its holder do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConsoleRight } from '../../lib/catalogue/console.ts';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { people, type PersonKey } from '../../server/demo/people.ts';
import { type As, askedRights, consoleAsks, SALES_SUPERVISORS } from '../fixtures/console-asks.ts';
import { type TestPage, until } from './browser.ts';
import { fill, press, says } from './by-name.ts';
import { type EndToEndHub, listAs, startHub } from './hub.ts';
import { accountOf, edit, goTo, openMaker, openProfile, publish, saved } from './maker-page.ts';
import { describeInBrowsers } from './run.ts';

let hub: EndToEndHub;
let campaigns: { readonly voice: string; readonly sms: string; readonly other: string };

const as = (person: PersonKey): As => (method, path, body, headers) => hub.ask(people[person].email, method, path, body, headers);

beforeAll(async () => {
  hub = await startHub();
  const make = async (kind: string, name: string) => (await hub.call<{ id: string }>('maya', 'POST', `/api/resources/${kind}`, { name, attributes: {} })).id;
  campaigns = { voice: await make('voiceCampaign', 'Cler'), sms: await make('smsCampaign', 'ML'), other: await make('voiceCampaign', 'Other') };
  // New in the centre, without a profile; a manager from today.
  const { id } = (await listAs<{ id: string; email: string }>(hub.call, 'people')).find(({ email }) => email === people.noor.email)!;
  await hub.call('maya', 'PUT', `/api/people/${id}`, { type: 'manager', profiles: [] }, { 'if-match': '*' });
});
afterAll(() => hub?.stop());

describeInBrowsers('Sales Supervisors', (browser) => {
  const name = () => `Sales Supervisors ${browser().kind}`;
  let profileId: string;

  test('is built in the Maker, right by right, and published', async () => {
    const page = await openMaker(browser(), hub.url, accountOf('maya'));
    await goTo(page, '#/profiles');
    await page.click('[data-action="create"]');
    await fill(page, 'Name', name());
    await press(page, 'Create');
    profileId = await until('the profile to open', () => page.evaluate(() => /#\/profiles\/([0-9a-f-]{36})/.exec(location.hash)?.[1]));
    await openProfile(page, profileId, 'rights');
    if (await page.evaluate(() => document.querySelector('[data-editing="true"]') === null)) await edit(page);
    for (const right of SALES_SUPERVISORS) await allow(page, right);
    for (const module of ['people', 'outboundHubs', 'wallboards']) await allElements(page, module);
    await chooseElements(page, 'campaigns', ['Cler', 'ML']);
    await saved(page);
    await publish(page, 'As in the worked example');
    await says(page, /version 1/i);
    const { published } = await hub.call<{ published: { document: ProfileDocument } }>('maya', 'GET', `/api/profiles/${profileId}`);
    expect(published.document.settings).toEqual({
      'general.name': name(),
      ...Object.fromEntries(SALES_SUPERVISORS.map((right) => [`console.${right}`, 'allow'])),
      'console.people.elements': 'all',
      'console.outboundHubs.elements': 'all',
      'console.wallboards.elements': 'all',
      'console.campaigns.elements': expect.toSatisfy((ids: string[]) => ids.toSorted().join() === [campaigns.voice, campaigns.sms].toSorted().join()),
    });
  });

  test('is given to somebody in the Maker, who finds no more in theirs', async () => {
    const { name: noor, email } = people.noor;
    const page = await openMaker(browser(), hub.url, accountOf('maya'));
    await openProfile(page, profileId, 'configuration/users');
    await press(page, 'Add people');
    await fill(page, { name: 'Search', part: true, within: 'dialog' }, noor);
    await press(page, { name: noor, part: true, among: '[role="option"]', within: 'dialog' });
    await press(page, { name: 'Add people', within: 'dialog' });
    await until('the profile to be given', async () => {
      const { assignments } = await hub.call<{ assignments: { email: string; atLogin: boolean }[] }>('maya', 'GET', `/api/profiles/${profileId}/assignments`);
      return assignments.some((each) => each.email === email && each.atLogin);
    });
    await press(page, { name: 'Sign out', within: 'aside.side' });
    await page.waitFor('to be signed out', () => document.querySelector('[data-action="signIn"]') !== null);
    await page.close();
    const theirs = await openMaker(browser(), hub.url, accountOf('noor'));
    const shown = await theirs.waitFor('their menu', () => {
      const modules = [...document.querySelectorAll<HTMLElement>('aside.side nav [data-module]')].map(({ dataset }) => dataset.module);
      return modules.length > 0 ? modules : null;
    });
    expect(shown).toEqual(['people', 'campaigns', 'outboundHubs', 'ivrs', 'wallboards']);
  });

  test.each(askedRights)('may and may not: %s', async (right) => {
    const ask = consoleAsks(as('maya'), campaigns)[right]!;
    const { status, body } = await ask(as('noor'));
    if (SALES_SUPERVISORS.includes(right)) expect([status < 300, body?.code]).toEqual([true, undefined]);
    else expect([status, body.code, body.reason.layer]).toEqual([403, 'forbidden', 'profile']);
  });

  test('see of the campaigns Cler and ML alone', async () => {
    const { body } = await as('noor')('GET', '/api/resources/voiceCampaign');
    expect(body.resources.map(({ id }: { id: string }) => id)).toContain(campaigns.voice);
    expect(JSON.stringify(body)).not.toContain(campaigns.other);
    expect((await as('noor')('PUT', `/api/resources/voiceCampaign/${campaigns.other}`, { name: 'Mine' }, { 'if-match': '*' })).body.reason.code).toBe('console.elements');
  });
});

/** As a person does: the third button of the three. */
const allow = (page: TestPage, right: ConsoleRight) => page.click(`[data-field="console.${right}"] label.part.yes`);

const elementsOf = (module: string) => `[data-module="${module}"] .elements`;

async function allElements(page: TestPage, module: string): Promise<void> {
  await page.click(`${elementsOf(module)} [aria-haspopup="menu"]`);
  await press(page, { name: 'All, new ones too', within: elementsOf(module) });
}

async function chooseElements(page: TestPage, module: string, names: readonly string[]): Promise<void> {
  await page.click(`${elementsOf(module)} [aria-haspopup="menu"]`);
  await press(page, { name: 'Choose…', within: elementsOf(module) });
  for (const name of names) {
    await fill(page, { name: 'Search', part: true, within: 'dialog' }, name);
    await press(page, { name, part: true, among: '[role="option"]', within: 'dialog' });
  }
  await press(page, 'Take these');
}
