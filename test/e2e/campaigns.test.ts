/** Campaigns from the banner: taken part in, called for by the hub, spoken, qualified; looked at first, and skipped; written for. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { demoId } from '../../server/demo/identity.ts';
import { people } from '../../server/demo/people.ts';
import { type TestFrame, type TestPage, until } from './browser.ts';
import { type EndToEndHub, startHub } from './hub.ts';
import { cardIs, nothingInHand, signOut, sitDown } from './person.ts';
import { describeInBrowsers } from './run.ts';
import { createTelephone, type Telephone } from './telephone.ts';

const RENEWALS = demoId('voiceCampaign', 'renewals');
const REMINDERS = demoId('smsCampaign', 'reminders');
const WINBACK = demoId('voiceCampaign', 'winback');
/** Nothing of the demo's own targets was closed with it. */
const DISPOSITION = 'Wrong number';

let hub: EndToEndHub;
let telephone: Telephone;
beforeAll(async () => {
  hub = await startHub();
  telephone = createTelephone(hub);
});
afterAll(() => hub?.stop());

/** Without the button that opens the customer's page by itself: the banner stays in front. */
const setting = (changed: Partial<ProfileDocument['settings']>, renewals: object = { mode: 'progressive', callBlending: true }) =>
  hub.publish('Outbound campaigns', (document) => ({
    ...document,
    settings: { ...document.settings, 'interactions.timeoutInboundSec': 20, 'interactions.timeoutOutboundSec': 0, ...changed },
    configuration: { ...document.configuration, customButtons: { rows: [] }, voiceCampaigns: { rows: [{ id: RENEWALS, ...renewals }, { id: WINBACK, mode: 'preview' }] } },
  }));

describeInBrowsers('A campaign', (browser) => {
  let page: TestPage;
  let banner: TestFrame;

  beforeEach(async () => {
    ({ page, banner } = await sitDown(browser(), hub.url, 'diego'));
    await page.setWindow(1440, 900);
  });
  // One person has one session: the next browser is to have it.
  afterAll(async () => {
    ({ banner } = await sitDown(browser(), hub.url, 'diego'));
    await signOut(banner);
  });

  /** In the panel of campaigns, which is closed again. */
  const takePart = async (campaign: string, part: boolean) => {
    await banner.waitFor('the campaigns', () => document.querySelector('[data-control="mod.voiceCampaigns"]') !== null);
    await banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="mod.voiceCampaigns"]')!.click());
    await banner.waitFor('one’s campaigns', (id) => document.querySelector(`[data-campaign="${id}"]`) !== null, campaign);
    await banner.click(`[data-campaign="${campaign}"] input`);
    await banner.waitFor('the hub to confirm', ([id, wanted]) => document.querySelector<HTMLElement>(`[data-campaign="${id}"]`)?.dataset['part'] === wanted, [campaign, String(part)] as const);
    // Its first target may ring just then, and take the button from under the pointer.
    await until('the panel to close', async () => {
      if (await banner.evaluate(() => document.querySelector('.module') === null)) return true;
      await banner.clickNow('[data-surface="mod.voiceCampaigns"] [data-close]');
      return false;
    });
  };
  const blendingIs = (mode: string) => banner.waitFor(`call blending: ${mode}`, (wanted) => document.querySelector<HTMLElement>('[data-blending]')?.dataset['blending'] === wanted, mode);
  const offered = async (not = '') => {
    await banner.waitFor('a target', (other) => ![other, undefined].includes(document.querySelector<HTMLElement>('.strip.offer')?.dataset['offer']), not);
    return banner.evaluate(() => document.querySelector<HTMLElement>('.strip.offer')!.dataset['offer']!);
  };
  const reachedWith = async (disposition: string) => {
    interface Row {
      readonly id: string;
      readonly values: Readonly<Record<string, unknown>>;
    }
    const { rows } = await hub.call<{ rows: readonly Row[] }>('diego', 'GET', '/api/modules/mod.voiceCampaigns?filter=state:reached');
    const whole = await Promise.all(rows.map(({ id }) => hub.call<Row>('diego', 'GET', `/api/modules/mod.voiceCampaigns/${id}`)));
    return whole.map(({ values }) => values).filter((values) => values['disposition'] === disposition);
  };

  test('with a look first offers its target, leaves it to others when it is skipped, and calls the next one accepted', async () => {
    await setting({ 'interactions.timeoutInboundSec': 0 });
    await takePart(WINBACK, true);
    const skipped = await offered();
    expect(await banner.evaluate(() => document.querySelector('.strip.offer [data-control="offer.refuse"]'))).toBeNull();
    await banner.click('.strip.offer [data-action="skip"]');
    const next = await offered(skipped);
    await banner.click('[data-control="offer.accept"]');
    const { interactionId } = await telephone.obey('dial');
    expect(interactionId).toBe(next);
    await takePart(WINBACK, false);
    await telephone.report(interactionId, { event: 'failed', why: 'Busy' });
    await nothingInHand(banner);
  });

  test('that calls ahead puts through whom it reached, and its manager sees how far it is and plans another', async () => {
    await setting({ 'interactions.timeoutInboundSec': 0, 'voiceCampaigns.callBlending': false, 'voiceCampaigns.target.program': true }, { mode: 'powerDialer', manager: true });
    await takePart(RENEWALS, true);
    // Called before anybody has it in hand: no card, and nothing to accept.
    const dialled = await telephone.obey('dial', { result: 'done', ref: `power-${browser().kind}` });
    expect(dialled.agent).toBeUndefined();
    expect(await banner.evaluate(() => document.querySelector('.strip'))).toBeNull();
    await telephone.report(dialled.interactionId, { event: 'answered' });
    const through = await telephone.obey('answer');
    expect([through.interactionId, through.agent?.name]).toEqual([dialled.interactionId, people.diego.name]);
    await cardIs(banner, 'live');
    await takePart(RENEWALS, false);
    await banner.click('[data-control="int.hangup"]');
    await telephone.obey('hangup');
    await nothingInHand(banner);

    await banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="mod.myVoiceCampaign"]')!.click());
    await banner.waitFor('how far it is', (id) => /[1-9]\d* of \d+ reached/.test(document.querySelector<HTMLElement>(`.module [data-campaign="${id}"][data-state="running"]`)?.innerText ?? ''), RENEWALS);
    await banner.click('.panel-head [data-control="camp.voice.program"]');
    await banner.waitFor('the form', () => document.querySelector('.module form select') !== null);
    // Of the profile's campaigns only this one is theirs to manage.
    expect(await banner.evaluate(() => [...document.querySelector<HTMLSelectElement>('.module form select')!.options].map(({ value }) => value).filter(Boolean))).toEqual([RENEWALS]);
    await banner.click('.panel-head .back');
    await banner.click('[data-surface] [data-close]');
    await banner.waitFor('the panel to close', () => document.querySelector('.module') === null);
  });

  test('that one has not subscribed to counts down to quiet, then calls; what comes of it is its target’s', async () => {
    const before = (await reachedWith(DISPOSITION)).length;
    await setting({ 'voiceCampaigns.callBlending': true, 'voiceCampaigns.callBlendingDelaySec': 3600 });
    await blendingIs('waits');
    expect(await banner.evaluate(() => document.querySelector('[data-blending] .label')!.textContent)).toMatch(/^\d/);
    await setting({ 'voiceCampaigns.callBlendingDelaySec': 0 });
    const { interactionId, to } = await telephone.obey('dial', { result: 'done', ref: `line-${browser().kind}` });
    await blendingIs('outgoing');
    await cardIs(banner, 'accepted');
    await telephone.report(interactionId, { event: 'answered' });
    await cardIs(banner, 'live');
    await banner.click('[data-control="int.qualify"]');
    await banner.waitFor('the dispositions of this campaign alone', () => document.querySelectorAll('[data-surface="int.qualify"] input[type=radio]').length === 4);
    // What opens takes the keyboard once it is painted: typed before, the words would go nowhere.
    await banner.waitFor('the keyboard in it', () => document.querySelector('[data-surface="int.qualify"]:popover-open')?.contains(document.activeElement));
    await banner.type('[data-surface="int.qualify"] .form-line .field', DISPOSITION);
    await banner.click('[data-surface="int.qualify"] [data-submit]');
    await banner.waitFor('the form to close', () => document.querySelector('[data-surface="int.qualify"] form') === null);
    // Not to be called again once this is done.
    await setting({ 'voiceCampaigns.callBlending': false });
    await banner.waitFor('call blending to be over', () => document.querySelector('[data-blending]') === null);
    await banner.click('[data-control="int.hangup"]');
    await telephone.obey('hangup');
    await cardIs(banner, 'wrapup');
    await banner.click('[data-control="int.wrapup.finish"]');
    await nothingInHand(banner);
    const reached = await until('the target to be reached', async () => {
      const all = await reachedWith(DISPOSITION);
      return all.length > before && all;
    });
    expect(reached.map(({ phone }) => String(phone).replaceAll(' ', ''))).toContain(to!.address);
  });

  test('by SMS writes to somebody whom one plans for now, and the panel says that they are reached', async () => {
    const [customer, number] = [`Solène ${browser().kind}`, browser().kind === 'chromium' ? '+33639980711' : '+33639980712'];
    await banner.waitFor('the SMS campaigns', () => document.querySelector('[data-control="mod.smsCampaigns"]') !== null);
    await banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="mod.smsCampaigns"]')!.click());
    await banner.waitFor('that it is running', (id) => document.querySelector<HTMLElement>(`[data-campaign="${id}"]`)?.dataset['state'] === 'running', REMINDERS);
    await banner.click('.panel-head [data-control="camp.sms.program"]');
    await banner.waitFor('the form', () => document.querySelector('.module form select') !== null);
    await banner.evaluate(
      ([campaign, name, phone]) => {
        const fill = (selector: string, value: string, event: string) => {
          const field = document.querySelector<HTMLInputElement>(`.module form ${selector}`)!;
          field.value = value;
          field.dispatchEvent(new Event(event, { bubbles: true }));
        };
        const [name_, phone_] = document.querySelectorAll<HTMLInputElement>('.module form input:not([type="datetime-local"])');
        fill('select', campaign, 'change');
        for (const [field, value] of [[name_!, name], [phone_!, phone]] as const) {
          field.value = value;
          field.dispatchEvent(new Event('input', { bubbles: true }));
        }
        const now = new Date();
        const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
        fill('input[type="datetime-local"]', local, 'input');
      },
      [REMINDERS, customer, number] as const,
    );
    await banner.click('.module form [data-do]');
    // Others of the demo's are due as well.
    let sent = await telephone.obey('send');
    while (sent.to?.address !== number) sent = await telephone.obey('send');
    expect(sent.text).toContain(`Harbour Mutual: ${customer}, your premium`);
    expect(sent.sender).toBe('+33639000100');
    await banner.waitFor('the list', () => document.querySelector('.module input[type=search]') !== null);
    await banner.type('.module input[type=search]', customer);
    await banner.waitFor('the target to be reached', (name) => [...document.querySelectorAll('[data-row]')].some(({ textContent }) => textContent.includes(name) && textContent.includes('Reached')), customer);
    await banner.waitFor('how many were written to', (id) => /[1-9]\d* sent/.test(document.querySelector(`[data-campaign="${id}"]`)?.textContent ?? ''), REMINDERS);
    await banner.click('[data-surface] [data-close]');
    await banner.waitFor('the panel to close', () => document.querySelector('.module') === null);
  });
});
